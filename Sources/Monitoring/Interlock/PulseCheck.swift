import Vitals

/// Compares the cuff's pulse with the oximeter's (`clinical.md` 4.4).
///
/// The oximeter's is the median of the 30 s before the inflation; what it shows during one is
/// garbage on the same limb. A determination whose start nobody told is not compared.
struct PulseCheck: Sendable {
  private static let window = Duration.seconds(30)
  private static let kept = 40
  /// Fewer samples make no median worth a comparison.
  private static let leastSamples = 5
  private static let leastDifference = 15
  private static let leastPercent = 20
  /// This many in a row make it a finding.
  private static let inARow = 2

  struct Finding: Equatable {
    let oximeter: Int
    let cuff: Int
    /// One counts about half or double of what the other does.
    let isCountError: Bool
    /// `true` when the second in a row disagrees, `false` when they agree.
    let isDiscord: Bool?
  }

  private var recent: [(at: Instant, rate: Int)] = []
  private var reference: Int?
  private var discordant = 0

  /// Takes a usable pulse that no cuff disturbs.
  mutating func note(_ rate: PulseRate, at now: Instant) {
    if recent.count == Self.kept { recent.removeFirst() }
    recent.append((now, rate.perMinute))
  }

  /// A determination begins.
  mutating func begin(at now: Instant) {
    let rates = recent.filter { now - $0.at <= Self.window }.map(\.rate).sorted()
    reference = rates.count >= Self.leastSamples ? rates[rates.count / 2] : nil
  }

  /// It has ended without a pulse.
  mutating func cancel() { reference = nil }

  /// It has counted this pulse.
  mutating func compare(_ rate: PulseRate?) -> Finding? {
    defer { reference = nil }
    guard let oximeter = reference, let cuff = rate?.perMinute else { return nil }
    let difference = abs(oximeter - cuff)
    let isFar =
      difference > Self.leastDifference && difference * 100 > oximeter * Self.leastPercent
    discordant = isFar ? discordant + 1 : 0
    let percent = cuff * 100
    return Finding(
      oximeter: oximeter, cuff: cuff,
      isCountError: (oximeter * 45...oximeter * 55).contains(percent)
        || (oximeter * 180...oximeter * 220).contains(percent),
      isDiscord: isFar ? (discordant >= Self.inARow ? true : nil) : false)
  }
}
