import Vitals

/// What a Contec 08A says: one report of 64 bytes.
enum Contec08AReport: Hashable {
  /// The answer to the greeting.
  case identity
  /// The answer to a download command.
  case ready(isOn: Bool)
  /// In front of one user's records.
  case header(records: Int, user: Int)
  case record(Contec08ARecord)

  static let length = 64

  /// Reads a report, or `nil` when it is none we know.
  init?(_ report: Span<UInt8>) {
    guard report.count == Self.length else { return nil }
    switch (report[0], report[1]) {
    case (0x48, 0x41): self = .identity
    case (0x4A, 0x43): self = .ready(isOn: report[2] == 1)
    case (0x46, 0x41):
      for index in 2..<14 where report[index] < 0x80 { return nil }
      self = .header(records: Int(report[4] & 0x7F), user: Int(report[13] & 3))
    default:
      guard let record = Contec08ARecord(report) else { return nil }
      self = .record(record)
    }
  }

  /// The whole report on the wire.
  var encoded: [UInt8] {
    let bytes: [UInt8] =
      switch self {
      case .identity: [0x48, 0x41, 0x02, 0x13, 0x01, 0x02]
      case .ready(let isOn): [0x4A, 0x43, isOn ? 1 : 0, 0]
      case .header(let records, let user):
        [0x46, 0x41, 0x80, 0x80, 0x80 | UInt8(records), 0x82] + Array(repeating: 0x80, count: 7)
          + [0x80 | UInt8(user)]
      case .record(let record): record.encoded
      }
    return Self.padded(bytes)
  }

  static func padded(_ bytes: [UInt8]) -> [UInt8] {
    bytes + Array(repeating: 0, count: length - bytes.count)
  }
}

/// What the host says to a Contec 08A.
enum Contec08ACommand: Hashable {
  case hello, greet
  /// Of user 0, 1 or 2.
  case download(user: Int)

  var encoded: [UInt8] {
    switch self {
    case .hello: Contec08AReport.padded([0x40, 0x8F, 0xFF, 0xFE, 0xFD, 0xFC])
    case .greet: Contec08AReport.padded([0x42, 0x8F, 0xFF, 0xFE, 0xFD, 0xFC])
    case .download(let user): Contec08AReport.padded([0x43, 0x41, 0x01, 4 + UInt8(user), 0x02])
    }
  }

  init?(_ report: [UInt8]) {
    let all: [Contec08ACommand] =
      [.hello, .greet] + (0...2).map { Contec08ACommand.download(user: $0) }
    guard let command = all.first(where: { $0.encoded == report }) else { return nil }
    self = command
  }
}

/// Cuts reports: they arrive whole, and each begins in a way of its own.
struct Contec08AFraming: Framing {
  static var idleAfter: Duration { .milliseconds(100) }

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard available >= Contec08AReport.length else {
      return isIdle ? .drop(available, .broken) : .wait
    }
    let report = bytes.extracting(start..<start + Contec08AReport.length)
    return Contec08AReport(report) == nil
      ? .drop(1, .stray) : .frame(Contec08AReport.length, isInDoubt: false)
  }
}
