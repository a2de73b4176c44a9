import Vitals

/// The longest APDU an oximeter may send (10404), and the header that must follow it.
struct PHDCLimit: FrameLimit {
  static let longestAPDU = 9216
  static var longest: Int { longestAPDU + PHDCFraming.confirmation }
}

/// Cuts APDUs out of a stream of bytes: a choice, a length, and a body in which every length and
/// count agrees with every other.
///
/// There is no checksum, since USB has its own. So an APDU counts only when another one, or
/// silence, follows it: a byte too many or too few never shifts the numbers within.
struct PHDCFraming: Framing {
  typealias Carry = LongWindow<PHDCLimit>

  static var idleAfter: Duration { .milliseconds(50) }

  static let headerLength = 4
  /// Bytes of the next header that confirm the APDU in front of it.
  static let confirmation = 2

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard PHDCChoice(rawValue: bytes[start]) != nil else { return .drop(1, .stray) }
    guard available >= Self.headerLength else { return isIdle ? .drop(1, .broken) : .wait }
    guard let choice = PHDCChoice(bytes, at: start) else { return .drop(1, .stray) }
    let body = Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
    let length = Self.headerLength + body
    guard choice.bodyLengths.contains(body), agrees(bytes, choice, from: start, body: body)
    else { return .drop(1, .broken) }
    let follows = available - length
    guard follows >= Self.confirmation || isIdle && follows >= 0 else {
      return isIdle ? .drop(1, .broken) : .wait
    }
    let frame = PHDCFields(start + Self.headerLength..<start + length)
    guard isFollowedWell(bytes, at: start + length), PHDCGrammar.holds(choice, frame, bytes) else {
      return .drop(1, .broken)
    }
    return .frame(length, isInDoubt: false)
  }

  /// Whether the length that data carry within agrees, as soon as it is there: a false length must
  /// not keep true APDUs waiting.
  private func agrees(
    _ bytes: Span<UInt8>, _ choice: PHDCChoice, from start: Int, body: Int
  ) -> Bool {
    guard choice == .data, bytes.count - start >= 6 else { return true }
    return Int(bytes[start + 4]) << 8 | Int(bytes[start + 5]) == body - 2
  }

  /// Whether nothing, or the header of another APDU, stands there.
  private func isFollowedWell(_ bytes: Span<UInt8>, at place: Int) -> Bool {
    switch bytes.count - place {
    case 0: true
    case 1: PHDCChoice(rawValue: bytes[place]) != nil
    default: PHDCChoice(bytes, at: place) != nil
    }
  }
}

/// What an APDU is: the first of its two bytes, the second is 0.
enum PHDCChoice: UInt8 {
  case associationRequest = 0xE2
  case associationResponse = 0xE3
  case releaseRequest = 0xE4
  case releaseResponse = 0xE5
  case abort = 0xE6
  case data = 0xE7

  init?(_ bytes: Span<UInt8>, at place: Int) {
    guard bytes[place + 1] == 0 else { return nil }
    self.init(rawValue: bytes[place])
  }

  var bodyLengths: ClosedRange<Int> {
    switch self {
    case .associationRequest: 8...512
    case .associationResponse: 6...512
    case .releaseRequest, .releaseResponse, .abort: 2...2
    case .data: 8...PHDCLimit.longestAPDU - PHDCFraming.headerLength
    }
  }
}
