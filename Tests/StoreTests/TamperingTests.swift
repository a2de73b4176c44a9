import Foundation
import GRDB
import Records
import Store
import Testing
import Vitals

/// Whatever is done to a row of a small log, from a real session through the real ward, is found and
/// named.
@Suite struct TamperingTests {
  /// A table of the log: its key, its other columns.
  private struct Table {
    let name: String
    let key: String
    let columns: [String]
    let numbers: [Int64]

    init(_ name: String, _ database: Database) throws {
      self.name = name
      let columns = try database.columns(in: name).map(\.name)
      key = columns[0]
      self.columns = Array(columns.dropFirst())
      numbers = try Int64.fetchAll(database, sql: "SELECT \(key) FROM \(name) ORDER BY \(key)")
    }
  }

  private static let names = [
    "account", "block", "event", "link", "mark", "open", "removal", "run", "signature", "tape",
  ]

  @Test func `every table of a log is tampered with here`() async throws {
    let folder = try Folder()
    _ = try Store(path: folder.log)
    let tables = try await DatabaseQueue(path: folder.log).read {
      try String.fetchAll(
        $0, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    }
    #expect(tables == Self.names)
  }

  @Test(arguments: Self.names)
  func `deleted, inserted, changed and swapped rows are named`(name: String) async throws {
    let folder = try Folder()
    try await SignedSession.write(to: folder, isOld: true)
    let table = try await DatabaseQueue(path: folder.log).read { try Table(name, $0) }
    #expect(!table.numbers.isEmpty)
    let bench = try Bench(folder)
    for (index, number) in table.numbers.enumerated() {
      let place = "\(table.key) = \(number)"
      // What is cut off at the end of the chain is the head's to miss.
      let isEnd = name == "link" && index == table.numbers.count - 1
      try bench.expect(
        name, number, isEnd ? .truncated : .missing, "DELETE FROM \(name) WHERE \(place)")
      try bench.expect(
        name, number, isEnd ? .changed : .missing,
        "UPDATE \(name) SET \(table.key) = \(number + 100_000) WHERE \(place)")
      for column in table.columns {
        try bench.expect(
          name, number, .changed,
          "UPDATE \(name) SET \(column) = \(Self.other(than: column)) WHERE \(place)")
      }
      if index + 1 < table.numbers.count {
        let next = table.numbers[index + 1]
        let assignments = table.columns.map { column in
          """
          \(column) = (SELECT swap.\(column) FROM swap
            WHERE swap.\(table.key) = \(number + next) - \(name).\(table.key))
          """
        }.joined(separator: ", ")
        // The head names the last link, and is looked at before the links themselves.
        let isAtHead = name == "link" && index + 2 == table.numbers.count
        try bench.expect(
          name, isAtHead ? next : number, nil,
          """
          CREATE TEMP TABLE swap AS SELECT * FROM \(name) WHERE \(table.key) IN (\(number), \(next));
          UPDATE \(name) SET \(assignments) WHERE \(table.key) IN (\(number), \(next));
          DROP TABLE swap;
          """)
      }
    }
    let last = try #require(table.numbers.last)
    let columns = table.columns.joined(separator: ", ")
    for number in [last + 1, last + 7] {
      try bench.expect(
        name, name == "link" && number > last + 1 ? last + 1 : number, nil,
        """
        INSERT INTO \(name) (\(table.key), \(columns))
        SELECT \(number), \(columns) FROM \(name) WHERE \(table.key) = \(last)
        """)
    }
  }

  /// An expression that differs from a column's value, of the same type.
  private static func other(than column: String) -> String {
    """
    CASE typeof(\(column)) WHEN 'integer' THEN \(column) + 1 WHEN 'real' THEN \(column) + 0.5
      WHEN 'text' THEN \(column) || 'x' WHEN 'blob' THEN CAST(\(column) || x'00' AS BLOB)
      ELSE 7 END
    """
  }

  /// A log, of which every attempt gets a copy.
  private struct Bench {
    private let original: String
    private let copy: String

    init(_ folder: Folder) throws {
      original = folder.log
      copy = folder.path + "/tampered.db"
      for name in [".head", ".pub"] {
        try FileManager.default.copyItem(atPath: original + name, toPath: copy + name)
      }
    }

    /// Expects the first finding to be this row; `nil` for any problem.
    func expect(
      _ table: String, _ number: Int64, _ problem: Finding.Problem?, _ sql: String,
      _ location: SourceLocation = #_sourceLocation
    ) throws {
      for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + name) }
      try FileManager.default.copyItem(atPath: original, toPath: copy)
      let queue = try DatabaseQueue(path: copy)
      let isChanged = try queue.writeWithoutTransaction { database in
        let before = try Row.fetchAll(database, sql: "SELECT * FROM \(table)")
        try database.execute(sql: sql)
        return try Row.fetchAll(database, sql: "SELECT * FROM \(table)") != before
      }
      try queue.close()
      let found = try LogVerification(path: copy).findings
      guard isChanged else {
        #expect(found == [], "\(sql)", sourceLocation: location)
        return
      }
      let isNamed = found.first?.place == table && found.first?.row == number
      let isRight = problem == nil || found.first?.problem == problem
      #expect(isNamed && isRight, "\(sql): \(found.prefix(3))", sourceLocation: location)
    }
  }
}
