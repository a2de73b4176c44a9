public import Drivers
public import Monitoring
public import Vitals
import Ward

/// Plays a scene against a ward, at reading level or through simulated devices, and keeps what
/// reached the ward as a recording.
public struct ScenePlayer {
  /// What a scene gave.
  public struct Play: Sendable {
    public let recording: Recording
    /// The timeline, on the scene's own time axis.
    public let events: [String]
    public let alarmChanges: [(at: Instant, change: AlarmChange)]
    public let signatures: [(at: Instant, outcome: SignatureOutcome)]
    /// Phases that the session entered.
    public let phases: [(at: Instant, phase: Phase)]
  }

  /// Where the scene's zero lies on the wall clock; any fixed time will do.
  private static let zeroOnWall = WallTime(milliseconds: 1_773_500_531_000)

  private let scene: Scene
  private let patient: ScenePatient
  private let chair: ChairID
  private let models: [Model]
  private let script: SceneScript
  private var ward: Ward
  private var simulators: [SlotName: any Simulator]
  private var recording: Recording
  private var events: [String] = []
  private var alarmChanges: [(at: Instant, change: AlarmChange)] = []
  private var signatures: [(at: Instant, outcome: SignatureOutcome)] = []
  private var battery: BatteryLevel?
  private var phases: [(at: Instant, phase: Phase)] = []

  /// Prepares a scene for one chair; `models` are the devices it goes through, at most one of a
  /// kind.
  ///
  /// What no device measures enters at reading level.
  public init(
    _ scene: Scene, chair: ChairID, through models: [Model] = [],
    policy: Policy = .adultKetamineDefault1
  ) throws(TextError) {
    self.scene = scene
    self.chair = chair
    self.models = models
    patient = ScenePatient(scene)
    let hasCuff = models.contains { $0.takesOrders }
    script = try SceneScript(scene, chair: chair, measuresByDevice: hasCuff)
    let drivers = Dictionary(
      models.map { ($0.slot, $0.id) }, uniquingKeysWith: { first, _ in first })
    let plan = WardPlan(
      policy: policy, chairs: [WardPlan.Chair(id: chair, drivers: drivers)])
    ward = Ward(plan)
    simulators = [:]
    for model in models { simulators[model.slot] = model.makeSimulator(patient.simulated) }
    let devices = models.map { "simulated \($0.vendor) \($0.models)" }
    recording = Recording(
      remarks: [
        "Device: \(devices.isEmpty ? "none, readings" : devices.joined(separator: "; "))",
        "Source: scene \(scene.id)", "Shows: \(scene.title)",
      ], startedAt: Self.zeroOnWall, policyID: policy.policyID, plan: plan)
  }

  /// Plays the scene, preparation included, to its end or to `last` seconds.
  ///
  /// Devices are plugged in at `plugged`; until then the oximeter's numbers enter at reading level.
  public mutating func play(
    until last: Int? = nil, plugged: Int = -SceneScript.preparationSeconds
  ) -> Play {
    let start = -SceneScript.preparationSeconds
    let end = min(last ?? scene.end, scene.end)
    let hasOximeter = models.contains { $0.kind != .cuff }
    var steps = script.steps[...]
    for second in start...max(start, end) {
      runDevices(until: .seconds(second))
      if second == plugged { plugIn(at: .seconds(second)) }
      if !hasOximeter || second < plugged, let reading = patient.reading(at: .seconds(second)) {
        feed(.reading(chair, .oximetry(reading), by: .system), at: .seconds(second))
      }
      playBesides(at: .seconds(second), isPlugged: second >= plugged)
      while let step = steps.first, step.at <= second {
        feed(step.input, at: .seconds(step.at))
        steps.removeFirst()
      }
    }
    advance(to: .seconds(end))
    recording.entries.append((.seconds(end), .end))
    return Play(
      recording: recording, events: events, alarmChanges: alarmChanges, signatures: signatures,
      phases: phases)
  }

  /// What no simulated device at this chair sends: breathing, as a rule, and the battery whenever it tells another level.
  private mutating func playBesides(at now: Instant, isPlugged: Bool) {
    let isCounted = isPlugged && models.contains { $0.reportsRespiration }
    if !isCounted, let rate = patient.respiration(at: now) {
      feed(.reading(chair, .respiration(rate), by: .system), at: now)
    }
    if let level = patient.battery(at: now), level != battery {
      battery = level
      feed(.reading(chair, .battery(.oximeter, level), by: .system), at: now)
    }
  }

  private mutating func plugIn(at now: Instant) {
    for model in models {
      feed(.line(Slot(chair, model.slot), .opened), at: now)
      simulate(model.slot, .opened, at: now)
    }
  }

  /// Lets devices and ward talk up to an instant, each at its own deadlines.
  private mutating func runDevices(until end: Instant) {
    guard !simulators.isEmpty else { return }
    while true {
      let next = simulators.compactMap { slot, simulator in
        simulator.nextDeadline.map { (at: $0, slot: slot) }
      }.min { ($0.at, $0.slot.rawValue) < ($1.at, $1.slot.rawValue) }
      guard let due = earliest(next?.at, ward.nextDeadline), due <= end else { return }
      if let next, next.at == due {
        simulate(next.slot, nil, at: due)
      } else {
        advance(to: due)
      }
    }
  }

  /// Runs a device, or lets its time pass, and gives the ward its bytes on the millisecond grid of
  /// recordings.
  private mutating func simulate(_ slot: SlotName, _ input: SimulatorInput?, at now: Instant) {
    guard simulators[slot] != nil else { return }
    var chunks: [(Instant, [UInt8])] = []
    if let input {
      simulators[slot]?.handle(input, at: now) { chunks.append(($0, $1)) }
    } else {
      simulators[slot]?.advance(to: now) { chunks.append(($0, $1)) }
    }
    for (at, bytes) in chunks {
      let grid = Instant.milliseconds((at.nanoseconds + 999_999).flooredMilliseconds)
      feed(.bytes(Slot(chair, slot), bytes), at: grid)
    }
  }

  private mutating func feed(_ input: WardInput, at now: Instant) {
    advance(to: now)
    recording.entries.append((now, .input(input)))
    run(now) { ward, emit in ward.handle(input, at: now, emit: emit) }
  }

  private mutating func advance(to now: Instant) {
    while let due = ward.nextDeadline, due <= now {
      run(due) { ward, emit in ward.advance(to: due, emit: emit) }
    }
  }

  /// Runs the ward, keeps what it decides, and hands what it sends to the device.
  private mutating func run(
    _ now: Instant, _ body: (inout Ward, (Instant, WardOutput) -> Void) -> Void
  ) {
    var sends: [(Instant, Slot, [UInt8])] = []
    body(&ward) { at, output in
      if let line = EventText.line(output, at: at) { events.append(line) }
      switch output {
      case .event(_, .alarm(let change)): alarmChanges.append((at, change))
      case .event(_, .signature(let outcome)): signatures.append((at, outcome))
      case .event(_, .session(let change)) where change.substate == nil:
        phases.append((at, change.phase))
      case .send(let slot, let bytes), .sendFeature(let slot, let bytes):
        recording.entries.append((at, .sent(slot, bytes)))
        sends.append((at, slot, bytes))
      case .event, .sample: break
      }
    }
    for (at, slot, bytes) in sends { simulate(slot.name, .bytes(bytes), at: at) }
  }
}

extension Int64 {
  fileprivate var flooredMilliseconds: Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: 1_000_000)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension Model {
  /// Where a device of this kind is usually bound.
  public var slot: SlotName { slots[0] }
}
