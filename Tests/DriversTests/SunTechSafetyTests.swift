import Drivers
import TestKit
import Testing
import Vitals

/// A start inflates a cuff on a person: the rules hold whatever the line and the module do.
@Suite struct `No cuff inflates by itself` {
  private static let replies: [[UInt8]] =
    SunTechLetter.allCases.map { SunTechReply.letter($0).encoded } + [
      SunTechReply.cuffPressure(mmHg: 120).encoded, SunTechResult().encoded,
      hex("3E 18 80 00 4F 00 16 01 00 00 00 00 00 00 00 00 47 00 5F 00 00 00 00 1E"),
      hex("3E 18 80 00"), hex("4F 00 16"), hex("FF 3E"),
    ]

  @Test(arguments: seeds(200))
  func `over random orders and faults`(seed: UInt64) {
    var random = Seeded(seed)
    var now = Instant.zero
    var script: [(Instant, DriverInput)] = []
    for _ in 0..<300 {
      now = now + .milliseconds(Int.random(in: 0...3000, using: &random))
      switch Int.random(in: 0..<12, using: &random) {
      case 0: script.append((now, .order(.start)))
      case 1: script.append((now, .order(.abort)))
      case 2: script.append((now, .closed))
      case 3: script.append((now, .opened))
      case 4: script.append((now, .bytes(random.bytes(8))))
      case 5, 6: script.append((now, .bytes(SunTechReply.letter(.begun).encoded)))
      default:
        script.append((now, .bytes(Self.replies.randomElement(using: &random) ?? [])))
      }
    }
    for model in Catalog.models where model.kind == .cuff {
      check(model.makeDriver(), script, seed)
    }
  }

  private func check(
    _ prototype: some Driver, _ script: [(Instant, DriverInput)], _ seed: UInt64
  ) {
    var driver = prototype
    /// Between a start and the outcome that follows it.
    var isRunning = false
    for (instant, input) in script {
      // Rule 1: time alone never starts, and nor does anything a device says.
      driver.advance(to: instant) { _, output in
        #expect(!isStart(output), "seed \(seed): a deadline started a cuff")
        isRunning = isRunning && !isOutcome(output)
      }
      var starts = 0
      let wasRunning = isRunning
      driver.handle(input, at: instant) { _, output in
        if isStart(output) { starts += 1 }
        isRunning = isRunning && !isOutcome(output)
      }
      switch input {
      case .order(.start):
        // Rule 2: one order, one start; rule 3: none while a determination runs.
        #expect(starts == (wasRunning ? 0 : 1), "seed \(seed)")
        isRunning = true
      default:
        #expect(starts == 0, "seed \(seed): \(input) started a cuff")
      }
      // Rule 4: an abort always goes out.
      if case .order(.abort) = input {
        var copy = prototype
        var outputs: [DriverOutput] = []
        copy.handle(input, at: instant) { outputs.append($1) }
        #expect(outputs.contains(.send(SunTechCommand.abort.encoded)), "seed \(seed)")
      }
    }
    // And what runs comes to an end.
    if isRunning {
      var outcomes = 0
      driver.advance(to: (script.last?.0 ?? .zero) + .seconds(200)) { _, output in
        if isOutcome(output) { outcomes += 1 }
      }
      #expect(outcomes == 1, "seed \(seed)")
    }
  }

  private func isStart(_ output: DriverOutput) -> Bool {
    if case .send(let bytes) = output { bytes.starts(with: [0x3A, 0x20]) } else { false }
  }

  private func isOutcome(_ output: DriverOutput) -> Bool {
    switch output {
    case .determination(.result), .determination(.failed), .determination(.aborted): true
    default: false
    }
  }
}
