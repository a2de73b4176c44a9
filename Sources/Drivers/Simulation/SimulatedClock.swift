/// The clock of a simulated device, which is set to the same time whenever it is switched on.
enum SimulatedClock {
  private static let secondAtPowerOn = 9 * 3600

  /// As `09:00:00`, so many seconds after power on; at midnight the same day begins anew.
  static func timeOfDay(after seconds: Int) -> String {
    let second = secondAtPowerOn + seconds
    return [second / 3600 % 24, second / 60 % 60, second % 60]
      .map { padded($0, to: 2) }.joined(separator: ":")
  }

  /// A number with zeros in front.
  static func padded(_ number: Int, to width: Int, radix: Int = 10) -> String {
    let text = String(number, radix: radix, uppercase: true)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
