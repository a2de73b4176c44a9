import Drivers
import Vitals

/// A driver and a simulated device at the two ends of a cable without delay.
struct Bedside {
  private(set) var driver: any Driver
  private var simulator: any Simulator
  private(set) var outputs: [(instant: Instant, output: DriverOutput)] = []
  /// What the device sent, chunk by chunk.
  private(set) var received: [(instant: Instant, bytes: [UInt8])] = []
  private(set) var now = Instant.zero
  /// Bytes on their way.
  private var toDriver: [(Instant, [UInt8])] = []
  private var toDevice: [(Instant, [UInt8])] = []

  init(_ model: Model, patient: SimulatedPatient) {
    driver = model.makeDriver()
    simulator = model.makeSimulator(patient)
  }

  var determinations: [Determination] {
    outputs.compactMap { if case .determination(let one) = $0.output { one } else { nil } }
  }

  var readings: [OximeterReading] {
    outputs.compactMap { if case .oximetry(let one) = $0.output { one } else { nil } }
  }

  var sent: [[UInt8]] {
    outputs.compactMap { if case .send(let bytes) = $0.output { bytes } else { nil } }
  }

  /// Switches the device on and opens the line.
  mutating func open() {
    play { [now] in $0.handle(.opened, at: now, emit: $1) }
    tell { [now] in $0.handle(.opened, at: now, emit: $1) }
    deliver()
  }

  mutating func order(_ order: CuffOrder) {
    tell { [now] in $0.handle(.order(order), at: now, emit: $1) }
    deliver()
  }

  mutating func close() {
    tell { [now] in $0.handle(.closed, at: now, emit: $1) }
  }

  mutating func pass(_ duration: Duration) {
    let end = now + duration
    while let due = earliest(driver.nextDeadline, simulator.nextDeadline), due <= end {
      now = due
      play { $0.advance(to: due, emit: $1) }
      deliver()
      tell { $0.advance(to: due, emit: $1) }
      deliver()
    }
    now = end
  }

  private mutating func deliver() {
    while !toDriver.isEmpty || !toDevice.isEmpty {
      if !toDriver.isEmpty {
        let (instant, bytes) = toDriver.removeFirst()
        tell { $0.handle(.bytes(bytes), at: instant, emit: $1) }
      } else {
        let (instant, bytes) = toDevice.removeFirst()
        play { $0.handle(.bytes(bytes), at: instant, emit: $1) }
      }
    }
  }

  private mutating func tell(
    _ call: (inout any Driver, (Instant, DriverOutput) -> Void) -> Void
  ) {
    var new: [(instant: Instant, output: DriverOutput)] = []
    call(&driver) { new.append(($0, $1)) }
    outputs += new
    for case (let instant, .send(let bytes)) in new { toDevice.append((instant, bytes)) }
  }

  private mutating func play(
    _ call: (inout any Simulator, (Instant, [UInt8]) -> Void) -> Void
  ) {
    var new: [(instant: Instant, bytes: [UInt8])] = []
    call(&simulator) { new.append(($0, $1)) }
    received += new
    toDriver += new.map { ($0.instant, $0.bytes) }
  }
}
