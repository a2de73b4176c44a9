public import Vitals

/// What reaches a driver.
public enum DriverInput: Sendable {
  /// The line is open and configured.
  case opened
  /// Bytes from the device, in order, in chunks of any size.
  case bytes([UInt8])
  /// The line is gone.
  case closed
  /// An order to a cuff. Only the ward gives one: on an operator's action or an approved schedule.
  case order(CuffOrder)
}

/// What a cuff can be told.
///
/// `start` inflates a cuff on a person.
public enum CuffOrder: String, Hashable, Sendable {
  case start, abort
}

/// What a driver makes of it.
public enum DriverOutput: Hashable, Sendable {
  // A frame's reading is handed on by value sixty times a second; what is rare and large is boxed, so
  // that it does not make every frame as large as itself.
  case oximetry(OximeterReading)
  indirect case determination(Determination)
  /// Breathing as a monitor counts it now.
  case respiration(RespirationRate)
  /// The patient has pressed the button.
  case called
  /// A reading out of the device's memory: a late entry, whatever its clock says.
  indirect case stored(StoredReading)
  /// Who the device says it is.
  indirect case identified(DeviceIdentity)
  /// Bytes for the device; over HID one output report, over USB or TCP one message.
  case send([UInt8])
  /// A HID feature report for the device.
  case sendFeature([UInt8])
}

/// A wire protocol: bytes and orders in, readings and bytes to send out.
///
/// A driver knows no danger. It is a ``Machine``: polling, keep-alives and time-outs are deadlines.
/// It is called once per chunk, never per byte, and takes any bytes in any state without trapping.
public protocol Driver: Machine where Input == DriverInput, Output == DriverOutput {
  /// The most bytes this driver ever keeps of what it cannot decide yet.
  static var longestPending: Int { get }

  /// What became of every byte so far.
  var account: ByteAccount { get }
}

/// The account of every byte a decoder was given.
///
/// Law, tested over every driver: `framedBytes + damagedBytes + pendingBytes == bytes`.
public struct ByteAccount: Hashable, Sendable {
  /// Whole frames accepted.
  public var frames = 0
  public var framedBytes = 0
  public var damage = Damage()
  /// Bytes of a frame that is not complete, or not yet confirmed.
  public var pendingBytes = 0
  /// Times the decoder lost its place in the stream and had to look for the next frame.
  public var resyncs = 0

  public init() {}

  public var damagedBytes: Int { damage.total }
  public var bytes: Int { framedBytes + damagedBytes + pendingBytes }
}

/// Discarded bytes by cause.
public struct Damage: Hashable, Sendable {
  /// Bytes outside any frame.
  public var stray = 0
  /// Bytes of a frame that broke off or had a byte too many.
  public var broken = 0
  /// Bytes of a frame whose checksum failed.
  public var checksum = 0

  public init() {}

  public var total: Int { stray + broken + checksum }
}
