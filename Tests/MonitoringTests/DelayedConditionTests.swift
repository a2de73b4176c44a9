@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 2.2, a sample a second: `!` violates, `.` is good, `?` cannot be judged, a blank
/// is no call at all.
@Suite struct `A delayed condition` {
  struct Case: Sendable, CustomTestStringConvertible {
    let says: String
    let samples: String
    /// `raised@9`, `cleared@14`, in order.
    let expected: [String]
    let delay: Int
    var testDescription: String { says }

    init(_ says: String, _ samples: String, _ expected: [String], delay: Int = 5) {
      (self.says, self.samples, self.expected, self.delay) = (says, samples, expected, delay)
    }
  }

  static let cases = [
    Case("rises after its delay", "!!!!!!!!", ["raised@5"]),
    Case("rises at its deadline without a sample", "!       ", ["raised@5"]),
    Case("rises at once without a delay", "..!!", ["raised@2"], delay: 0),
    Case("begins anew after one good sample", "!!!!.!!!!!!!", ["raised@10"]),
    Case("rises when the good sample comes with its deadline", "!!!!!....", ["raised@5"]),
    Case("is good one second before", "!!!!.....", []),
    Case("does not count invalid time", "!!!???!!!!!!", ["raised@8"]),
    Case("keeps its count through 9 s", "!!!?????????!!!!", ["raised@14"]),
    Case("forgets after 10 s", "!!!??????????!!!!!!!!", ["raised@18"]),
    Case("forgets after 10 s without a sample", "!!!?         !!!!!!!!", ["raised@18"]),
    Case("forgets when good after invalid", "!!!??.!!!!!!!", ["raised@11"]),
    Case("a shorter freeze is not added to the next", "!!?!!?!!!!!!", ["raised@7"]),
    Case("does not rise from invalid alone", "????????????????????", []),
    Case("clears after 5 s of good", "!!!!!!......", ["raised@5", "cleared@11"]),
    Case("clears at its deadline", "!!!!!!.     ", ["raised@5", "cleared@11"]),
    Case("one bad sample while clearing", "!!!!!!....!......", ["raised@5", "cleared@16"]),
    Case("invalid never clears", "!!!!!!????????????????????????", ["raised@5"]),
    Case("invalid stops the clearing", "!!!!!!....?....!", ["raised@5"]),
    Case("clears anew after invalid", "!!!!!!....?......", ["raised@5", "cleared@16"]),
    Case("rises again", "!!!!!!......!!!!!!", ["raised@5", "cleared@11", "raised@17"]),
  ]

  @Test(arguments: cases)
  func `follows its samples`(_ one: Case) {
    var condition = DelayedCondition()
    var changes: [String] = []
    func note(_ change: DelayedCondition.Change?, _ at: Instant) {
      if let change { changes.append("\(change)@\(at.milliseconds / 1000)") }
    }
    for (second, sample) in one.samples.enumerated() {
      let now = Instant.seconds(second)
      while let due = condition.deadline, due <= now { note(condition.advance(to: due), due) }
      guard sample != " " else { continue }
      let violates: Bool? = sample == "?" ? nil : sample == "!"
      note(
        condition.observe(violates, delay: .seconds(one.delay), clear: .seconds(5), at: now), now)
    }
    #expect(changes == one.expected)
  }

  @Test func `waits for nothing when reset`() {
    var condition = DelayedCondition()
    _ = condition.observe(true, delay: .zero, clear: .seconds(5), at: .zero)
    #expect(condition.isActive && condition.isViolated)
    condition.reset()
    #expect(!condition.isActive && condition.deadline == nil)
  }
}
