public import Monitoring
public import Vitals

/// What another policy would have made of a recording: the alarms that it adds, removes and moves.
///
/// Two alarms are the same one when they are of one rule and one session of a chair and their
/// conditions overlap in time. What people did is replayed as they did it.
public struct WhatIf: Sendable {
  public enum Difference: Hashable, Sendable {
    case added(AlarmCourse)
    case removed(AlarmCourse)
    /// Raised at another time, with another priority, or both.
    case changed(before: AlarmCourse, after: AlarmCourse)

    /// When it was raised, or would have been.
    public var at: Instant {
      switch self {
      case .added(let alarm), .removed(let alarm), .changed(let alarm, _): alarm.raised.at
      }
    }
  }

  /// By time, as recorded.
  public let differences: [Difference]
  /// Alarms that are raised at the same time with the same priorities.
  public let unchanged: Int

  /// Replays a recording under its own policy and under another one.
  public init(_ recording: Recording, policy: Policy) {
    let (own, other) = (Replayed(recording), Replayed(recording, policy: policy))
    self.init(before: own.alarms, after: other.alarms, end: own.end)
  }

  /// Compares the alarms of two replays of one recording that ends at `end`.
  public init(before: [AlarmCourse], after: [AlarmCourse], end: Instant) {
    var rest = after
    var (found, same): ([Difference], Int) = ([], 0)
    for old in before {
      guard let index = Self.counterpart(of: old, in: rest, end: end) else {
        found.append(.removed(old))
        continue
      }
      let new = rest.remove(at: index)
      if old.isAlike(new) { same += 1 } else { found.append(.changed(before: old, after: new)) }
    }
    found += rest.map(Difference.added)
    differences = found.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    unchanged = same
  }

  /// The one that begins nearest to it, of those whose conditions overlap with its own.
  private static func counterpart(
    of old: AlarmCourse, in others: [AlarmCourse], end: Instant
  ) -> Int? {
    func distance(_ index: Int) -> Duration {
      let apart = others[index].raised.at - old.raised.at
      return max(apart, .zero - apart)
    }
    return others.indices.filter { index in
      let new = others[index]
      let isSame = (new.chair, new.session, new.id) == (old.chair, old.session, old.id)
      return isSame
        && (new.raised.at == old.raised.at
          || max(new.raised.at, old.raised.at) < min(new.endedAt ?? end, old.endedAt ?? end))
    }.min { (distance($0), $0) < (distance($1), $1) }
  }
}

extension AlarmCourse {
  /// Whether both were raised and escalated at the same times to the same priorities.
  fileprivate func isAlike(_ other: AlarmCourse) -> Bool {
    func risings(_ course: AlarmCourse) -> [Rising] {
      course.steps.filter { $0.step == .raised || $0.step == .escalated }.map {
        Rising(at: $0.at, priority: $0.priority)
      }
    }
    return risings(self) == risings(other)
  }

  private struct Rising: Equatable {
    let at: Instant
    let priority: Priority
  }
}
