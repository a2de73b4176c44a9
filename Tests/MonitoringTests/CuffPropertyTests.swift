@testable import Monitoring
import TestKit
import Testing
import Vitals

/// No cuff inflates without a reason (`clinical.md` 2.4, `design.md` 7), whatever people, cables and
/// the cuff itself do.
@Suite struct `A cuff is started` {
  @Test(arguments: seeds(120))
  func `only for a reason, never at work, too soon, away, unplugged or after the end`(
    seed: UInt64
  ) {
    var bench = Bench(seed: seed)
    bench.run(turns: 2500)
    #expect(bench.referee.fouls.prefix(3) == [], "CHAIRSIDE_SEED_START=\(seed)")
  }

  @Test func `for every reason there is, in so many random visits`() {
    var starts: [CuffOrderCause: Int] = [:]
    for seed in 1...30 {
      var bench = Bench(seed: UInt64(seed))
      bench.run(turns: 2500)
      starts.merge(bench.referee.starts, uniquingKeysWith: +)
    }
    for cause in CuffOrderCause.allCases where cause.isStart {
      #expect(starts[cause, default: 0] >= 20, "\(cause): \(starts)")
    }
  }
}
