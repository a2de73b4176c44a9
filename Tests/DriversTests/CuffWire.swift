import Drivers
import TestKit
import Vitals

/// What a cuff that takes orders says and hears, by model: what tests must know to look at a wire.
struct CuffWire: Sendable {
  let model: Model
  let start: [UInt8]
  let abort: [UInt8]
  let asksResult: [UInt8]
  /// The first sign of a determination, and one of the next signs.
  let begun: [UInt8]
  /// A result of 121/78 that nobody asked for, with the word in front of it that it is there.
  let result: [UInt8]
  /// Whether it tells the pressure in the cuff.
  let tellsPressure: Bool
  /// Failures that the protocol cannot tell apart from the one that is reported.
  let reading: [DeterminationFailure: DeterminationFailure]

  static let all: [CuffWire] = Catalog.models.filter(\.takesOrders).map { model in
    guard let wire = wires[model.id] else { preconditionFailure("\(model.id) has no wire here") }
    return wire(model)
  }

  private static let wires: [String: @Sendable (Model) -> CuffWire] = [
    "suntech": {
      CuffWire(
        model: $0, start: hex("3A 20 A6"), abort: hex("3A 79 01 00 4C"),
        asksResult: hex("3A 79 03 00 4A"), begun: hex("3E 04 4F 6F"),
        result: hex("3E 04 4B 73") + SunTechResult(121, 78, 93, 72).encoded, tellsPressure: true,
        reading: [:])
    },
    "dinamap": {
      CuffWire(
        model: $0, start: Array(" NC0!E\r".utf8), abort: Array(" ND!5\r".utf8),
        asksResult: Array(" RC!8\r".utf8),
        begun: Array(" NA1000012121078093&%\r".utf8),
        result: Array(" NA1000012121078093&%\r RC1072\"F\r".utf8), tellsPressure: false,
        reading: Dictionary(
          uniqueKeysWithValues: [
            .weakSignal, .motion, .outOfRange, .timeOut, .blockage, .cuffLeak, .safetyTimeOut,
            .overpressure, .permission,
          ].map { ($0, .hardware) }))
    },
    "par-nibp": {
      CuffWire(
        model: $0, start: hex("02 30 31 3B 3B 44 37 03"), abort: hex("58"),
        asksResult: hex("02 31 38 3B 3B 44 46 03"),
        begun: ParReply.cuff(ParCuff(pressure: 35, state: .measuring)).encoded,
        result: ParReply.cuff(ParCuff(pressure: ParCuff.end, state: .standby)).encoded
          + hex("02") + Array("S1;A0;C03;M00;P125080090;R075;T0005;;40".utf8) + hex("03 0D"),
        tellsPressure: true,
        reading: [.timeOut: .weakSignal, .safetyTimeOut: .weakSignal, .permission: .hardware])
    },
  ]

  /// A cuff on a patient whose determinations all go like this.
  func bedside(_ outcome: Determination, lasting duration: Duration = .seconds(20)) -> Bedside {
    bedside { _ in SimulatedDetermination(duration: duration, outcome: outcome) }
  }

  /// A cuff on a patient, switched on and connected.
  func bedside(_ determination: @escaping @Sendable (Instant) -> SimulatedDetermination) -> Bedside
  {
    let patient = SimulatedPatient(oximetry: { _ in nil }, determination: determination)
    var bedside = Bedside(model, patient: patient)
    bedside.open()
    return bedside
  }
}

extension SunTechResult {
  init(_ systolic: UInt16, _ diastolic: UInt16, _ mean: UInt16, _ rate: UInt16) {
    self.init()
    (self.systolic, self.diastolic, self.mean, heartRate) = (systolic, diastolic, mean, rate)
  }
}

extension Determination {
  /// Whether it ends a determination.
  var isOutcome: Bool {
    switch self {
    case .result, .failed, .aborted: true
    case .inflating, .cuffPressure: false
    }
  }
}

extension [Determination] {
  var outcomes: [Determination] { filter(\.isOutcome) }
}

/// A driver alone, with a device played by the test.
struct LoneCuff {
  private var driver: any Driver
  private(set) var heard: [Determination] = []
  private(set) var sent: [[UInt8]] = []

  init(_ model: Model) {
    driver = model.makeDriver()
    take(.opened, at: .zero)
  }

  mutating func take(_ input: DriverInput, at instant: Instant) {
    run { $0.handle(input, at: instant, emit: $1) }
  }

  mutating func pass(to instant: Instant) { run { $0.advance(to: instant, emit: $1) } }

  private mutating func run(_ call: (inout any Driver, (Instant, DriverOutput) -> Void) -> Void) {
    var outputs: [DriverOutput] = []
    call(&driver) { outputs.append($1) }
    for output in outputs {
      switch output {
      case .determination(let one): heard.append(one)
      case .send(let bytes): sent.append(bytes)
      default: break
      }
    }
  }
}
