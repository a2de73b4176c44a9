public import DispatchKit
import Glibc
public import Monitoring

/// The server's own loudspeaker: sounds the bursts that are wanted until they are not (`clinical.md`
/// 3.6 and 3.8).
///
/// One burst at a time, always whole; what comes next is decided anew after each. A player that fails
/// is counted, told of, and tried again.
public actor Annunciator: QueueActor {
  /// How the loudspeaker does.
  public struct State: Hashable, Sendable {
    public enum Ability: String, Hashable, Sendable {
      /// Turned off in the configuration.
      case off
      /// The first trial is not over.
      case unknown
      case ready
      case failing
    }

    public var ability: Ability
    /// Why it cannot sound; `nil` while it can.
    public var reason: String?
    /// Bursts that were played to their end, since the start.
    public var bursts = 0
    /// Attempts that failed, since the start.
    public var failures = 0
    /// What sounds now; `nil` for nothing.
    public var sounding: BurstName?

    public init(ability: Ability) { self.ability = ability }
  }

  public nonisolated let executor = SerialQueueExecutor(label: "annunciator")
  private let player: Player?
  private let report: @Sendable (State) -> Void
  private var state: State
  private var wanted: BurstName?
  private var current: (process: Player.Process, burst: BurstName?)?
  private var lastEndedAt: ContinuousClock.Instant?
  /// The burst whose repetition is waited for; `nil` when there is news.
  private var last: BurstName?
  private var exit: SourceHandle?
  private var patience: SourceHandle?
  private var next: SourceHandle?
  private var isStopping = false

  /// A player that failed is tried again after this while something must sound.
  private static let retry = Duration.seconds(2)
  /// And after this while nothing must: whether it works is known before it is needed.
  private static let trial = Duration.seconds(60)
  /// A player that works is tried this often, without a sound.
  private static let routine = Duration.seconds(1800)
  /// How much longer than its burst a player may take.
  private static let overtime = Duration.seconds(4)
  /// A louder alarm waits at least this long after a burst, so that the two are told apart.
  private static let breath = Duration.seconds(1)

  /// - Parameters:
  ///   - player: `nil` for a loudspeaker that is off, or whose program is missing, as `reason` says.
  ///   - report: told of every change, on this actor's queue.
  public init(
    player: Player?, reason: String? = nil, report: @escaping @Sendable (State) -> Void
  ) {
    self.player = player
    self.report = report
    state = State(ability: player != nil ? .unknown : reason == nil ? .off : .failing)
    state.reason = reason
  }

  /// Tries the player without a sound, and goes on trying now and then.
  public nonisolated func start() { executor.async(on: self) { $0.begin() } }

  private func begin() {
    report(state)
    if player != nil { play(nil) }
  }

  /// Sounds this from now on; `nil` for nothing.
  ///
  /// What is news does not wait for the end of a gap.
  public nonisolated func want(_ burst: BurstName?, isNews: Bool = false) {
    executor.async(on: self) { $0.take(burst, isNews) }
  }

  private func take(_ burst: BurstName?, _ isNews: Bool) {
    guard burst != wanted || isNews, player != nil, !isStopping else { return }
    wanted = burst
    if isNews { last = nil }
    // A burst that runs ends first.
    if current == nil { plan() }
  }

  /// Arms the next attempt.
  private func plan() {
    next = nil
    guard !isStopping, player != nil else { return }
    let isFailing = state.ability == .failing
    guard let wanted else {
      let pause = isFailing ? Self.trial : Self.routine
      next = onDeadline(after: pause) { $0.play(nil) }
      return
    }
    let gap: Duration =
      if isFailing {
        Self.retry
      } else if wanted == last, let gap = wanted.burst.gap {
        .milliseconds(gap)
      } else {
        Self.breath
      }
    let passed = lastEndedAt.map { $0.duration(to: .now) } ?? gap
    let rest = gap - passed
    if rest <= .zero { play(wanted) } else { next = onDeadline(after: rest) { $0.play($0.wanted) } }
  }

  /// Plays a burst, or silence.
  private func play(_ burst: BurstName?) {
    next = nil
    guard let player, current == nil, !isStopping else { return }
    let sound = burst.map { BurstWave.wav(BurstWave.samples(of: $0.burst)) } ?? BurstWave.silence
    do throws(PlayerError) {
      let process = try player.start(sound)
      current = (process, burst)
      state.sounding = burst
      if burst != nil { last = burst }
      exit = onReadable(process.ended) { $0.ended() }
      let limit = Self.overtime + .milliseconds(burst?.burst.length ?? 0)
      // A device that takes nothing must not hold up the next attempt.
      patience = onDeadline(after: limit) {
        if $0.current?.process.pid == process.pid { _ = kill(process.pid, SIGKILL) }
      }
      report(state)
    } catch {
      note(error.description)
    }
  }

  private func ended() {
    exit = nil
    patience = nil
    guard let (process, burst) = current, let player else { return }
    current = nil
    let failure = player.failure(of: process)
    if failure == nil, burst != nil { state.bursts += 1 }
    note(failure)
  }

  /// What came of an attempt.
  private func note(_ failure: String?) {
    let wasSilence = state.sounding == nil
    state.sounding = nil
    state.ability = failure == nil ? .ready : .failing
    state.reason = failure
    if failure != nil { state.failures += 1 }
    // After the trial without a sound nothing needs to be told apart.
    if failure != nil || !wasSilence { lastEndedAt = .now }
    if isStopping { return }
    report(state)
    plan()
  }

  /// Ends what sounds, and sounds nothing more.
  public func stop() {
    isStopping = true
    next = nil
    patience = nil
    if let current { _ = kill(current.process.pid, SIGKILL) }
  }
}
