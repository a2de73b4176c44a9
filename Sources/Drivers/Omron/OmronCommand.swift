import Vitals

/// What the host says to an Omron, and what the answer must look like (`protocols.md` 2.6).
enum OmronCommand: Hashable {
  case version, profile, serial
  /// How many readings a user has.
  case count(bank: Int)
  /// One reading; 0 is the newest.
  case reading(bank: Int, index: Int)
  case end

  /// The bytes, in reports.
  var encoded: [[UInt8]] { OmronReports.cut(bytes) }

  var bytes: [UInt8] {
    switch self {
    case .version: Array("VER00".utf8)
    case .profile: Array("PRF00".utf8)
    case .serial: Array("SRL00".utf8)
    case .count(let bank): Self.checked("GDC", [0, UInt8(bank), 0, 0])
    case .reading(let bank, let index): Self.checked("GME", [0, UInt8(bank), 0, UInt8(index)])
    case .end: Array("END".utf8) + [0xFF, 0xFF]
    }
  }

  /// Bytes of data in the answer; `nil` for the one without.
  var answerLength: Int? {
    switch self {
    case .version: 11
    case .profile: 10
    case .serial: 7
    case .count: 4
    case .reading: OmronReading.length
    case .end: nil
    }
  }

  private static func checked(_ letters: String, _ arguments: [UInt8]) -> [UInt8] {
    Array(letters.utf8) + arguments + [arguments.reduce(0, ^)]
  }

  /// Thirty zeros, which wake the device.
  static let zeros = OmronReports.cut(Array(repeating: 0, count: 30))
}

/// The feature report in front of the zeros.
enum OmronMode: Hashable {
  case identity, daily

  var feature: [UInt8] {
    switch self {
    case .identity: [0x01, 0x01]
    // The vendor's program sends another pair with every run, and all of them work.
    case .daily: [0x74, 0xBC]
    }
  }
}
