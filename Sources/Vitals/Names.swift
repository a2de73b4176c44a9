/// The label of a chair, as staff say it: "7", "C07".
///
/// At most 15 bytes, so that copying one never allocates.
public struct ChairID: Hashable, Sendable, CustomStringConvertible {
  public let name: String

  /// Creates a label, or `nil` when it is empty, longer than 15 bytes, or holds anything but
  /// letters, digits, `-` and `_`.
  public init?(_ name: some StringProtocol) {
    guard isPlainName(name) else { return nil }
    self.name = String(name)
  }

  private init(ward name: String) { self.name = name }

  /// Stands for the whole ward where an event belongs to no single chair.
  public static let ward = ChairID(ward: "*")

  public var description: String { name }
}

/// Who gave a command: the user name of a member of staff, a station, or `system`.
public struct StaffID: Hashable, Sendable, CustomStringConvertible {
  public let name: String

  /// Creates a user name; same rules as ``ChairID``.
  public init?(_ name: some StringProtocol) {
    guard isPlainName(name) else { return nil }
    self.name = String(name)
  }

  private init(system name: String) { self.name = name }

  public static let system = StaffID(system: "system")

  public var description: String { name }
}

/// A device position at a chair.
public enum SlotName: String, Hashable, Sendable, CaseIterable {
  case oximeter = "ox"
  case cuff
  /// A monitor that measures both.
  case monitor = "mon"
  /// What the patient presses to call somebody.
  case button

  /// The word for people and in configuration files.
  public var word: String {
    switch self {
    case .oximeter: "oximeter"
    case .cuff: "cuff"
    case .monitor: "monitor"
    case .button: "button"
    }
  }
}

/// One device position in the ward, written `7/ox`.
public struct Slot: Hashable, Sendable, CustomStringConvertible {
  public let chair: ChairID
  public let name: SlotName

  public init(_ chair: ChairID, _ name: SlotName) {
    self.chair = chair
    self.name = name
  }

  public var description: String { "\(chair.name)/\(name.rawValue)" }
}

private func isPlainName(_ name: some StringProtocol) -> Bool {
  (1...15).contains(name.utf8.count)
    && name.utf8.allSatisfy {
      switch $0 {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
}
