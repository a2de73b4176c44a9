@testable import Monitoring
import TestKit
import Vitals

/// A visit with a cuff of moods on it, and a referee who sees everything that passes between them.
struct Bench {
  private(set) var visit: Visit
  private(set) var referee = Referee()
  private var random: Seeded
  /// What the cuff will say, in the order of time.
  private var replies: [(at: Instant, step: Determination)] = []
  private var isPlugged = true
  private var seen = 0

  init(seed: UInt64) {
    random = Seeded(seed)
    visit = Visit.accepted(hasCuff: true)
    visit.forget()
    referee.begin(visit)
  }

  /// Lets people, cables and the cuff do what they like for so many turns.
  mutating func run(turns: Int) {
    for _ in 0..<turns {
      let pause = Int64.random(in: 0...4000, using: &random)
      pass(.milliseconds(Int.random(in: 0..<30, using: &random) == 0 ? pause * 40 : pause))
      if Int.random(in: 0..<12, using: &random) == 0 { act() }
    }
    // Whatever was begun ends by itself.
    replug(false)
    pass(.seconds(400))
  }

  private mutating func pass(_ duration: Duration) {
    let end = visit.now + duration
    while let due = earliest(visit.monitor.nextDeadline, replies.first?.at), due <= end {
      visit.skip(max(due, visit.now) - visit.now)
      if let reply = replies.first, reply.at == due {
        replies.removeFirst()
        referee.hear(reply.step, at: due)
        visit.handle(.determination(reply.step))
      } else {
        visit.advance()
      }
      settle()
    }
    visit.skip(end - visit.now)
    visit.handle(.oximetry(Visit.reading(97, 72)))
    settle()
  }

  private mutating func act() {
    let prescriber = "md1"
    switch Int.random(in: 0..<24, using: &random) {
    case 0...2: tell(.nibpStart)
    case 3, 4: tell(.nibpStat)
    case 5: tell(.nibpAbort)
    case 6, 7:
      let dues = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        Int.random(in: -400...4000, using: &random)
      }
      tell(.schedule(dueSeconds: dues, startsByItself: Int.random(in: 0..<8, using: &random) > 0))
    case 8: tell(.doseStart(route: .iv40, reason: "no effect yet"), by: prescriber)
    case 9: tell(.doseEnd(.completed))
    case 10, 11: tell(.patientAway(escort: StaffID("rn2")!))
    case 12, 13: tell(.patientReturned)
    case 14, 15, 16: replug(!isPlugged)
    case 17:
      let pressure = Self.pressure(&random)
      visit.handle(.manual(pressure, by: StaffID("rn1")!))
      referee.read(pressure, fromCuff: false, at: visit.now)
      settle()
    case 18:
      visit.handle(.interrupted(since: visit.now - .seconds(9)))
      // The daemon that comes back knows nothing of the cuff but what its line says.
      settle()
    case 19 where Int.random(in: 0..<4, using: &random) == 0:
      tell(visit.phase == .baseline ? .abort(reason: "no") : .transfer(destination: "ED"))
      tell(.handoverDone(note: "well"))
    default:
      if visit.phase?.isTerminal == true {
        tell(.checkIn(route: .iv40, patient: nil))
        tell(.checklist(.clear))
      } else if visit.phase == .baseline {
        tell(.baselineAccepted)
        tell(.escort(.responsibleAdult))
        tell(.doseStart(route: .iv40))
      }
    }
  }

  private mutating func tell(_ command: Command, by name: String = "rn1") {
    let reasons = visit.tell(command, by: name)
    if reasons.isEmpty { referee.note(command, visit) }
    settle()
  }

  private mutating func replug(_ isPlugged: Bool) {
    guard isPlugged != self.isPlugged else { return }
    self.isPlugged = isPlugged
    referee.plug(isPlugged, at: visit.now)
    visit.handle(.cuffTakesOrders(isPlugged))
    // As a driver does: it reports what its line cut short.
    let wasWorking = !replies.isEmpty
    replies = []
    if !isPlugged, wasWorking {
      referee.hear(.failed(.connectionLost), at: visit.now)
      visit.handle(.determination(.failed(.connectionLost)))
    }
    visit.handle(.device(.cuff, isPlugged ? .connected(driver: "x") : .disconnected(reason: "x")))
    settle()
  }

  /// Hands what was decided to the referee, and orders to the cuff.
  private mutating func settle() {
    for (at, output) in visit.log[seen...] {
      referee.see(output, at: at)
      if case .order(let cause) = output { obey(cause, at: at) }
    }
    seen = visit.log.count
  }

  private mutating func obey(_ cause: CuffOrderCause, at now: Instant) {
    func later(_ range: ClosedRange<Int64>) -> Instant {
      now + .milliseconds(Int64.random(in: range, using: &random))
    }
    guard cause.isStart else {
      if replies.isEmpty { return }
      return replies = [(later(10...2000), .aborted)]
    }
    if Int.random(in: 0..<15, using: &random) == 0 {
      return replies = [(now + .seconds(2), .failed(.noAnswer))]
    }
    let end =
      Int.random(in: 0..<25, using: &random) == 0
      ? now + .seconds(500) : later(8000...60_000)
    replies = [(later(1...900), .inflating), (later(1000...7000), .cuffPressure(mmHg: 140))]
    switch Int.random(in: 0..<10, using: &random) {
    case 0...5: replies.append((end, .result(Self.pressure(&random))))
    case 6: replies.append((end, .aborted))
    default:
      let why = DeterminationFailure.allCases.randomElement(using: &random) ?? .motion
      replies.append((end, .failed(why)))
    }
  }

  private static func pressure(_ random: inout Seeded) -> BloodPressure {
    let pressures = [(120, 76), (118, 74), (150, 90), (165, 98), (186, 112), (88, 60), (76, 44)]
    let (systolic, diastolic) = pressures.randomElement(using: &random) ?? (120, 76)
    return Visit.pressure(systolic, diastolic)
  }
}
