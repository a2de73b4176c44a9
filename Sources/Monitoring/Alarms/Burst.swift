/// The sound of one priority, as numbers (`nurse-station.md` 1.7, `clinical.md` 3.6).
///
/// The pages have the same table in `burst.js`; a test compares the two. All times in milliseconds,
/// frequencies in hundredths of a hertz.
public struct Burst: Hashable, Sendable {
  /// When each pulse begins.
  public let starts: [Int]
  /// How long each pulse lasts, its rise and its fall among it.
  public let duration: Int
  /// How long a pulse takes to rise, and to fall.
  public let ramp: Int
  /// The fundamental of each pulse in turn, over and over.
  public let tones: [Int]
  /// From the end of the last pulse to the next burst; `nil` for a sound that comes once.
  public let gap: Int?
  /// How loud, in percent of the loudest.
  public let level: Int

  /// The strength of the fundamental and its multiples, in percent: harmonics at 0, -3.1, -4.4, -6.0,
  /// -8.0, -10.5 and -14.0 dB.
  public static let partials = [100, 70, 60, 50, 40, 30, 20]

  /// How long the burst lasts.
  public var length: Int { (starts.last ?? 0) + duration }
}

/// The sounds there are.
public enum BurstName: String, Hashable, Sendable, CaseIterable {
  case high
  case medium
  case low
  /// A page that has lost the server; no alarm of a patient sounds like it.
  case linkLost
  /// Something is still paused or off.
  case reminder

  public init(_ priority: Priority) {
    self =
      switch priority {
      case .high: .high
      case .medium: .medium
      case .low: .low
      }
  }

  public var burst: Burst {
    switch self {
    case .high:
      Burst(
        starts: [0, 250, 500, 1000, 1250, 2000, 2250, 2500, 3000, 3250], duration: 150, ramp: 30,
        tones: [52325], gap: 7000, level: 100)
    case .medium:
      Burst(
        starts: [0, 400, 800], duration: 200, ramp: 40, tones: [44000], gap: 10_000, level: 80)
    case .low:
      Burst(starts: [0, 400], duration: 200, ramp: 40, tones: [39200], gap: 30_000, level: 60)
    case .linkLost:
      Burst(
        starts: [0, 400, 800], duration: 200, ramp: 40, tones: [52325, 26163], gap: 10_000,
        level: 80)
    case .reminder:
      Burst(starts: [0], duration: 200, ramp: 40, tones: [39200], gap: nil, level: 60)
    }
  }
}
