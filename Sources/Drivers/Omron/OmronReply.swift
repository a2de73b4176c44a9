import Vitals

/// What an Omron says: `OK`, `NO`, or `OK 00 data xor`, spread over reports of eight bytes of which
/// the first counts the valid ones (`protocols.md` 2.6).
enum OmronReply: Hashable {
  case ok
  /// "NO": the command is to be sent again.
  case again
  /// "OFF": good-bye.
  case off
  /// A report that says nothing.
  case nothing
  /// What stood between the zero and the check byte.
  case data([UInt8])

  static let reportLength = 8
  /// Reports of the longest reply: a reading.
  static let mostReports = 3

  /// Reads the reports of one reply, or `nil` when they are none or the check byte fails.
  init?(_ reports: Span<UInt8>) {
    var bytes: [UInt8] = []
    var start = 0
    while start + Self.reportLength <= reports.count {
      let count = Int(reports[start])
      guard count < Self.reportLength else { break }
      for index in start + 1..<start + 1 + count { bytes.append(reports[index]) }
      start += Self.reportLength
    }
    if reports.count == Self.reportLength {
      if reports.isFilled(with: 0, in: 0..<reports.count) || Self.isRestless(reports, at: 0) {
        self = .nothing
        return
      }
      switch bytes {
      case Array("OK".utf8): self = .ok
      case Array("NO".utf8): self = .again
      case Array("OFF\r\n".utf8): self = .off
      default: return nil
      }
      return
    }
    guard bytes.count >= 5, bytes.starts(with: [0x4F, 0x4B, 0x00]) else { return nil }
    guard bytes[3...].reduce(0, ^) == 0 else { return nil }
    self = .data(Array(bytes[3..<bytes.count - 1]))
  }

  /// What it sends in daily mode before it is ready.
  static func isRestless(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    bytes[start] == 8 && bytes[start + 1] == 0x60
      && bytes.isFilled(with: 0, in: start + 2..<start + reportLength)
  }

  /// The reports on the wire.
  var encoded: [[UInt8]] {
    switch self {
    case .ok: OmronReports.cut(Array("OK".utf8))
    case .again: OmronReports.cut(Array("NO".utf8))
    case .off: OmronReports.cut(Array("OFF\r\n".utf8))
    case .nothing: [Array(repeating: 0, count: Self.reportLength)]
    case .data(let data):
      OmronReports.cut([0x4F, 0x4B, 0x00] + data + [data.reduce(0, ^)])
    }
  }
}

/// Bytes in reports of up to seven, behind their count.
enum OmronReports {
  static func cut(_ bytes: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: 7).map { start in
      let part = bytes[start..<min(start + 7, bytes.count)]
      return [UInt8(part.count)] + part + Array(repeating: 0, count: 7 - part.count)
    }
  }
}

/// Cuts replies out of the reports, which arrive whole.
///
/// A reply goes on behind a full report, unless silence or the start of another says that it ended
/// just there. One that is longer than a report has a check byte.
struct OmronFraming: Framing {
  static var idleAfter: Duration { .milliseconds(100) }

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    var end = start
    for number in 0..<OmronReply.mostReports {
      let available = bytes.count - end
      if number > 0 {
        if available == 0, isIdle { break }
        guard available >= 3 else { return isIdle ? .drop(bytes.count - start, .broken) : .wait }
        if isStart(bytes, at: end) { break }
      }
      guard available >= OmronReply.reportLength else {
        return isIdle ? .drop(bytes.count - start, .broken) : .wait
      }
      end += OmronReply.reportLength
      let count = bytes[end - OmronReply.reportLength]
      guard number == 0 || (1...7).contains(count) else { return .drop(1, .broken) }
      if count != 7 { break }
    }
    let length = end - start
    guard length > OmronReply.reportLength || bytes[start] != 7 else { return .drop(1, .broken) }
    guard OmronReply(bytes.extracting(start..<end)) != nil else {
      return .drop(1, length > OmronReply.reportLength ? .checksum : .stray)
    }
    return .frame(length, isInDoubt: false)
  }

  /// Whether a reply begins here: "OK" or "NO", or a report that says nothing.
  private func isStart(_ bytes: Span<UInt8>, at start: Int) -> Bool {
    if bytes[start] == 0 || bytes[start] == 8 { return true }
    let isOK = bytes[start + 1] == 0x4F && bytes[start + 2] == 0x4B
    let isNO = bytes[start + 1] == 0x4E && bytes[start + 2] == 0x4F
    return isOK || isNO
  }
}
