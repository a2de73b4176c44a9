/// The command that has a Nonin device send another data format (`protocols.md` 1.4).
///
/// The device keeps the choice, without power too.
public struct NoninSelect: Hashable, Sendable {
  /// The two forms of the command: some devices understand one, some the other.
  public enum Form: Hashable, Sendable, CaseIterable {
    /// Onyx II 9560.
    case plain
    /// WristOx2 3150; says more than the format, and has a checksum.
    case extended
  }

  /// The formats a host can select, by Nonin's numbers.
  public enum Format: UInt8, Sendable, CaseIterable {
    case two = 2
    case seven = 7
    case eight = 8
    case thirteen = 13
  }

  /// What the device is to send.
  public let format: Format
  /// How it is told so.
  public let form: Form

  /// Creates the command for a format.
  public init(format: Format, form: Form) {
    self.format = format
    self.form = form
  }

  private enum Option {
    static let basic: UInt8 = 0x01
    /// Left on: it may be the very line we speak through.
    static let bluetooth: UInt8 = 0x20
    /// A record for each finger, instead of a stream.
    static let spotCheck: UInt8 = 0x40
  }

  /// The bytes on the wire.
  public var encoded: [UInt8] {
    switch form {
    case .plain: return [0x02, 0x70, 0x02, 0x02, format.rawValue, 0x03]
    case .extended:
      let isSpotCheck = format == .thirteen
      let options = Option.basic | Option.bluetooth | (isSpotCheck ? Option.spotCheck : 0)
      let body = [0x70, 0x04, 0x02, format.rawValue, options]
      return [0x02] + body + [body.reduce(0, &+), 0x03]
    }
  }

  /// Reads a whole command, or `nil` when it is none.
  public init?(_ bytes: Span<UInt8>) {
    guard bytes.count == 6 || bytes.count == 8, bytes[0] == 0x02, bytes[1] == 0x70,
      Int(bytes[2]) == bytes.count - 4, bytes[3] == 0x02, bytes[bytes.count - 1] == 0x03,
      let format = Format(rawValue: bytes[4])
    else { return nil }
    self.format = format
    form = bytes.count == 6 ? .plain : .extended
    guard form == .extended else { return }
    var sum: UInt8 = 0
    for index in 1..<6 { sum &+= bytes[index] }
    guard sum == bytes[6] else { return nil }
  }
}

/// What a Nonin device says to a command.
enum NoninAnswer: UInt8 {
  case accepted = 0x06
  case refused = 0x15
}
