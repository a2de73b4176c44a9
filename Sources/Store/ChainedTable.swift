import Foundation
import GRDB
import Records

/// A table whose every row the hash chain covers: its key and its columns, in the order of the file.
///
/// Rows are only ever appended. One more table is one more value here; a column that joins a table
/// later is `NULL` or `''` in its older rows and is marked `isLater`.
struct ChainedTable: Sendable {
  struct Column: Sendable {
    let name: String
    var isLater = false
  }

  let name: String
  /// The row's number.
  let key: String
  let columns: [Column]

  private init(_ name: String, key: String = "seq", _ columns: String, later: String = "") {
    self.name = name
    self.key = key
    self.columns =
      columns.split(separator: " ").map { Column(name: String($0)) }
      + later.split(separator: " ").map { Column(name: String($0), isLater: true) }
    let names = ([key] + self.columns.map(\.name)).joined(separator: ", ")
    let places = ([key] + self.columns.map(\.name)).map { _ in "?" }.joined(separator: ", ")
    insertion = "INSERT INTO \(name) (\(names)) VALUES (\(places))"
    self.names = names
  }

  private let names: String

  /// Adds a row.
  let insertion: String
  /// Every row by its number, the number first.
  var selection: String { selection(after: 0) }

  /// The rows after a number.
  func selection(after number: Int64) -> String {
    let condition = number > 0 ? " WHERE \(key) > \(number)" : ""
    return "SELECT \(names) FROM \(name)\(condition) ORDER BY \(key)"
  }

  static let account = ChainedTable(
    "account",
    "user name roles secret_kind secret secret_wall_ms created_wall_ms created_by changed_wall_ms changed_by disabled_wall_ms disabled_by failures locked_until_ms"
  )
  static let event = ChainedTable("event", "t_ms wall_ms chair kind body")
  static let block = ChainedTable(
    "block",
    "chair first_ms last_ms n spo2_valid spo2_min spo2_median spo2_max pr_valid pr_min pr_median pr_max pi_valid pi_min pi_median pi_max times spo2 pr pi status"
  )
  static let mark = ChainedTable("mark", "strip last hash removed")
  static let removal = ChainedTable("removal", "wall_ms job place first last hashes")
  static let run = ChainedTable(
    "run", key: "id",
    "boot boottime_ns instant_ms wall_ms speed software policy staff limits site site_key policy_text names",
    later: "epoch")
  static let signature = ChainedTable(
    "signature", "event chair record event_end sample_end end_ms manifest", later: "samples")

  /// In order of name, as links list them.
  static let all = [account, block, event, mark, removal, run, signature]

  /// As schema 4 had them, to check a log before it is converted.
  static let allOfVersion4 = [
    account, event, ChainedTable("flight", "first_ms last_ms block"), run.asBefore,
    ChainedTable("sample", "t_ms chair spo2 pr pi status"), signature.asBefore,
  ]

  /// Without the columns that joined later, which leave nothing in the hash of an older row.
  private var asBefore: ChainedTable {
    ChainedTable(
      name, key: key, columns.filter { !$0.isLater }.map(\.name).joined(separator: " "))
  }

  func hash(_ values: [ChainValue]) -> ContentHash {
    var row = ChainRow(table: name)
    for (column, value) in zip(columns, values) {
      row.add(column.name, value, isLater: column.isLater)
    }
    return row.hash
  }
}

extension ChainValue {
  init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(number)
    case .double(let number): self = .real(number)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob([UInt8](data))
    }
  }

  var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .real(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}
