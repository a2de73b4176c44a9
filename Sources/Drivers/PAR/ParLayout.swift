import Vitals

/// Replies of PAR's cuffs, `02 … 03 0D`, which have a fixed form each (`protocols.md` 2.3).
///
/// The reply during a measurement has no checksum, so its form must fit to the last character.
struct ParFraming: Framing {
  static var idleAfter: Duration { .milliseconds(200) }

  init() {}

  func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    guard bytes[start] == ParForm.start else { return .drop(1, .stray) }
    let available = bytes.count - start
    guard available > 1 else { return isIdle ? .drop(1, .broken) : .wait }
    let form = bytes[start + 1] == ParForm.status[1] ? ParForm.status : ParForm.cuff
    for offset in 1..<min(available, form.count)
    where !ParForm.admits(bytes[start + offset], for: form[offset]) {
      return .drop(offset, .broken)
    }
    guard available >= form.count else { return isIdle ? .drop(available, .broken) : .wait }
    let reply = bytes.extracting(start..<start + form.count)
    if form.count == ParForm.status.count, !ParStatus.addsUp(reply) {
      return .drop(form.count, .checksum)
    }
    return .frame(form.count, isInDoubt: false)
  }
}

/// What stands where in a reply.
enum ParForm {
  static let start: UInt8 = 0x02
  static let cuff = form("###C#S#")
  static let status = form("S#;A#;C##;M##;P?????????;R???;T????;;hh")

  private static func form(_ text: String) -> [UInt8] {
    [start] + Array(text.utf8) + [0x03, 0x0D]
  }

  /// Whether a byte may stand where the form says `place`: `#` is a digit, `h` one of hexadecimal,
  /// `?` a digit, a blank or a dash; anything else stands for itself.
  static func admits(_ byte: UInt8, for place: UInt8) -> Bool {
    switch place {
    case UInt8(ascii: "#"): isDigit(byte)
    case UInt8(ascii: "h"): isDigit(byte) || (0x41...0x46).contains(byte)
    case UInt8(ascii: "?"):
      isDigit(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
    default: byte == place
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
