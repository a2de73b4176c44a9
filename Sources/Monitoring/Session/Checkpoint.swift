public import Vitals

/// A due time of a blood pressure, and what came of it (`clinical.md` 2.4).
public struct Checkpoint: Hashable, Sendable {
  public enum Result: String, Hashable, Sendable, CaseIterable {
    case met
    /// Measured, but not before it was overdue.
    case late
    /// Not measured before the next one was due, or the plan changed.
    case missed
  }

  public let dueAt: Instant
  public let result: Result
  /// When the reading came that belongs to it; `nil` for a missed one.
  public let readingAt: Instant?

  /// How long after the due time the reading came.
  public var lateBy: Duration? { readingAt.map { max($0 - dueAt, .zero) } }

  /// Matches a reading to the due times that it ends.
  ///
  /// It belongs to the last of those that are past, and to what is due soon; an older one that has
  /// a successor was missed. `overdueAfter` is when a due time counts as overdue.
  static func match(
    _ dues: [Instant], readingAt now: Instant, overdueAfter: Duration
  ) -> [Checkpoint] {
    let last = dues.last { $0 <= now }
    return dues.map { due in
      // Two due times that one reading meets are one, for whatever reason each is there.
      if let last, due < last, last - due > CuffSchedule.early {
        return Checkpoint(dueAt: due, result: .missed, readingAt: nil)
      }
      return Checkpoint(
        dueAt: due, result: now >= due + overdueAfter ? .late : .met, readingAt: now)
    }
  }
}
