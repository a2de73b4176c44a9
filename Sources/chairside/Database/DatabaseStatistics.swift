import ArgumentParser
import Records
import Store

/// `chairside db stats`: what the log holds and what that takes.
struct DatabaseStatistics: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "What the log holds, and what that takes.")

  @OptionGroup var log: LogOption

  @Flag(help: "One JSON object.")
  var json = false

  func run() throws {
    let numbers = try Console.badData { try LogStatistics(path: log.db) }
    guard !json else { return Console.out(object(numbers).canonical) }
    Console.out(
      "schema \(numbers.schema), epoch \(numbers.epoch), \(numbers.fileBytes) bytes, "
        + "\(numbers.freeBytes) of them free")
    if let first = numbers.first, let last = numbers.last { Console.out("\(first) to \(last)") }
    Console.out("\(numbers.sessions) sessions, \(numbers.signatures) signatures")
    for table in numbers.tables {
      Console.out("\(table.name): \(table.rows) rows, \(table.bytes) bytes")
    }
    if let bytes = numbers.bytesPerReading {
      let hundredths = Int((bytes * 100).rounded())
      let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
      Console.out("\(numbers.readings) numeric readings in blocks, \(text) bytes each")
    }
  }

  private func object(_ numbers: LogStatistics) -> JSONValue {
    .object([
      "schema": .integer(Int64(numbers.schema)), "epoch": .integer(Int64(numbers.epoch)),
      "fileBytes": .integer(Int64(numbers.fileBytes)),
      "freeBytes": .integer(Int64(numbers.freeBytes)),
      "readings": .integer(Int64(numbers.readings)),
      "sessions": .integer(Int64(numbers.sessions)),
      "signatures": .integer(Int64(numbers.signatures)),
      "tables": .object(
        Dictionary(
          uniqueKeysWithValues: numbers.tables.map {
            (
              $0.name,
              .object(["rows": .integer(Int64($0.rows)), "bytes": .integer(Int64($0.bytes))])
            )
          })),
    ])
  }
}
