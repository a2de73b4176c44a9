public import Vitals

/// One row of the catalog: a device protocol, how to reach it, what it can say.
public struct Model: Sendable {
  public enum Kind: String, Sendable { case oximeter, cuff }
  public enum Maturity: String, Sendable { case experimental, beta, stable }

  /// The driver's fixed name, such as `contec-v7`.
  public let id: String
  public let kind: Kind
  public let vendor: String
  public let models: String
  /// Line settings as `baud bits-parity-stop`, such as `19200 8O1`; flow control is always off.
  public let line: String
  public let maturity: Maturity
  /// Frames a second when all is well; 0 for a device that speaks only when asked.
  public let nominalFramesPerSecond: Int
  /// Bytes of a frame that carries a reading; 0 where it varies.
  public let frameLength: Int
  /// Marks of ``SignalStatus`` the protocol can carry.
  public let reports: SignalStatus
  public let reportsPerfusionIndex: Bool
  public let makeDriver: @Sendable () -> any Driver
  public let makeSimulator: @Sendable (SimulatedPatient) -> any Simulator
  /// Makes a driver that only listens: for bytes from a file, and to recognise a line.
  ///
  /// It reports whatever it hears. ``makeDriver`` makes the same for a device that talks by itself;
  /// but a cuff's driver reports nothing that it did not ask for.
  public let makeListener: @Sendable () -> any Driver

  init(
    id: String, kind: Kind, vendor: String, models: String, line: String, maturity: Maturity,
    nominalFramesPerSecond: Int, frameLength: Int, reports: SignalStatus,
    reportsPerfusionIndex: Bool, makeDriver: @escaping @Sendable () -> any Driver,
    makeSimulator: @escaping @Sendable (SimulatedPatient) -> any Simulator,
    makeListener: (@Sendable () -> any Driver)? = nil
  ) {
    self.id = id
    self.kind = kind
    self.vendor = vendor
    self.models = models
    self.line = line
    self.maturity = maturity
    self.nominalFramesPerSecond = nominalFramesPerSecond
    self.frameLength = frameLength
    self.reports = reports
    self.reportsPerfusionIndex = reportsPerfusionIndex
    self.makeDriver = makeDriver
    self.makeSimulator = makeSimulator
    self.makeListener = makeListener ?? makeDriver
  }
}
