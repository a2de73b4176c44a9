import Drivers
import Monitoring
import Vitals
import Ward

/// A ward under test, with everything that it decided.
struct Room {
  var ward: Ward
  private(set) var now: Instant
  private(set) var outputs: [(at: Instant, output: WardOutput)] = []

  /// Chairs `1`, `2`, … with these drivers each.
  init(_ chairs: [[SlotName: String]], now: Instant = .zero) {
    ward = Ward(
      WardPlan(
        chairs: chairs.enumerated().map {
          WardPlan.Chair(id: ChairID("\($0.offset + 1)")!, drivers: $0.element)
        }))
    self.now = now
  }

  static func chair(_ number: Int) -> ChairID { ChairID("\(number)")! }

  mutating func handle(_ input: WardInput, at instant: Instant? = nil) {
    now = instant ?? now
    var new: [(at: Instant, output: WardOutput)] = []
    ward.handle(input, at: now) { new.append(($0, $1)) }
    outputs += new
  }

  mutating func advance(to instant: Instant) {
    now = instant
    var new: [(at: Instant, output: WardOutput)] = []
    ward.advance(to: now) { new.append(($0, $1)) }
    outputs += new
  }

  @discardableResult
  mutating func tell(_ command: Command, _ chair: ChairID, by name: String = "rn1") -> Refusal? {
    var new: [(at: Instant, output: WardOutput)] = []
    let refusal = ward.perform(command, of: chair, by: StaffID(name)!, at: now) {
      new.append(($0, $1))
    }
    outputs += new
    return refusal
  }

  mutating func forget() { outputs = [] }

  var events: [(at: Instant, chair: ChairID, event: ChairEvent)] {
    outputs.compactMap { at, output in
      if case .event(let chair, let event) = output { (at, chair, event) } else { nil }
    }
  }

  /// Steps in the lives of alarms as `1 SPO2_LOW raised medium @12.0`.
  var alarmSteps: [String] {
    events.compactMap { at, chair, event in
      guard case .alarm(let change) = event else { return nil }
      return
        "\(chair) \(change.alarm.id.rawValue) \(change.step.rawValue) \(change.alarm.priority.name) @\(Double(at.milliseconds) / 1000)"
    }
  }

  func sends(to slot: Slot) -> [[UInt8]] {
    outputs.compactMap { _, output in
      if case .send(slot, let bytes) = output { bytes } else { nil }
    }
  }

  /// Brings a chair to a running dose, with readings that need no device.
  mutating func infuse(_ chair: ChairID) {
    handle(.station(StaffID("wall")!, isLinked: true))
    tell(.checkIn(route: .iv40, patient: nil), chair)
    tell(.checklist(.clear), chair)
    let reading = OximeterReading(
      saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 72))
    let pressure = BloodPressure(systolic: 120, diastolic: 76)!
    for second in 1...75 {
      handle(.reading(chair, .oximetry(reading), by: .system), at: now + .seconds(1))
      if second == 5 || second == 70 {
        handle(.reading(chair, .pressure(pressure), by: StaffID("rn1")!))
      }
    }
    tell(.baselineAccepted, chair)
    tell(.escort(.responsibleAdult), chair)
    tell(.doseStart(route: nil), chair)
    tell(.schedule(dueSeconds: [], startsByItself: false), chair)
  }
}
