@testable import Monitoring
import Testing
import Vitals

/// One patient at one chair, moved on second by second, with everything that was decided.
struct Visit {
  var monitor: ChairMonitor
  private(set) var now: Instant
  private(set) var log: [(at: Instant, output: ChairMonitor.Output)] = []
  /// What the oximeter shows from now on; `nil` for a silent one.
  var shown: OximeterReading? = Visit.reading(97, 72)

  /// Whether what is shown has no pulse wave in it, so that nothing moves.
  var isFrozen = false

  init(policy: Policy = .adultKetamineDefault1, now: Instant = .zero) {
    monitor = ChairMonitor(policy: policy)
    self.now = now
  }

  static func reading(
    _ saturation: Int?, _ rate: Int?, _ status: SignalStatus = [], perfusion: Int? = 200
  ) -> OximeterReading {
    OximeterReading(
      saturation: saturation.flatMap(Saturation.init(percent:)),
      pulseRate: rate.flatMap(PulseRate.init(perMinute:)),
      perfusionIndex: perfusion.flatMap(PerfusionIndex.init(hundredths:)), status: status)
  }

  static func pressure(_ systolic: Int, _ diastolic: Int, mean: Int? = nil) -> BloodPressure {
    BloodPressure(systolic: systolic, diastolic: diastolic, mean: mean)!
  }

  /// Lets whole seconds pass, a sample at the end of each.
  mutating func pass(_ seconds: Int) {
    for _ in 0..<seconds {
      now = now + .seconds(1)
      if let shown { handle(.oximetry(isFrozen ? shown : moving(shown))) } else { advance() }
    }
  }

  /// With a pulse wave in it, as a living device sends it.
  private func moving(_ reading: OximeterReading) -> OximeterReading {
    var reading = reading
    reading.pleth = UInt16(truncatingIfNeeded: now.milliseconds / 1000 & 0xFF)
    return reading
  }

  mutating func pass(_ seconds: Int, showing reading: OximeterReading?) {
    shown = reading
    pass(seconds)
  }

  /// Lets time pass without a call.
  mutating func skip(_ duration: Duration) { now = now + duration }

  mutating func advance() {
    var new: [(at: Instant, output: ChairMonitor.Output)] = []
    monitor.advance(to: now) { new.append(($0, $1)) }
    log += new
  }

  mutating func handle(_ input: ChairMonitor.Input) {
    var new: [(at: Instant, output: ChairMonitor.Output)] = []
    monitor.handle(input, at: now) { new.append(($0, $1)) }
    log += new
  }

  @discardableResult
  mutating func tell(_ command: Command, by name: String = "rn1") -> [Refusal.Reason] {
    tell(command, by: name, role: Roster.standard.role(of: StaffID(name)!))
  }

  @discardableResult
  mutating func tell(_ command: Command, by name: String, role: Role?) -> [Refusal.Reason] {
    var new: [(at: Instant, output: ChairMonitor.Output)] = []
    let refusal = monitor.perform(command, by: StaffID(name)!, role: role, at: now) {
      new.append(($0, $1))
    }
    log += new
    return refusal?.reasons ?? []
  }

  mutating func measure(_ systolic: Int, _ diastolic: Int, mean: Int? = nil) {
    handle(.manual(Self.pressure(systolic, diastolic, mean: mean), by: StaffID("rn1")!))
  }

  /// Ends the log here, so that what follows stands alone in it.
  mutating func forget() { log = [] }

  var events: [(at: Instant, event: ChairEvent)] {
    log.compactMap { at, output in
      if case .event(let event) = output { (at, event) } else { nil }
    }
  }

  /// Steps in the lives of alarms as `SPO2_LOW raised medium @12`.
  var alarmSteps: [String] {
    events.compactMap { at, event in
      guard case .alarm(let change) = event else { return nil }
      return
        "\(change.alarm.id.rawValue) \(change.step.rawValue) \(change.alarm.priority.name) @\(Double(at.milliseconds) / 1000)"
    }
  }

  var audits: [AuditEntry] {
    events.compactMap { if case .audit(let entry) = $0.event { entry } else { nil } }
  }

  var orders: [CuffOrderCause] {
    log.compactMap { if case .order(let cause) = $0.output { cause } else { nil } }
  }

  var signatures: [SignatureOutcome] {
    events.compactMap { if case .signature(let outcome) = $0.event { outcome } else { nil } }
  }

  var phase: Phase? { monitor.session?.phase }

  func alarm(_ id: AlarmID) -> Alarm? { monitor.activeAlarms.first { $0.id == id } }

  var seconds: Double { Double(now.milliseconds) / 1000 }
}
