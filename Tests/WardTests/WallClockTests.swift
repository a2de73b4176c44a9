import Monitoring
import TestKit
import Testing
import Vitals
import Ward

/// The wall clock is a label; nothing is timed by it (`design.md` section 3, `clinical.md` 1.4).
@Suite struct `Steps of the wall clock` {
  private static func play(_ plan: WardPlan, _ script: [(Instant, WardInput)]) -> [String] {
    var ward = Ward(plan)
    var outputs: [String] = []
    for (at, input) in script {
      ward.handle(input, at: at) { outputs.append("\($0) \($1)") }
    }
    return outputs
  }

  @Test func `at random move no alarm and no other output`() {
    var (steps, alarms) = (0, 0)
    for seed in seeds(20) {
      var random = Seeded(seed)
      let plan = WardPlan(
        chairs: (1...2).map { WardPlan.Chair(id: Room.chair($0), drivers: [.oximeter: "bci"]) })
      let script = `A ward is a machine`.script(plan, &random)
      var stepped: [(Instant, WardInput)] = []
      for (at, input) in script {
        stepped.append((at, input))
        guard Int.random(in: 0..<8, using: &random) == 0 else { continue }
        let milliseconds = Int64.random(in: -86_400_000...86_400_000, using: &random)
        stepped.append((at, .wallClockStepped(milliseconds: milliseconds)))
        steps += 1
      }
      let plain = Self.play(plan, script)
      let told = Self.play(plan, stepped).filter { !$0.contains("wallClockStepped") }
      #expect(told == plain, "seed \(seed)")
      alarms += plain.count { $0.contains("AlarmChange") }
    }
    #expect(steps >= 100 && alarms >= 100, "\(steps) \(alarms)")
  }
}
