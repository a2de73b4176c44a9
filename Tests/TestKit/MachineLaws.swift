public import Testing
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
  for (name, outputs) in [("a deadline met", punctual), ("a tick", ticking)] {
    guard let index = difference(lazy, outputs) else { continue }
    Issue.record(
      """
      \(name) changed output \(index): \
      \(lazy.dropFirst(index).first.debugDescription) became \
      \(outputs.dropFirst(index).first.debugDescription)
      """, sourceLocation: sourceLocation)
  }
}

/// The first place where two rows of outputs differ; whole rows would drown the reader.
private func difference<Output: Equatable>(_ a: [Output], _ b: [Output]) -> Int? {
  if let index = zip(a, b).enumerated().first(where: { $1.0 != $1.1 })?.offset { return index }
  return a.count == b.count ? nil : min(a.count, b.count)
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
      let instant = max(due, now)
      step(to: instant) { machine, emit in machine.advance(to: instant, emit: emit) }
    }
  }

  mutating func step(to instant: Instant, _ call: (inout M, (Instant, M.Output) -> Void) -> Void) {
    var new: [Stamped<M.Output>] = []
    call(&machine) { new.append(Stamped(instant: $0, output: $1)) }
    for one in new {
      let stamp = one.instant
      if let last = outputs.last?.instant, stamp < last {
        complaints.append("\(stamp) runs backwards")
      }
      if stamp > instant { complaints.append("\(stamp) is stamped ahead of \(instant)") }
      outputs.append(one)
    }
    if let due = machine.nextDeadline, due <= instant {
      complaints.append("at \(instant) a deadline of \(due) is left")
    }
    now = instant
  }
}
