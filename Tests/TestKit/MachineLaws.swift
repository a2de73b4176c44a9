import Testing
public import Vitals

/// Holds a machine to the law of all machines: when it is called changes nothing.
///
/// The script is played without a single call for time, with a call at every deadline, and with one
/// every `tick`. All must give the same outputs with the same stamps; stamps never run backwards
/// nor ahead; and after time has passed no deadline is left in it.
public func expectMachineLaws<M: Machine>(
  of prototype: M, script: [(Instant, M.Input)], until end: Instant,
  tick: Duration = .milliseconds(1), sourceLocation: SourceLocation = #_sourceLocation
) where M.Output: Equatable {
  func play(_ name: String, next: (M, Instant) -> Instant?) -> [Stamped<M.Output>] {
    var player = Player(machine: prototype, now: script.first?.0 ?? end)
    for (instant, input) in script {
      player.pass(until: instant, next: next)
      player.step(to: instant) { machine, emit in machine.handle(input, at: instant, emit: emit) }
    }
    player.pass(until: end, next: next)
    player.step(to: end) { machine, emit in machine.advance(to: end, emit: emit) }
    for complaint in player.complaints.prefix(3) {
      Issue.record("\(name): \(complaint)", sourceLocation: sourceLocation)
    }
    return player.outputs
  }
  let lazy = play("never called") { _, _ in nil }
  let punctual = play("called at every deadline") { machine, _ in machine.nextDeadline }
  let ticking = play("called every \(tick)") { _, now in now + tick }
  #expect(lazy == punctual, "a deadline met is a deadline missed", sourceLocation: sourceLocation)
  #expect(lazy == ticking, "ticking changes nothing", sourceLocation: sourceLocation)
}

private struct Stamped<Output: Equatable>: Equatable {
  let instant: Instant
  let output: Output
}

private struct Player<M: Machine> where M.Output: Equatable {
  var machine: M
  var now: Instant
  var outputs: [Stamped<M.Output>] = []
  var complaints: [String] = []

  mutating func pass(until end: Instant, next: (M, Instant) -> Instant?) {
    while let due = next(machine, now), due < end {
      step(to: max(due, now)) { machine, emit in machine.advance(to: max(due, now), emit: emit) }
    }
  }

  mutating func step(to instant: Instant, _ call: (inout M, (Instant, M.Output) -> Void) -> Void) {
    var outputs = outputs
    var complaints = complaints
    call(&machine) { stamp, output in
      if stamp < outputs.last?.instant ?? stamp { complaints.append("\(stamp) runs backwards") }
      if stamp > instant { complaints.append("\(stamp) is stamped ahead of \(instant)") }
      outputs.append(Stamped(instant: stamp, output: output))
    }
    if let due = machine.nextDeadline, due <= instant {
      complaints.append("at \(instant) a deadline of \(due) is left")
    }
    now = instant
    self.outputs = outputs
    self.complaints = complaints
  }
}
