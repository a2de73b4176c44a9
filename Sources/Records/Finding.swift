/// Something that is not as it was written.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
  public enum Problem: String, Hashable, Sendable {
    case changed, missing, inserted, truncated, unreadable
    case outOfOrder = "out of order"
    case badSignature = "bad signature"
    case notSigned = "not signed"
  }

  /// The table of a log, or `line` of a bundle.
  public let place: String
  /// The row or line; `nil` when the whole is meant.
  public let row: Int64?
  public let problem: Problem
  /// What was expected, for a person.
  public let detail: String

  public init(_ place: String, _ row: Int64?, _ problem: Problem, _ detail: String = "") {
    self.place = place
    self.row = row
    self.problem = problem
    self.detail = detail
  }

  public var description: String {
    let name = row.map { "\(place) \($0)" } ?? place
    return "\(name): \(problem.rawValue)" + (detail.isEmpty ? "" : " (\(detail))")
  }

  /// For `--json`.
  public var json: JSONValue {
    .object([
      "place": .text(place), "row": .integer(ifAny: row), "problem": .text(problem.rawValue),
      "detail": .text(detail),
    ])
  }
}
