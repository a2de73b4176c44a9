import Monitoring
import Vitals

extension WhatIf {
  /// One line for each difference, and one that counts them.
  public var lines: [String] {
    let rows = differences.map { difference -> [String] in
      switch difference {
      case .added(let alarm): ["+", "added"] + Self.cells(alarm) + [Self.course(of: alarm)]
      case .removed(let alarm): ["-", "removed"] + Self.cells(alarm) + [Self.course(of: alarm)]
      case .changed(let before, let after):
        ["~", Self.word(before, after)] + Self.cells(before) + [Self.change(before, after)]
      }
    }
    return TextTable.lines(rows, rightAligned: [2]) + [summary]
  }

  /// How many there are of each.
  private var summary: String {
    var (added, removed, moved, priority) = (0, 0, 0, 0)
    for difference in differences {
      switch difference {
      case .added: added += 1
      case .removed: removed += 1
      case .changed(let before, let after):
        if before.raised.at != after.raised.at { moved += 1 }
        if Self.priorities(before) != Self.priorities(after) { priority += 1 }
      }
    }
    return "\(added) added, \(removed) removed, \(moved) moved, \(priority) of another priority, "
      + "\(unchanged) unchanged"
  }

  private static func word(_ before: AlarmCourse, _ after: AlarmCourse) -> String {
    before.raised.at == after.raised.at ? "changed" : "moved"
  }

  private static func cells(_ alarm: AlarmCourse) -> [String] {
    [Explanation.time(alarm.raised.at), "chair \(alarm.chair)", alarm.id.rawValue]
  }

  private static func course(of alarm: AlarmCourse) -> String {
    let numbers = alarm.raised.value.flatMap { value in
      alarm.raised.limit.map {
        " (\(alarm.id.facts.number(value)) against \(alarm.id.facts.number($0)))"
      }
    }
    return priorities(alarm) + (numbers ?? "")
  }

  private static func change(_ before: AlarmCourse, _ after: AlarmCourse) -> String {
    var parts: [String] = []
    let apart = after.raised.at - before.raised.at
    if apart != .zero {
      let way = apart > .zero ? "later" : "earlier"
      parts.append(
        "\(Explanation.seconds(max(apart, .zero - apart))) \(way), at "
          + Explanation.time(after.raised.at))
    }
    let (old, new) = (priorities(before), priorities(after))
    parts.append(old == new ? old : "\(old) becomes \(new)")
    return parts.joined(separator: "; ")
  }

  /// `medium`, or with its escalations `low, medium at 1508.0 s`.
  private static func priorities(_ alarm: AlarmCourse) -> String {
    alarm.steps.filter { $0.step == .raised || $0.step == .escalated }.map {
      $0.step == .raised
        ? $0.priority.name : "\($0.priority.name) at \(Explanation.time($0.at))"
    }.joined(separator: ", ")
  }

  /// One JSON object a difference, in the form of the timeline.
  public var jsonLines: [String] {
    differences.map { difference in
      switch difference {
      case .added(let alarm): Self.json(alarm, "added", before: nil, after: alarm)
      case .removed(let alarm): Self.json(alarm, "removed", before: alarm, after: nil)
      case .changed(let before, let after):
        Self.json(before, Self.word(before, after), before: before, after: after)
      }
    }
  }

  private static func json(
    _ alarm: AlarmCourse, _ word: String, before: AlarmCourse?, after: AlarmCourse?
  ) -> String {
    Explanation.object { json in
      json.addRaw("t", Seconds.short(alarm.raised.at))
      json.add("chair", alarm.chair.name)
      json.add("event", "whatIf")
      json.add("change", word)
      json.add("alarm", alarm.id.rawValue)
      if let before, let after {
        json.addRaw("movedBy", Seconds.short(.zero + (after.raised.at - before.raised.at)))
      }
      for (key, course) in [("before", before), ("after", after)] {
        json.addRaw(key, course?.json ?? "null")
      }
    }
  }
}
