import GRDB
import Records
import Vitals

/// Everything that a transaction of the log's writer moves on: a value, so that one that fails leaves
/// all of it where it was.
struct LogWriter {
  var chain: ChainWriter
  var open: Strip
  var tape: Strip

  init(_ database: Database) throws {
    chain = try ChainWriter(database)
    open = try Strip(.open, in: database)
    tape = try Strip(.tape, in: database)
  }

  /// Writes samples behind those that are open, as blocks when the five minutes are over.
  ///
  /// Returns what is open then; `nil` when it is the stretch with the samples behind it.
  mutating func insert(
    _ samples: [Batch.Sample], after stretch: Stretch, into database: Database
  ) throws -> Stretch? {
    guard !samples.isEmpty else { return nil }
    guard stretch.isComplete(with: samples) else {
      var news = Stretch()
      news.append(samples)
      try open.append([.text(OpenText.text(news))], to: database)
      return nil
    }
    var whole = stretch
    whole.append(samples)
    let (blocks, rest) = whole.sealed()
    for block in blocks { try chain.insert(.block, nil, block.values, into: database) }
    try open.remove(upTo: open.last, from: database, &chain)
    if !rest.isEmpty { try open.append([.text(OpenText.text(rest))], to: database) }
    try tape.mark(&chain, in: database)
    return rest
  }

  mutating func insert(_ flight: Batch.Flight, into database: Database) throws {
    try tape.append(
      [
        .integer(flight.first.milliseconds), .integer(flight.last.milliseconds),
        .integer(Int64(flight.block.count)), .blob(Deflate.pack(flight.block)),
      ], to: database)
  }

  mutating func insert(_ event: Batch.Event, into database: Database) throws {
    try chain.insert(.event, event.sequence, event.values, into: database)
  }

  /// Ends the link over what was inserted; at a close also notes where the strips end.
  mutating func seal(isLast: Bool = false, in database: Database) throws {
    if isLast {
      try open.mark(&chain, in: database)
      try tape.mark(&chain, in: database)
    }
    try chain.seal(in: database)
  }
}
