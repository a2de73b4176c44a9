public import Drivers

/// A kind of damage that every driver is proven against.
public enum Fault: String, CaseIterable, Sendable {
  /// A byte is lost.
  case drop
  /// A byte comes twice.
  case duplicate
  /// A byte comes out of nowhere.
  case insert
  /// Bits of a byte are turned over.
  case flip
  /// The device breaks off, is silent, and goes on with its next frame.
  case truncate
  /// Another device breaks in, and then this one goes on with its next frame.
  case concatenate

  /// Whether a protocol without a checksum can tell this damage from the truth: not a bit that
  /// turned over, nor a stranger's byte in the place of a frame's last one.
  var isAlwaysDetectable: Bool { self != .flip && self != .concatenate }

  /// Frames it may cost beyond those that a lost byte may cost.
  var furtherLoss: Int {
    switch self {
    case .drop, .duplicate, .insert, .truncate: 0
    // A frame's neighbours may be in doubt as well; a stranger damages the frame behind it.
    case .flip, .concatenate: 1
    }
  }

  /// Cases in a hundred in which a number may come of it: a stranger's bytes pass an 8-bit checksum
  /// now and then.
  var chancePercent: Int { self == .concatenate ? 1 : 0 }
}

/// What one kind of damage did to one driver, in the worst of many cases.
public struct FaultFinding: Sendable {
  public let fault: Fault
  /// Ways the fixture was damaged.
  public internal(set) var cases = 0
  /// Frames lost in the worst case, beyond those that the damage took away whole.
  public internal(set) var framesLost = 0
  /// Readings with numbers lost in the worst case, likewise.
  public internal(set) var numbersLost = 0
  /// Cases with a number that the device never sent.
  public internal(set) var invented = 0
  /// Cases after which the account did not name every byte.
  public internal(set) var unaccounted = 0
  /// Times that drivers lost their place in the stream and found it again.
  public internal(set) var resyncs = 0
  /// The first few cases worth a look.
  public internal(set) var examples: [String] = []
  /// Whether an invented number is a defect: not where no protocol without a checksum could help.
  public let mustNotInvent: Bool

  /// Whether every law was kept by a driver that may lose so many frames to one lost byte.
  public func holds(allowedLoss: Int) -> Bool {
    let allowed = allowedLoss + fault.furtherLoss
    // Without a checksum a frame that stands alone behind damage counts, but brings no number.
    let allowedNumbers = allowed + (allowedLoss > 1 ? 1 : 0)
    return framesLost <= allowed && numbersLost <= allowedNumbers && unaccounted == 0
      && (!mustNotInvent || invented * 100 <= cases * fault.chancePercent)
  }

  mutating func note(_ example: @autoclosure () -> String) {
    if examples.count < 5 { examples.append(example()) }
  }
}

extension Model {
  /// Frames that one byte lost, doubled or inserted may cost: the one it hits, and without a
  /// checksum the one behind, which vouches for it.
  public var allowedLoss: Int { checksumFromEnd == nil ? 2 : 1 }

  /// Whether bytes come in whole messages that the link itself protects, so that a message can be
  /// lost but not a byte of it.
  public var deliversWhole: Bool {
    switch link {
    case .serial: false
    case .hid, .input, .phdc, .tcp: true
    }
  }
}
