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
  }

  /// Where the scene's zero lies on the wall clock; any fixed time will do.
  private static let zeroOnWall = WallTime(milliseconds: 1_773_500_531_000)

  private let scene: Scene
  private let patient: ScenePatient
  private let chair: ChairID
  private let model: Model?
  private let script: SceneScript
  private var ward: Ward
  private var simulator: (any Simulator)?
  private var recording: Recording
  private var events: [String] = []
  private var alarmChanges: [(at: Instant, change: AlarmChange)] = []
  private var signatures: [(at: Instant, outcome: SignatureOutcome)] = []

  /// Prepares a scene for one chair; `model` is the device it goes through, if any.
  public init(
    _ scene: Scene, chair: ChairID, through model: Model? = nil,
    policy: Policy = .adultKetamineDefault1
  ) throws(TextError) {
    self.scene = scene
    self.chair = chair
    self.model = model
    patient = ScenePatient(scene)
    script = try SceneScript(scene, chair: chair, measuresByDevice: model?.kind == .cuff)
    let drivers = model.map { [$0.slot: $0.id] } ?? [:]
    let plan = WardPlan(
      policy: policy, chairs: [WardPlan.Chair(id: chair, drivers: drivers)])
    ward = Ward(plan)
    simulator = model?.makeSimulator(patient.simulated)
    recording = Recording(
      remarks: [
        "Device: \(model.map { "simulated \($0.vendor) \($0.models)" } ?? "none, readings")",
        "Source: scene \(scene.id)", "Shows: \(scene.title)",
      ], startedAt: Self.zeroOnWall, policyID: policy.policyID, plan: plan)
  }

  /// Plays the whole scene, preparation included.
  public mutating func play() -> Play {
    let start = -SceneScript.preparationSeconds
    if let model {
      let slot = Slot(chair, model.slot)
      feed(.line(slot, .opened), at: .seconds(start))
      simulate(at: .seconds(start)) { simulator, at, emit in
        simulator.handle(.opened, at: at, emit: emit)
      }
    }
    var steps = script.steps[...]
    for second in start...scene.end {
      runDevice(until: .seconds(second))
      if model?.kind != .oximeter, let reading = patient.reading(at: .seconds(second)) {
        feed(.reading(chair, .oximetry(reading), by: .system), at: .seconds(second))
      }
      while let step = steps.first, step.at <= second {
        feed(step.input, at: .seconds(step.at))
        steps.removeFirst()
      }
    }
    let end = Instant.seconds(scene.end)
    advance(to: end)
    recording.entries.append((end, .end))
    return Play(
      recording: recording, events: events, alarmChanges: alarmChanges, signatures: signatures)
  }

  /// Lets device and ward talk up to an instant, each at its own deadlines.
  private mutating func runDevice(until end: Instant) {
    guard simulator != nil else { return }
    while let due = earliest(simulator?.nextDeadline, ward.nextDeadline), due <= end {
      if simulator?.nextDeadline == due {
        simulate(at: due) { simulator, at, emit in simulator.advance(to: at, emit: emit) }
      } else {
        advance(to: due)
      }
    }
  }

  private typealias SimulatorRun = (inout any Simulator, Instant, (Instant, [UInt8]) -> Void) -> Void

  /// Runs the device and gives the ward its bytes on the millisecond grid of recordings.
  private mutating func simulate(at now: Instant, _ body: SimulatorRun) {
    guard let model, simulator != nil else { return }
    var chunks: [(Instant, [UInt8])] = []
    body(&simulator!, now) { chunks.append(($0, $1)) }
    for (at, bytes) in chunks {
      let grid = Instant.milliseconds((at.nanoseconds + 999_999).flooredMilliseconds)
      feed(.bytes(Slot(chair, model.slot), bytes), at: grid)
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
    var sends: [(Instant, [UInt8])] = []
    body(&ward) { at, output in
      if let line = EventText.line(output, at: at) { events.append(line) }
      switch output {
      case .event(_, .alarm(let change)): alarmChanges.append((at, change))
      case .event(_, .signature(let outcome)): signatures.append((at, outcome))
      case .send(let slot, let bytes):
        recording.entries.append((at, .sent(slot, bytes)))
        sends.append((at, bytes))
      case .event, .sample: break
      }
    }
    for (at, bytes) in sends {
      simulate(at: at) { simulator, at, emit in
        simulator.handle(.bytes(bytes), at: at, emit: emit)
      }
    }
  }
}

extension Int64 {
  fileprivate var flooredMilliseconds: Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: 1_000_000)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

extension Model {
  /// Where a device of this kind is bound.
  public var slot: SlotName {
    switch kind {
    case .oximeter: .oximeter
    case .cuff: .cuff
    }
  }
}
