/// What the host may say to a SunTech module.
public enum SunTechCommand: Hashable, Sendable, CaseIterable {
  /// Start a determination on an adult: a cuff inflates on a person.
  case start
  /// Deflate.
  case abort
  case getCuffPressure
  case getResult

  /// The whole packet on the wire.
  public var encoded: [UInt8] {
    switch self {
    case .start: [0x3A, 0x20, 0xA6]
    case .abort: [0x3A, 0x79, 0x01, 0x00, 0x4C]
    case .getCuffPressure: [0x3A, 0x79, 0x05, 0x00, 0x48]
    case .getResult: [0x3A, 0x79, 0x03, 0x00, 0x4A]
    }
  }
}
