public import Vitals

/// One row of the catalog: a device protocol, how to reach it, what it can say.
public struct Model: Sendable {
  public enum Kind: String, Sendable { case oximeter, cuff }
  public enum Maturity: String, Sendable { case experimental, beta, stable }

  /// The driver's fixed name, e.g. `contec-v7`.
  public let id: String
  public let kind: Kind
  public let vendor: String
  public let models: String
  /// Line settings as `baud bits-parity-stop`, e.g. `19200 8O1`. Flow control is always off.
  public let line: String
  public let maturity: Maturity
  /// Frames a second when all is well; 0 for a device that speaks only when asked.
  public let nominalFramesPerSecond: Int
  /// Bytes of a frame; 0 where it varies.
  public let frameLength: Int
  /// Marks of ``SignalStatus`` the protocol can carry.
  public let reports: SignalStatus
  public let reportsPerfusionIndex: Bool
  public let makeDriver: @Sendable () -> any Driver
  public let makeSimulator: @Sendable (SimulatedPatient) -> any Simulator
}
