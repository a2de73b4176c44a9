/// What the host may say to PAR's cuffs: `02 c1 c2 ;; x1 x2 03`, but for the abort.
public enum ParCommand: Hashable, Sendable, CaseIterable {
  /// Start a determination: a cuff inflates on a person.
  case start
  /// Deflate.
  case abort
  case readStatus

  /// The single byte outside any frame that ends a determination.
  static let abortByte = UInt8(ascii: "X")

  /// The whole packet on the wire.
  public var encoded: [UInt8] {
    switch self {
    case .start: Self.packet("01")
    case .abort: [Self.abortByte]
    case .readStatus: Self.packet("18")
    }
  }

  private static func packet(_ code: String) -> [UInt8] {
    let text = Array((code + ";;").utf8)
    return [0x02] + text + hexadecimal(text.reduce(0, &+)) + [0x03]
  }

  /// A byte in two capital digits.
  static func hexadecimal(_ byte: UInt8) -> [UInt8] {
    [byte >> 4, byte & 0x0F].map { $0 < 10 ? 0x30 + $0 : 0x41 + $0 - 10 }
  }
}
