public import Vitals

/// One row of the catalog: a device protocol, how to reach it, what it can say.
public struct Model: Sendable {
  public enum Kind: String, Sendable { case oximeter, cuff, monitor, button }
  public enum Maturity: String, Sendable { case experimental, beta, stable }

  /// The driver's fixed name, such as `contec-v7`.
  public let id: String
  public let kind: Kind
  public let vendor: String
  public let models: String
  public let link: Link
  public let maturity: Maturity
  /// Frames a second when all is well; 0 for a device that speaks only when asked.
  public let nominalFramesPerSecond: Double
  /// Bytes of a frame that carries a reading; 0 where it varies.
  public let frameLength: Int
  /// Bytes from a frame's checksum to its end, the checksum's last byte included; `nil` for a
  /// protocol without one.
  public let checksumFromEnd: Int?
  /// Marks of ``SignalStatus`` the protocol can carry.
  public let reports: SignalStatus
  public let reportsPerfusionIndex: Bool
  /// Whether it can tell how often the patient breathes.
  public let reportsRespiration: Bool
  /// Whether it takes a ``CuffOrder``; others measure pressure when their own button is pressed.
  public let takesOrders: Bool
  /// What a user should know that no other column says, such as a setting to make on the device.
  public let remark: String
  public let makeDriver: @Sendable () -> any Driver
  public let makeSimulator: @Sendable (SimulatedPatient) -> any Simulator
  /// Makes a driver that only listens: for bytes from a file, and to recognise a line.
  ///
  /// It reports whatever it hears. ``makeDriver`` makes the same for a device that talks by itself;
  /// but a cuff's driver reports nothing that it did not ask for.
  public let makeListener: @Sendable () -> any Driver
  /// Makes a driver that reads out the device's memory as soon as its line is open, and reports
  /// ``DriverOutput/stored(_:)``; `nil` where there is none, or where ``makeDriver`` does so.
  public let makeDownloader: (@Sendable () -> any Driver)?

  init(
    id: String, kind: Kind, vendor: String, models: String, link: Link, maturity: Maturity,
    nominalFramesPerSecond: Double, frameLength: Int, checksumFromEnd: Int? = nil,
    reports: SignalStatus, reportsPerfusionIndex: Bool = false,
    reportsRespiration: Bool = false, takesOrders: Bool = false,
    remark: String = "",
    makeDriver: @escaping @Sendable () -> any Driver,
    makeSimulator: @escaping @Sendable (SimulatedPatient) -> any Simulator,
    makeListener: (@Sendable () -> any Driver)? = nil,
    makeDownloader: (@Sendable () -> any Driver)? = nil
  ) {
    self.id = id
    self.kind = kind
    self.vendor = vendor
    self.models = models
    self.link = link
    self.maturity = maturity
    self.nominalFramesPerSecond = nominalFramesPerSecond
    self.frameLength = frameLength
    self.checksumFromEnd = checksumFromEnd
    self.reports = reports
    self.reportsPerfusionIndex = reportsPerfusionIndex
    self.reportsRespiration = reportsRespiration
    self.takesOrders = takesOrders
    self.remark = remark
    self.makeDriver = makeDriver
    self.makeSimulator = makeSimulator
    self.makeListener = makeListener ?? makeDriver
    self.makeDownloader = makeDownloader
  }

  /// Where at a chair a device of this model may be bound; the first is the usual place.
  public var slots: [SlotName] {
    if link == .phdc { return [.oximeter, .cuff] }
    switch kind {
    case .oximeter: return [.oximeter]
    case .cuff: return [.cuff]
    case .monitor: return [.monitor]
    case .button: return [.button]
    }
  }
}

/// How a device is reached.
public enum Link: Hashable, Sendable, CustomStringConvertible {
  /// A serial line with settings as `baud bits-parity-stop`, such as `19200 8O1`; flow control is
  /// always off.
  case serial(String)
  /// A hidraw node that delivers reports of so many bytes. USB ids are hints, never an identity.
  case hid(vendor: UInt16, product: UInt16, reportBytes: Int)
  /// An input node of the kernel, `/dev/input/event…`, which we take for ourselves.
  case input
  /// USB personal healthcare device class: bulk transfers, one message each.
  case phdc
  /// A TCP connection that the device opens to us, at this port unless configured otherwise.
  case tcp(port: Int)

  /// Line settings of a serial line; `nil` for other links.
  public var serialSettings: String? {
    if case .serial(let settings) = self { settings } else { nil }
  }

  /// As tables show it.
  public var description: String {
    switch self {
    case .serial(let settings): settings
    case .hid(let vendor, let product, _): "HID \(hex(vendor)):\(hex(product))"
    case .input: "evdev"
    case .phdc: "USB PHDC"
    case .tcp(let port): "TCP \(port)"
    }
  }

  private func hex(_ id: UInt16) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
