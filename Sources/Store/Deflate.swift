import CZlib
import Foundation
import GRDB

/// Packs what is large and seldom read, as zlib does.
enum Deflate {
  /// The flight record of an hour in one block, ten times over: no length in a file is believed beyond.
  private static let longest = 1 << 28

  /// Level 1: a clinic's second in half a millisecond.
  static func pack(_ bytes: [UInt8]) -> [UInt8] {
    var length = compressBound(uLong(bytes.count))
    var packed = [UInt8](repeating: 0, count: Int(length))
    let code = compress2(&packed, &length, bytes, uLong(bytes.count), Z_BEST_SPEED)
    precondition(code == Z_OK, "zlib has no memory (\(code))")
    packed.removeSubrange(Int(length)...)
    return packed
  }

  /// `nil` for bytes that do not give so many.
  static func unpack(_ packed: [UInt8], count: Int) -> [UInt8]? {
    guard (0...longest).contains(count) else { return nil }
    var bytes = [UInt8](repeating: 0, count: count)
    var length = uLong(count)
    guard uncompress(&bytes, &length, packed, uLong(packed.count)) == Z_OK, length == count else {
      return nil
    }
    return bytes
  }
}
