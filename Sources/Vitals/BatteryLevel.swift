/// What is left in a device's battery.
public struct BatteryLevel: Hashable, Sendable {
  /// Percent, 0...100.
  public let percent: Int
  /// Minutes that the device says it will go on for; `nil` when it does not say.
  public let minutes: Int?

  /// Creates a level, or `nil` when `percent` is not in 0...100 or `minutes` is negative.
  public init?(percent: Int, minutes: Int? = nil) {
    guard (0...100).contains(percent), minutes.map({ $0 >= 0 }) != false else { return nil }
    self.percent = percent
    self.minutes = minutes
  }
}
