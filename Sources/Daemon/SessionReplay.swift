import Feeds
import Monitoring
import Recording
import Store
import Vitals
import Ward

/// A stored session fed to its ward again, which by the one idea of `design.md` gives the state that
/// it had: for what the ward knew and no event says.
struct SessionReplay {
  let inputs: [(at: Instant, input: WardInput)]
  private let plan: WardPlan
  private let chair: ChairID
  private let start: Instant
  private let standing: [WardInput]

  /// Reads what reached the ward during a visit.
  init(
    _ visit: History.Visit, from start: Instant, to end: Instant, run: Run?, _ history: History
  ) async throws {
    chair = visit.chair
    self.start = start
    var inputs: [(at: Instant, input: WardInput)] = []
    for block in try await history.flight(from: start, to: end) {
      for (at, input) in try FlightLog.read(block)
      where (start...max(start, end)).contains(at) && input.concerns(visit.chair) {
        inputs.append((at, input))
      }
    }
    self.inputs = inputs
    standing = try await history.stationsAndLines(before: start).compactMap { state in
      state.opening(at: visit.chair)
    }
    plan = WardPlan(
      policy: try PlanText.policy(run?.limits.split(separator: " ").map(String.init) ?? []),
      roster: try await history.roster(before: start) ?? .standard,
      chairs: [WardPlan.Chair(id: chair, drivers: try await history.drivers(of: chair))])
  }

  /// What people asked for.
  var commands: [LogCommand] {
    inputs.compactMap { at, input in LogCommand(input, of: chair, at: at) }
  }

  /// The observation's clocks at these instants, each with everything of that instant; those before
  /// the observation are left out.
  func clocks(at instants: [Instant]) -> [LogClock] {
    var ward = Ward(plan)
    for input in standing { ward.handle(input, at: start) { _, _ in } }
    var clocks: [LogClock] = []
    var rest = inputs[...]
    for instant in Set(instants).sorted() {
      while let next = rest.first, next.at <= instant {
        ward.handle(next.input, at: next.at) { _, _ in }
        rest.removeFirst()
      }
      ward.advance(to: instant) { _, _ in }
      guard let clock = ward[chair]?.monitor.session?.clock else { continue }
      clocks.append(
        LogClock(
          at: instant, anchor: clock.anchor, requiredSeconds: clock.required.wholeSeconds,
          elapsedSeconds: clock.elapsed(at: instant).wholeSeconds,
          creditSeconds: clock.credit(at: instant).wholeSeconds))
    }
    return clocks
  }
}

extension LogCommand {
  /// The command that a person gave for a chair; `nil` for any other input.
  init?(_ input: WardInput, of chair: ChairID, at: Instant) {
    guard case .command(chair, let command, by: let by) = input else { return nil }
    let fields = CommandText.fields(of: command).map { ($0.key, $0.value) }
    self.init(
      at: at, name: command.name.rawValue, by: by.name,
      fields: Dictionary(fields, uniquingKeysWith: { $1 }))
  }
}
