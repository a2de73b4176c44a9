import Vitals

/// One event of a Linux input device as a 64-bit kernel hands it out: `struct input_event` of
/// `linux/input.h`, 24 bytes in the byte order of this machine's kind (little endian).
public struct InputEvent: Hashable, Sendable {
  /// What the event is about.
  public var type: UInt16
  /// Which key, or whatever the type counts.
  public var code: UInt16
  /// Of a key: 0 released, 1 pressed, 2 still held.
  public var value: Int32
  /// When, in seconds and microseconds of the kernel's clock.
  public var seconds: Int64
  public var microseconds: Int64

  static let length = 24
  /// `EV_KEY`: keys and buttons of all kinds.
  public static let key: UInt16 = 1
  /// `EV_SYN`, which ends what came together.
  public static let synchronisation: UInt16 = 0
  /// `EV_MAX` and `KEY_MAX`.
  private static let lastType: UInt16 = 0x1F, lastKey: UInt16 = 0x2FF

  /// Creates an event.
  public init(
    type: UInt16, code: UInt16, value: Int32, seconds: Int64 = 0, microseconds: Int64 = 0
  ) {
    (self.type, self.code, self.value) = (type, code, value)
    (self.seconds, self.microseconds) = (seconds, microseconds)
  }

  /// Reads 24 bytes; `nil` for what no kernel says.
  public init?(_ bytes: Span<UInt8>) {
    guard bytes.count == Self.length, let seconds: UInt64 = bytes.littleEndian(at: 0),
      let microseconds: UInt64 = bytes.littleEndian(at: 8),
      let type: UInt16 = bytes.littleEndian(at: 16), let code: UInt16 = bytes.littleEndian(at: 18),
      let value: UInt32 = bytes.littleEndian(at: 20), seconds < 1 << 40, microseconds < 1_000_000,
      type <= Self.lastType, code <= Self.lastKey, type != Self.key || value <= 2
    else { return nil }
    self.init(
      type: type, code: code, value: Int32(bitPattern: value), seconds: Int64(seconds),
      microseconds: Int64(microseconds))
  }

  /// Whether a key or button goes down; that it is still held is no second press.
  public var isPress: Bool { type == Self.key && value == 1 }

  /// The 24 bytes.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(littleEndian: UInt64(bitPattern: seconds))
    bytes.append(littleEndian: UInt64(bitPattern: microseconds))
    bytes.append(littleEndian: type)
    bytes.append(littleEndian: code)
    bytes.append(littleEndian: UInt32(bitPattern: value))
    return bytes
  }
}

/// Events one behind the other; a read of the node gives whole ones.
struct InputEventFraming: Framing {
  static var idleAfter: Duration { .milliseconds(50) }

  init() {}

  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict {
    let available = bytes.count - start
    guard available >= InputEvent.length else {
      return isIdle ? .drop(available, .broken) : .wait
    }
    return InputEvent(bytes.extracting(start..<start + InputEvent.length)) == nil
      ? .drop(1, .stray) : .frame(InputEvent.length, isInDoubt: false)
  }
}
