import Vitals

/// Lets each reading of a device's memory through once: a read-out repeats all of them.
struct StoredOnce: Sendable {
  /// More than any device of ours keeps; beyond it nothing is believed.
  private static let most = 1000

  private var seen: Set<StoredReading> = []

  /// Whether this reading has not been here before.
  mutating func isNew(_ reading: StoredReading) -> Bool {
    seen.count < Self.most && seen.insert(reading).inserted
  }
}
