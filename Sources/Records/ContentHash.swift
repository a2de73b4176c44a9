import Crypto
import FoundationEssentials

/// SHA-256 of some bytes: what chains, records and signatures are tied together with.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  /// Always 32.
  public let bytes: [UInt8]

  /// The hash of content.
  public init(of content: [UInt8]) {
    bytes = Array(SHA256.hash(data: content))
  }

  /// The hash of text as UTF-8.
  public init(of text: String) { self.init(of: Array(text.utf8)) }

  /// A hash that was computed before; `nil` unless these are 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads 64 lower-case hexadecimal digits; `nil` for anything else.
  public init?(hex: some StringProtocol) {
    guard hex.utf8.count == 64, let bytes = Hexadecimal.bytes(hex) else { return nil }
    self.bytes = bytes
  }

  /// What a chain begins after.
  public static let zero = ContentHash(zeros: ())

  private init(zeros: Void) { bytes = [UInt8](repeating: 0, count: 32) }

  /// 64 lower-case hexadecimal digits.
  public var description: String { Hexadecimal.text(bytes) }
}

/// Bytes as lower-case hexadecimal digits.
enum Hexadecimal {
  private static let digits = Array("0123456789abcdef".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// `nil` for an odd number of digits or any other character, upper case included.
  static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    var (bytes, high): ([UInt8], UInt8?) = ([], nil)
    for character in text.utf8 {
      guard let digit = digits.firstIndex(of: character) else { return nil }
      if let first = high {
        bytes.append(first << 4 | UInt8(digit))
        high = nil
      } else {
        high = UInt8(digit)
      }
    }
    return high == nil ? bytes : nil
  }
}
