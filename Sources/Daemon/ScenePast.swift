public import Monitoring
public import Recording
public import Store
public import Vitals
public import Ward

/// Scenes played through one ward in no time, at reading level, and written to a log as the daemon
/// would have written them.
public struct ScenePast: Sendable {
  /// A scene at a chair.
  public struct Part: Sendable {
    public let chair: ChairID
    public let scene: Scene
    /// Where the scene's zero lies on the ward's time line.
    public let zero: Instant
    /// Seconds after zero at which the log ends for this chair.
    public let until: Int

    public init(chair: ChairID, scene: Scene, zero: Instant, until: Int) {
      self.chair = chair
      self.scene = scene
      self.zero = zero
      self.until = until
    }
  }

  private let plan: WardPlan
  private let run: Run
  private var ward: Ward
  private var flight = FlightLog()
  private var batch = Batch()
  private var wallStepMilliseconds: Int64 = 0

  /// Plays the scenes; `run` says what the wall clock showed at one instant of them.
  ///
  /// The staff's accounts stand from the beginning.
  public init(
    _ parts: [Part], plan: WardPlan, run: Run, accounts: [Account] = [], end: Instant
  ) throws {
    self.plan = plan
    self.run = run
    ward = Ward(plan)
    var inputs: [(at: Instant, input: WardInput)] = []
    for part in parts {
      var player = try ScenePlayer(part.scene, chair: part.chair, policy: plan.policy)
      for (at, entry) in player.play(until: part.until).recording.entries {
        if case .input(let input) = entry {
          inputs.append((part.zero + (at - Instant.zero), input))
        }
      }
    }
    inputs.sort { $0.at < $1.at }
    let opening = inputs.first?.at ?? end
    batch.accounts = accounts
    for account in accounts { take(DemoStaff.note(account), at: opening) }
    for (at, input) in inputs { take(input, at: at) }
    advance(to: end)
  }

  /// Writes everything to a log, which must be new.
  public func write(to path: String) async throws {
    let store = try Store(path: path)
    store.begin(run)
    guard await store.appended(whole) else {
      throw StoreError.cannotOpen(path: path, reason: "the disk does not take it")
    }
    await store.close()
  }

  private var whole: Batch {
    var whole = batch
    if let first = flight.first, let last = flight.last {
      whole.flight = Batch.Flight(first: first, last: last, block: flight.bytes)
    }
    return whole
  }

  private mutating func take(_ input: WardInput, at now: Instant) {
    advance(to: now)
    if case .wallClockStepped(let milliseconds) = input { wallStepMilliseconds += milliseconds }
    flight.append(input, at: now)
    collect { ward, emit in ward.handle(input, at: now, emit: emit) }
  }

  private mutating func advance(to now: Instant) {
    collect { ward, emit in ward.advance(to: now, emit: emit) }
  }

  private mutating func collect(
    _ body: (inout Ward, (Instant, WardOutput) -> Void) -> Void
  ) {
    var outputs: [(at: Instant, output: WardOutput)] = []
    body(&ward) { outputs.append(($0, $1)) }
    for (at, output) in outputs {
      switch output {
      case .event(let chair, let event):
        batch.events.append(
          Batch.Event(
            sequence: Int64(batch.events.count + 1), at: at, wall: wall(at), chair: chair,
            event: event))
      case .sample(let chair, let reading):
        batch.samples.append(Batch.Sample(at: at, chair: chair, reading: reading))
      case .send, .sendFeature: break
      }
    }
  }

  private func wall(_ at: Instant) -> WallTime {
    run.wall + (at - run.instant) + .milliseconds(wallStepMilliseconds)
  }
}
