public import Vitals

/// Which criteria were not met when, second by second, so that every “not yet” has its reason.
public struct DischargeLedger: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    public let at: Instant
    /// What was not met from then on, in the order of the criteria.
    public let unmet: [Criterion]
  }

  /// One for each change, oldest first.
  public private(set) var entries: [Entry] = []

  public init() {}

  /// Notes what is not met now; true when that is news.
  mutating func note(_ unmet: [Criterion], at now: Instant) -> Bool {
    guard entries.last?.unmet != unmet else { return false }
    entries.append(Entry(at: now, unmet: unmet))
    return true
  }

  /// Since when everything has been met; `nil` while something is not.
  public var readyAt: Instant? {
    entries.last.flatMap { $0.unmet.isEmpty ? $0.at : nil }
  }

  /// Why not earlier: each criterion that was ever unmet, and until when it last was; `nil` for
  /// one that still is.
  public var waits: [(criterion: Criterion, until: Instant?)] {
    Criterion.allCases.compactMap { criterion in
      guard let last = entries.lastIndex(where: { $0.unmet.contains(criterion) }) else {
        return nil
      }
      return (criterion, last + 1 < entries.count ? entries[last + 1].at : nil)
    }
  }

  /// When the patient would first have been ready without the time that the route requires: the
  /// REMS form asks for it (`clinical.md` 5.1).
  public var readyWithoutTimeAt: Instant? {
    entries.first { $0.unmet.allSatisfy { $0 == .time } }?.at
  }
}
