/// What a column of the log holds.
public enum ChainValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// The canonical bytes of a row, which the hash chain covers.
///
/// Each value stands with its column's name, its type and its length, so that no two rows have the
/// same bytes. A missing value leaves nothing, nor does an empty text in a column that has been
/// added later: so the bytes of old rows stay what they were when a table gains a column, and
/// writing something there changes them.
public struct ChainRow: Sendable {
  /// What tells a row of one table from the same row of another.
  private var bytes: [UInt8]

  public init(table: String) {
    bytes = Array(table.utf8)
    bytes.append(0)
  }

  public mutating func add(_ column: String, _ value: ChainValue, isLater: Bool = false) {
    switch value {
    case .null: break
    case .integer(let number):
      begin(column, "i")
      append(UInt64(bitPattern: number))
    case .real(let number):
      begin(column, "r")
      append(number.bitPattern)
    case .text(let text):
      guard !(isLater && text.isEmpty) else { return }
      begin(column, "t")
      append(UInt64(text.utf8.count))
      bytes.append(contentsOf: text.utf8)
    case .blob(let blob):
      begin(column, "b")
      append(UInt64(blob.count))
      bytes.append(contentsOf: blob)
    }
  }

  private mutating func begin(_ column: String, _ type: Unicode.Scalar) {
    bytes.append(contentsOf: column.utf8)
    bytes.append(0)
    bytes.append(UInt8(ascii: type))
  }

  private mutating func append(_ number: UInt64) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  public var hash: ContentHash { ContentHash(of: bytes) }
}
