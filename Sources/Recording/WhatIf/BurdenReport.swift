public import Monitoring
import Vitals

/// The alarm burden of many recordings, before and after a change of policy.
public struct BurdenReport: Sendable {
  /// Recordings that were read.
  public private(set) var recordings = 0
  /// Recordings that could not be.
  public private(set) var unread = 0
  public private(set) var before = AlarmBurden()
  /// With another policy; `nil` when none is tried.
  public private(set) var after: AlarmBurden?

  public init() {}

  /// Adds a recording, and what another policy would have made of it.
  public mutating func add(_ recording: Recording, policy: Policy? = nil) {
    recordings += 1
    before = before + AlarmBurden(recording)
    if let policy {
      after = (after ?? AlarmBurden()) + AlarmBurden(recording, policy: policy)
    }
  }

  /// Counts one that could not be read.
  public mutating func addUnread() { unread += 1 }

  /// A row of the report: all alarms, those of a priority, those of a rule.
  private struct Row {
    let name: String
    let priority: String
    let before: Int
    let after: Int?
  }

  private var rows: [Row] {
    let kinds = Set(before.counts.keys).union(Set((after ?? AlarmBurden()).counts.keys))
    let order = AlarmID.allCases
    let sorted = kinds.sorted {
      let (a, b) = (order.firstIndex(of: $0.rule) ?? 0, order.firstIndex(of: $1.rule) ?? 0)
      return (a, $1.priority) < (b, $0.priority)
    }
    let priorities = Priority.allCases.reversed()
    return [Row(name: "all", priority: "", before: before.count(), after: after?.count())]
      + priorities.map {
        Row(name: "all", priority: $0.name, before: before.count($0), after: after?.count($0))
      }
      + sorted.map { kind in
        Row(
          name: kind.rule.rawValue, priority: kind.priority.name,
          before: before.counts[kind] ?? 0, after: after.map { $0.counts[kind] ?? 0 })
      }
  }

  /// The report for a person.
  public var lines: [String] {
    var heading = ["alarm", "priority", "number", "per chair-hour"]
    if after != nil { heading = heading.dropLast(2) + ["before", "per hour", "after", "per hour"] }
    let table = rows.map { row in
      [row.name, row.priority, "\(row.before)", Self.text(before.rate(row.before))]
        + (row.after.map { ["\($0)", Self.text(after?.rate($0))] } ?? [])
    }
    return [summary] + TextTable.lines([heading] + table, rightAligned: [2, 3, 4, 5])
  }

  /// How many recordings, and chair-hours, before and after if they differ.
  public var summary: String {
    var hours = Self.text(before.hours)
    if let after, after.watched != before.watched {
      hours += " before, \(Self.text(after.hours)) after"
    }
    return "\(recordings) recordings read, \(unread) not; chair-hours watched: \(hours)"
  }

  /// The report as JSON lines: one about the whole, one for each row.
  public var jsonLines: [String] {
    var head = JSONLine()
    head.add("recordings", recordings)
    head.add("unread", unread)
    head.addRaw("chairHours", Self.text(before.hours))
    if let after { head.addRaw("chairHoursAfter", Self.text(after.hours)) }
    return [head.line]
      + rows.map { row in
        var json = JSONLine()
        json.add("alarm", row.name)
        json.add("priority", row.priority.isEmpty ? "all" : row.priority)
        json.add("before", row.before)
        json.addRaw("beforePerHour", before.rate(row.before).map { Self.text($0) } ?? "null")
        if let count = row.after {
          json.add("after", count)
          json.addRaw("afterPerHour", after?.rate(count).map { Self.text($0) } ?? "null")
        }
        return json.line
      }
  }

  /// With two decimals; `-` for none.
  private static func text(_ value: Double?) -> String {
    guard let value else { return "-" }
    let hundredths = Int((value * 100).rounded())
    return "\(hundredths / 100).\("\(100 + hundredths % 100)".dropFirst())"
  }
}
