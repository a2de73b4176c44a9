import Monitoring
import Vitals

extension Explanation {
  /// Longer tables are told by their beginning and their end.
  private static let rowsTold = (first: 12, last: 24)

  /// The seconds or readings around the alarm as lines of text: time, value, limit, quality and the
  /// state of the rule.
  public var table: [String] {
    guard !moments.isEmpty else { return [] }
    let heading = ["t (s)", "value", "limit", "quality", "state"]
    var rows = moments.map(row)
    let (first, last) = Self.rowsTold
    if rows.count > first + last {
      let left = rows.count - first - last
      let gap = ["…", "", "", "\(left) more", ""]
      rows = Array(rows.prefix(first)) + [gap] + Array(rows.suffix(last))
    }
    return TextTable.lines([heading] + rows, rightAligned: [0, 1, 2])
  }

  private func row(_ moment: Moment) -> [String] {
    let value =
      moment.pressure.map { "\($0.systolic)/\($0.diastolic)/\($0.mean)" }
      ?? moment.value.map(rule.facts.number) ?? "-"
    let limits = pressureLimits.map { "\($0.part.rawValue) \($0.limit)" }
    let limit =
      rule.isOnPressure
      ? limits.joined(separator: ", ") : moment.limit.map(rule.facts.number) ?? "-"
    return [
      Seconds.short(moment.at), value, limit, moment.quality.joined(separator: ","),
      state(of: moment),
    ]
  }

  /// The condition and the alarm in words.
  func state(of moment: Moment) -> String {
    let alarm = moment.priority.map { " \($0.name)" } ?? ""
    return switch moment.condition {
    case .inactive: moment.priority == nil ? "inactive" : "latched" + alarm
    case .delaying(let until): "delay runs until \(Seconds.short(until))"
    case .frozen(let remaining, _): "delay stands, \(Self.seconds(remaining)) left"
    case .active: "active" + alarm
    case .clearing(let until): "clearing until \(Seconds.short(until))"
    }
  }
}

/// Columns of text.
public enum TextTable {
  /// Rows with every column as wide as its widest cell.
  public static func lines(_ rows: [[String]], rightAligned: Set<Int> = []) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        return rightAligned.contains(column) ? blanks + cell : cell + blanks
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
