import Foundation
import Monitoring
import Recording
import Records
import Store
import Testing
import Vitals
import Ward

/// A short session through the real ward into a real log, to its signature and the departure:
/// events at once, all else in batches, as the daemon writes them.
struct SignedSession {
  static let chair = ChairID("7")!
  private static let nurse = StaffID("rn1")!

  private let store: Store
  private var ward: Ward
  private var now: Instant
  private var sequence: Int64 = 0
  private var flight = FlightLog()
  private var batch = Batch()

  /// Writes it into the log of a folder; the log is closed afterwards.
  ///
  /// `isOld` tells that the time of its raw bytes is over, and they are gone but for the last;
  /// `newcomer` signs in place of the nurse, with an account that is made while the patient is here.
  static func write(
    to folder: Folder, isOld: Bool = false, newcomer: StaffID? = nil
  ) async throws {
    var session = try SignedSession(folder)
    session.begin()
    try await session.play(newcomer)
    if isOld { await session.growOld() }
    await session.store.close()
  }

  /// The unit's policy, but with nothing to wait for after the dose.
  private static var policy: Policy {
    var policy = Policy.adultKetamineDefault1
    policy.observation.intravenousMinutes = 0
    return policy
  }

  init(_ folder: Folder, at start: Instant = .seconds(5000), policy: Policy = Self.policy) throws {
    store = try Store(path: folder.log)
    ward = Ward(
      WardPlan(policy: policy, chairs: [WardPlan.Chair(id: Self.chair, drivers: [:])]))
    now = start
  }

  private func begin() {
    store.begin(
      Run(
        boot: "boot-1", boottimeNanoseconds: 1, instant: .seconds(4000),
        wall: WallTime(milliseconds: 1_773_500_000_000), speed: 1, software: "0.1.0",
        policyID: "adult-ketamine-default-1", site: "Test clinic",
        policyText: PolicyText.canonical(Self.policy), names: ["rn1": "R. Nurse, RN"]))
  }

  private mutating func play(_ newcomer: StaffID?) async throws {
    batch.accounts = [Self.account(Self.nurse, "R. Nurse, RN")]
    await trySensor()
    await take(.station(StaffID("wall")!, isLinked: true))
    await tell(.checkIn(route: .iv40, patient: "A.B."))
    await tell(.checklist(.clear))
    await tell(.chart(.filled(for: .iv40)))
    await tell(.series(Series(kind: .induction, index: 3)))
    await pass(70, pressures: [5, 66])
    await tell(.baselineAccepted)
    await tell(.escort(.responsibleAdult))
    await tell(.setLimit(field: "spo2.low", value: 93, reason: "darker skin"))
    await tell(.doseStart(route: nil))
    await tell(.schedule(dueSeconds: [], startsByItself: false))
    await pass(3)
    await tell(.doseEnd(.completed))
    await tell(.schedule(dueSeconds: [], startsByItself: false))
    await tell(.assess(.passing))
    await pass(312, pressures: [2, 308])
    if let newcomer {
      await join(newcomer)
      await tell(.handover(to: newcomer), by: newcomer)
    }
    await tell(.sign, by: newcomer ?? Self.nurse)
    await tell(.departed(with: "B. Brother"))
  }

  /// A finger was put in before the session, and long ago.
  private mutating func growOld() async {
    let now = WallTime(milliseconds: 1_773_500_000_000 + 100 * 86_400_000)
    let result = await withCheckedContinuation { done in
      store.retain(Retention(tapeDays: 30, idleDays: 90, recordDays: 3653), at: now) {
        done.resume(returning: $0)
      }
    }
    #expect((try? result.get())?.idleBlocks == 1)
    // What comes later is young.
    for word in ["swept", "locked", "gone home"] { await tell(.note(word)) }
  }

  /// Somebody new, and then three wrong PINs of hers: each state of an account is a row.
  private mutating func join(_ newcomer: StaffID) async {
    for failures in 0...3 {
      batch.accounts.append(Self.account(newcomer, "N. Newcomer, RN", failures: failures))
    }
    await take(.staff(newcomer, .rn))
    await flush()
  }

  private static func account(
    _ id: StaffID, _ name: String, failures: Int = 0
  ) -> Account {
    Account(
      id: id, name: name, roles: [.rn],
      credential: Account.Credential(
        kind: .pin, hash: "no hash of anything", setAt: WallTime(milliseconds: 1_773_500_000_000)),
      created: Account.Stamp(at: WallTime(milliseconds: 1_773_500_000_000), by: .system),
      failures: failures)
  }

  /// Somebody tries the sensor at another chair, ten minutes before.
  private mutating func trySensor() async {
    guard let chair = ChairID("8") else { return }
    for second in 0..<5 {
      batch.samples.append(
        Batch.Sample(
          at: now - .seconds(600 - second), chair: chair,
          reading: OximeterReading(
            saturation: Saturation(percent: 98), pulseRate: PulseRate(perMinute: 60))))
    }
    await flush()
  }

  /// Seconds with an oximeter value each, but for four in a row.
  private mutating func pass(_ seconds: Int, pressures: Set<Int> = []) async {
    for second in 1...seconds {
      now = now + .seconds(1)
      if !(40...43).contains(second) {
        let reading = OximeterReading(
          saturation: Saturation(percent: 97 + second % 2),
          pulseRate: PulseRate(perMinute: 70 + second % 5),
          perfusionIndex: PerfusionIndex(hundredths: 200 + second))
        await take(.reading(Self.chair, .oximetry(reading), by: .system))
      }
      if pressures.contains(second), let pressure = BloodPressure(systolic: 121, diastolic: 76) {
        await take(.reading(Self.chair, .pressure(pressure), by: Self.nurse))
      }
      if second % 10 == 0 || !batch.events.isEmpty { await flush() }
    }
  }

  private mutating func tell(_ command: Command, by staff: StaffID = Self.nurse) async {
    await take(.command(Self.chair, command, by: staff))
    await flush()
  }

  private mutating func take(_ input: WardInput) async {
    flight.append(input, at: now)
    var outputs: [(Instant, WardOutput)] = []
    ward.handle(input, at: now) { outputs.append(($0, $1)) }
    for (at, output) in outputs {
      switch output {
      case .event(let chair, let event):
        sequence += 1
        batch.events.append(
          Batch.Event(
            sequence: sequence, at: at,
            wall: WallTime(milliseconds: 1_773_500_000_000 + at.milliseconds), chair: chair,
            event: event))
      case .sample(let chair, let reading):
        batch.samples.append(Batch.Sample(at: at, chair: chair, reading: reading))
      case .send, .sendFeature: break
      }
    }
  }

  private mutating func flush() async {
    if let first = flight.first, let last = flight.last {
      batch.flight = Batch.Flight(first: first, last: last, block: flight.bytes)
      flight.removeAll()
    }
    let full = batch
    batch = Batch()
    #expect(await store.write(full))
  }
}
