import Vitals

/// Nonin 13: `00 02 00 0D`, the length, the data, its sum, `03`.
enum Nonin13Layout: NoninFormat {
  typealias Frames = NoninRecordFraming

  static let format = NoninSelect.Format.thirteen

  static func couldStart(_ byte: UInt8) -> Bool { byte == NoninRecord.header[0] }
}

/// Cuts spot-check records.
struct NoninRecordFraming: Framing {
  /// Records come over Bluetooth, which may pause within one.
  static var idleAfter: Duration { .milliseconds(500) }

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let header = NoninRecord.header
    let available = bytes.count - start
    guard matches(header, bytes, at: start, before: bytes.count) else { return .drop(1, .stray) }
    var length = NoninRecord.frameBytes + NoninRecord.dataCounts.lowerBound
    if available > header.count {
      let count = Int(bytes[start + header.count])
      guard NoninRecord.dataCounts.contains(count) else { return .drop(1, .broken) }
      length = NoninRecord.frameBytes + count
    }
    guard available >= length else {
      return isIdle ? .drop(broken(bytes, from: start, length: available), .broken) : .wait
    }
    let isRecord = NoninRecord(bytes.extracting(start..<start + length)) != nil
    return isRecord
      ? .frame(length, isInDoubt: false)
      : .drop(broken(bytes, from: start, length: length), .checksum)
  }

  /// How much of a frame that is none to drop: all in front of where the next may begin.
  private func broken(_ bytes: Span<UInt8>, from start: Int, length: Int) -> Int {
    let end = start + length
    return (1..<length).first {
      matches(NoninRecord.header, bytes, at: start + $0, before: end)
    } ?? length
  }

  /// Whether the header stands there, as far as there are bytes.
  private func matches(
    _ header: [5 of UInt8], _ bytes: Span<UInt8>, at start: Int, before end: Int
  ) -> Bool {
    for index in 0..<min(header.count, end - start) where bytes[start + index] != header[index] {
      return false
    }
    return true
  }
}
