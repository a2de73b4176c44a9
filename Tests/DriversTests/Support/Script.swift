import Drivers
import Vitals

/// What a driver said to a script of inputs.
struct Script {
  private(set) var outputs: [(instant: Instant, output: DriverOutput)] = []

  /// Gives a driver its inputs, each at its time, and lets time pass to the end.
  init(_ driver: any Driver, _ inputs: [(Instant, DriverInput)], until end: Instant) {
    var driver = driver
    for (instant, input) in inputs {
      driver.handle(input, at: instant) { outputs.append(($0, $1)) }
    }
    driver.advance(to: end) { outputs.append(($0, $1)) }
  }

  var sent: [(instant: Instant, bytes: [UInt8])] {
    outputs.compactMap {
      if case .send(let bytes) = $0.output { ($0.instant, bytes) } else { nil }
    }
  }

  var readings: [OximeterReading] {
    outputs.compactMap { if case .oximetry(let one) = $0.output { one } else { nil } }
  }

  var identities: [DeviceIdentity] {
    outputs.compactMap { if case .identified(let one) = $0.output { one } else { nil } }
  }
}
