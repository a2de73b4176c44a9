public import Vitals

/// What reaches a simulated device.
public enum SimulatorInput: Sendable {
  /// Power on, or the cable back in.
  case opened
  /// Bytes from the host.
  case bytes([UInt8])
  /// A HID feature report from the host.
  case feature([UInt8])
}

/// A device made of its protocol's encoder; its output is what it puts on the wire.
///
/// It plays a patient at the device's real rate and answers the host's commands.
public protocol Simulator: Machine where Input == SimulatorInput, Output == [UInt8] {}

/// The person (or the scene) behind a simulated device.
public struct SimulatedPatient: Sendable {
  /// What an oximeter on this patient would measure; `nil` while its cable is out.
  public let oximetry: @Sendable (Instant) -> OximeterReading?
  /// How a determination begun at this instant would go.
  public let determination: @Sendable (Instant) -> SimulatedDetermination

  /// The last blood pressure that a monitor has measured by itself, and when it was ready.
  public let lastPressure: @Sendable (Instant) -> (at: Instant, pressure: BloodPressure)?

  /// Breathing as a monitor would count it; `nil` while it counts none.
  public let respiration: @Sendable (Instant) -> RespirationRate?

  /// Whether the patient holds the button down.
  public let presses: @Sendable (Instant) -> Bool

  public init(
    oximetry: @escaping @Sendable (Instant) -> OximeterReading?,
    determination: @escaping @Sendable (Instant) -> SimulatedDetermination,
    lastPressure: @escaping @Sendable (Instant) -> (at: Instant, pressure: BloodPressure)? = {
      _ in nil
    },
    respiration: @escaping @Sendable (Instant) -> RespirationRate? = { _ in nil },
    presses: @escaping @Sendable (Instant) -> Bool = { _ in false }
  ) {
    self.oximetry = oximetry
    self.determination = determination
    self.lastPressure = lastPressure
    self.respiration = respiration
    self.presses = presses
  }
}

/// A determination as a simulated cuff performs it.
public struct SimulatedDetermination: Sendable {
  public let duration: Duration
  /// ``Determination/result(_:)`` or ``Determination/failed(_:)``.
  public let outcome: Determination

  public init(duration: Duration, outcome: Determination) {
    self.duration = duration
    self.outcome = outcome
  }
}
