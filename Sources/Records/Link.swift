public import Vitals

/// One link of the log's hash chain: a transaction, with the rows it wrote.
///
/// The hashes of the rows make the digest; number, time, ranges, marks, digest and the link before
/// make the hash. So a row cannot change without its link, nor a link without all that follow.
public struct Link: Hashable, Sendable {
  /// What a link was made for.
  public enum Cause: String, Sendable {
    case commit
    /// Rows of a log that had no chain yet: covered from here on, unproven before.
    case migration
  }

  /// Rows of one table that follow each other: those after `after`, `count` of them.
  public struct Range: Hashable, Sendable {
    public let table: String
    public var after: Int64
    public var count: Int64

    public init(table: String, after: Int64, count: Int64) {
      self.table = table
      self.after = after
      self.count = count
    }

    /// The number of the last row.
    public var end: Int64 { after + count }
  }

  /// From 1.
  public let number: Int64
  public let wall: WallTime
  public let cause: Cause
  /// Every table that the chain has covered so far, with what this link adds; in order of name.
  public let ranges: [Range]
  /// The first four bytes of each row's hash: enough to say which row was changed.
  public let marks: [UInt8]
  /// Over the hashes of the rows, table by table.
  public let digest: ContentHash
  /// The hash of the link before; zeros for the first.
  public let previous: ContentHash
  public let hash: ContentHash

  /// Makes a link over rows, given by their hashes in the order of the ranges.
  public init(
    number: Int64, wall: WallTime, cause: Cause, ranges: [Range], rows: [ContentHash],
    previous: ContentHash
  ) {
    self.number = number
    self.wall = wall
    self.cause = cause
    self.ranges = ranges
    marks = rows.flatMap(Self.mark)
    digest = Self.digest(of: rows)
    self.previous = previous
    hash = Self.hash(number, wall, cause, Self.text(ranges), marks, digest, previous)
  }

  /// A link as it was stored, right or wrong; `nil` when its text is not even of the form.
  public init?(
    number: Int64, wall: WallTime, cause: String, covers: String, marks: [UInt8],
    digest: [UInt8], previous: [UInt8], hash: [UInt8]
  ) {
    guard let cause = Cause(rawValue: cause), let ranges = Self.ranges(covers),
      let digest = ContentHash(bytes: digest), let previous = ContentHash(bytes: previous),
      let hash = ContentHash(bytes: hash)
    else { return nil }
    self.number = number
    self.wall = wall
    self.cause = cause
    self.ranges = ranges
    self.marks = marks
    self.digest = digest
    self.previous = previous
    self.hash = hash
  }

  /// Whether the hash is that of the other fields.
  public var isWhole: Bool { isWhole(as: number) }

  /// Whether the hash would be right had the link this number.
  public func isWhole(as number: Int64) -> Bool {
    hash == Self.hash(number, wall, cause, covers, marks, digest, previous)
  }

  /// The ranges as text: `event:4+3 flight:12+1 run:2+0`.
  public var covers: String { Self.text(ranges) }

  public static func digest(of rows: [ContentHash]) -> ContentHash {
    ContentHash(of: rows.flatMap(\.bytes))
  }

  /// What a row leaves in ``marks``.
  public static func mark(_ row: ContentHash) -> [UInt8] { Array(row.bytes.prefix(4)) }

  private static func text(_ ranges: [Range]) -> String {
    ranges.map { "\($0.table):\($0.after)+\($0.count)" }.joined(separator: " ")
  }

  private static func ranges(_ text: String) -> [Range]? {
    var ranges: [Range] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let parts = word.split(separator: ":")
      let numbers = parts.last?.split(separator: "+").map { Int64($0) } ?? []
      guard parts.count == 2, numbers.count == 2, let after = numbers[0], let count = numbers[1],
        after >= 0, count >= 0, after <= Int64.max - count
      else { return nil }
      ranges.append(Range(table: String(parts[0]), after: after, count: count))
    }
    return Self.text(ranges) == text ? ranges : nil
  }

  private static func hash(
    _ number: Int64, _ wall: WallTime, _ cause: Cause, _ covers: String, _ marks: [UInt8],
    _ digest: ContentHash, _ previous: ContentHash
  ) -> ContentHash {
    var row = ChainRow(table: "link")
    row.add("seq", .integer(number))
    row.add("wall_ms", .integer(wall.milliseconds))
    row.add("cause", .text(cause.rawValue))
    row.add("covers", .text(covers))
    row.add("marks", .blob(marks))
    row.add("digest", .blob(digest.bytes))
    row.add("previous", .blob(previous.bytes))
    return row.hash
  }
}
