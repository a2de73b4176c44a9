import Drivers
import Monitoring
import Recording
import Vitals
import Ward

/// Makes the recording of one minute with every device of the catalog, by its own simulator: the
/// source of `fixtures/DRIVER/course.wire`.
struct GoldenMaker {
  /// A patient who is well, desaturates, loses the sensor, and is well again; whose first
  /// determination succeeds and whose second one leaks.
  private static let patient = SimulatedPatient(
    oximetry: { instant in
      let second = (instant - Instant.zero).wholeSeconds
      let isOff = (36..<50).contains(second)
      guard !isOff else { return OximeterReading(status: .sensorOff) }
      return OximeterReading(
        saturation: Saturation(percent: (12..<34).contains(second) ? 85 : 97),
        pulseRate: PulseRate(perMinute: second < 12 ? 72 : 88),
        perfusionIndex: PerfusionIndex(hundredths: 210))
    },
    determination: { instant in
      guard instant < .seconds(30), let pressure = BloodPressure(systolic: 128, diastolic: 79)
      else {
        return SimulatedDetermination(duration: .seconds(9), outcome: .failed(.cuffLeak))
      }
      return SimulatedDetermination(duration: .seconds(12), outcome: .result(pressure))
    }, presses: { (.seconds(20)..<(.seconds(21))).contains($0) })

  private static let end = Instant.seconds(58)

  private let model: Model
  private let slot: Slot
  private var ward: Ward
  private var simulator: any Simulator
  private var recording: Recording

  init?(_ model: Model) {
    guard let chair = ChairID("7") else { return nil }
    self.model = model
    slot = Slot(chair, model.slot)
    let plan = WardPlan(chairs: [WardPlan.Chair(id: chair, drivers: [slot.name: model.id])])
    ward = Ward(plan)
    simulator = model.makeSimulator(Self.patient)
    recording = Recording(
      remarks: [
        "Device: simulated \(model.vendor), \(model.models)", "Source: the project's own encoder",
        "Shows: a dip to 85 %, the sensor off, recovery; one pressure, one leak",
      ], startedAt: WallTime(milliseconds: 1_773_500_531_000),
      policyID: Policy.adultKetamineDefault1.policyID, plan: plan)
  }

  /// The recording, from the line's opening to the end of the course.
  mutating func make() -> Recording {
    guard let nurse = StaffID("rn1") else { return recording }
    feed(.command(slot.chair, .checkIn(route: .iv40, patient: nil), by: nurse), at: .zero)
    feed(.line(slot, .opened), at: .zero)
    simulate(.opened, at: .zero)
    let orders = model.kind == .cuff ? [Instant.seconds(5), .seconds(48)] : []
    for order in orders {
      run(until: order)
      feed(.command(slot.chair, .nibpStart, by: nurse), at: order)
    }
    run(until: Self.end)
    recording.entries.append((Self.end, .end))
    return recording
  }

  private mutating func run(until end: Instant) {
    while let due = earliest(simulator.nextDeadline, ward.nextDeadline), due <= end {
      if simulator.nextDeadline == due { simulate(nil, at: due) } else { advance(to: due) }
    }
  }

  private mutating func simulate(_ input: SimulatorInput?, at now: Instant) {
    var chunks: [(Instant, [UInt8])] = []
    if let input {
      simulator.handle(input, at: now) { chunks.append(($0, $1)) }
    } else {
      simulator.advance(to: now) { chunks.append(($0, $1)) }
    }
    for (at, bytes) in chunks {
      feed(.bytes(slot, bytes), at: .milliseconds((at.nanoseconds + 999_999) / 1_000_000))
    }
  }

  private mutating func feed(_ input: WardInput, at now: Instant) {
    advance(to: now)
    recording.entries.append((now, .input(input)))
    var sent: [(Instant, [UInt8])] = []
    ward.handle(input, at: now) { if let bytes = $1.sent?.bytes { sent.append(($0, bytes)) } }
    pass(sent)
  }

  private mutating func advance(to now: Instant) {
    var sent: [(Instant, [UInt8])] = []
    ward.advance(to: now) { if let bytes = $1.sent?.bytes { sent.append(($0, bytes)) } }
    pass(sent)
  }

  private mutating func pass(_ sent: [(Instant, [UInt8])]) {
    for (at, bytes) in sent {
      recording.entries.append((at, .sent(slot, bytes)))
      simulate(.bytes(bytes), at: at)
    }
  }
}
