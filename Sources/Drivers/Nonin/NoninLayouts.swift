/// Nonin 1: three bytes, bit 7 only in the first.
enum Nonin1Layout: SyncLayout {
  static func length(startingWith first: UInt8) -> Int { first >= 0x80 ? 3 : 0 }
  static func isBody(_ byte: UInt8) -> Bool { byte < 0x80 }
}

/// Nonin 8: four bytes, bit 7 only in the first.
enum Nonin8Layout: SyncLayout, NoninFormat {
  typealias Frames = SyncFraming<Self>

  static let format = NoninSelect.Format.eight

  static func couldStart(_ byte: UInt8) -> Bool { byte >= 0x80 }
  static func length(startingWith first: UInt8) -> Int { first >= 0x80 ? 4 : 0 }
  static func isBody(_ byte: UInt8) -> Bool { byte < 0x80 }
}

/// Where a 5-byte format keeps what a ``NoninFrame`` says.
protocol NoninLayout: ChainedLayout, NoninFormat {
  /// Reads five bytes that pass.
  static func frame(_ bytes: Span<UInt8>) -> NoninFrame
}

/// Nonin 2: `01 STATUS PLETH FLOAT CHK`.
enum Nonin2Layout: NoninLayout {
  typealias Frames = ChainedFraming<Self>

  static let format = NoninSelect.Format.two

  static func couldStart(_ byte: UInt8) -> Bool { byte == 0x01 }

  static func couldStart(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    guard start < bytes.count else { return true }
    guard bytes[start] == 0x01 else { return false }
    return start + 1 == bytes.count || bytes[start + 1] >= 0x80
  }

  static func passes(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    let status = bytes[start + 1]
    let pleth = bytes[start + 2]
    let float = bytes[start + 3]
    return bytes[start] == 0x01 && status >= 0x80 && float < 0x80
      && 0x01 &+ status &+ pleth &+ float == bytes[start + 4]
  }

  static func frame(_ bytes: Span<UInt8>) -> NoninFrame {
    NoninFrame(status: bytes[1], pleth: UInt16(bytes[2]), float: bytes[3])
  }
}

/// Nonin 7: `STATUS PLhi PLlo FLOAT CHK`.
enum Nonin7Layout: NoninLayout {
  typealias Frames = ChainedFraming<Self>

  static let format = NoninSelect.Format.seven

  static func couldStart(_ byte: UInt8) -> Bool { byte >= 0x80 }

  static func couldStart(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    start >= bytes.count || bytes[start] >= 0x80
  }

  static func passes(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    let status = bytes[start]
    let float = bytes[start + 3]
    return status >= 0x80 && float < 0x80
      && status &+ bytes[start + 1] &+ bytes[start + 2] &+ float == bytes[start + 4]
  }

  static func frame(_ bytes: Span<UInt8>) -> NoninFrame {
    NoninFrame(
      status: bytes[0], pleth: UInt16(bytes[1]) << 8 | UInt16(bytes[2]), float: bytes[3])
  }
}
