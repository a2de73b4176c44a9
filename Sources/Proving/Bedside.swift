public import Drivers
public import Vitals

/// A driver and a simulated device at the two ends of a cable without delay.
public struct Bedside {
  /// The host's end.
  public private(set) var driver: any Driver
  private var simulator: any Simulator
  /// What the driver said, and when.
  public private(set) var outputs: [(instant: Instant, output: DriverOutput)] = []
  /// What the device sent, chunk by chunk.
  public private(set) var received: [(instant: Instant, bytes: [UInt8])] = []
  public private(set) var now = Instant.zero
  /// Bytes on their way.
  private var toDriver: [(Instant, [UInt8])] = []
  private var toDevice: [(Instant, SimulatorInput)] = []

  /// Creates a cable between a model's driver and its simulator, or another device.
  public init(_ model: Model, patient: SimulatedPatient, device: (any Simulator)? = nil) {
    driver = model.makeDriver()
    simulator = device ?? model.makeSimulator(patient)
  }

  /// Creates a cable between the model's reader of memories, where it has one, and its simulator.
  public init?(downloading model: Model, patient: SimulatedPatient) {
    guard let makeDownloader = model.makeDownloader else { return nil }
    driver = makeDownloader()
    simulator = model.makeSimulator(patient)
  }

  public var determinations: [Determination] {
    outputs.compactMap { if case .determination(let one) = $0.output { one } else { nil } }
  }

  public var readings: [OximeterReading] {
    outputs.compactMap { if case .oximetry(let one) = $0.output { one } else { nil } }
  }

  public var stored: [StoredReading] {
    outputs.compactMap { if case .stored(let one) = $0.output { one } else { nil } }
  }

  public var sent: [[UInt8]] {
    outputs.compactMap { if case .send(let bytes) = $0.output { bytes } else { nil } }
  }

  /// Switches the device on and opens the line.
  public mutating func open() {
    play { [now] in $0.handle(.opened, at: now, emit: $1) }
    tell { [now] in $0.handle(.opened, at: now, emit: $1) }
    deliver()
  }

  /// Gives the cuff an order.
  public mutating func order(_ order: CuffOrder) {
    tell { [now] in $0.handle(.order(order), at: now, emit: $1) }
    deliver()
  }

  /// Pulls the cable.
  public mutating func close() {
    tell { [now] in $0.handle(.closed, at: now, emit: $1) }
  }

  /// Lets time pass for both ends.
  public mutating func pass(_ duration: Duration) {
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
        let (instant, input) = toDevice.removeFirst()
        play { $0.handle(input, at: instant, emit: $1) }
      }
    }
  }

  private mutating func tell(
    _ call: (inout any Driver, (Instant, DriverOutput) -> Void) -> Void
  ) {
    var new: [(instant: Instant, output: DriverOutput)] = []
    call(&driver) { new.append(($0, $1)) }
    outputs += new
    for (instant, output) in new {
      switch output {
      case .send(let bytes): toDevice.append((instant, .bytes(bytes)))
      case .sendFeature(let bytes): toDevice.append((instant, .feature(bytes)))
      case .oximetry, .determination, .respiration, .called, .stored, .identified: break
      }
    }
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
