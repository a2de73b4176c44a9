import Drivers
import TestKit
import Testing
import Vitals

extension CuffWire: CustomTestStringConvertible {
  var testDescription: String { model.id }
}

/// The dialogue that all cuffs share, with each of them.
@Suite struct `The dialogue with a cuff` {
  private static let first = Course.pressure(128, 79, 95, 71)
  private static let second = Course.pressure(115, 62, 88, 85)

  @Test(arguments: CuffWire.all)
  func `is silent until somebody orders something`(_ cuff: CuffWire) {
    var bedside = cuff.bedside(.result(Self.first))
    bedside.pass(.seconds(600))
    #expect(bedside.outputs.isEmpty)
  }

  @Test(arguments: CuffWire.all)
  func `measures once, and shows the cuff at work`(_ cuff: CuffWire) {
    var bedside = cuff.bedside(.result(Self.first))
    bedside.order(.start)
    bedside.pass(.seconds(600))
    #expect(bedside.determinations.first == .inflating)
    #expect(bedside.determinations.outcomes == [.result(Self.first)])
    #expect(bedside.sent.count { $0 == cuff.start } == 1)
    #expect(!bedside.sent.contains(cuff.abort))
    let pressures = bedside.determinations.compactMap {
      if case .cuffPressure(let mmHg) = $0 { mmHg } else { nil }
    }
    #expect(pressures.isEmpty != cuff.tellsPressure)
    if cuff.tellsPressure {
      #expect(pressures.max().map { (150...168).contains($0) } == true)
      #expect(pressures.last.map { $0 < 40 } == true)
    }
    #expect(bedside.driver.nextDeadline == nil)
  }

  @Test(arguments: CuffWire.all, DeterminationFailure.allCases)
  func `reports a failure and does not try again`(
    _ cuff: CuffWire, _ failure: DeterminationFailure
  ) {
    var bedside = cuff.bedside(.failed(failure), lasting: .seconds(12))
    bedside.order(.start)
    bedside.pass(.seconds(150))
    #expect(bedside.determinations.outcomes == [.failed(cuff.reading[failure] ?? failure)])
    #expect(bedside.sent.count { $0 == cuff.start } == 1)
    // What can no longer be followed is deflated.
    let isLost = [.connectionLost, .noAnswer].contains(failure)
    #expect(bedside.sent.contains(cuff.abort) == isLost)
  }

  /// The device keeps the old pressures in its reply, and its old error until the next result.
  @Test(arguments: CuffWire.all)
  func `takes no old pressure for a new one, and no old error`(_ cuff: CuffWire) {
    let outcomes: [Determination] = [
      .result(Self.first), .failed(.cuffLeak), .failed(.cuffLeak), .result(Self.second),
      .failed(.motion), .result(Self.first),
    ]
    var bedside = cuff.bedside { instant in
      SimulatedDetermination(
        duration: .seconds(15), outcome: outcomes[Int(instant.milliseconds / 60_000)])
    }
    for _ in outcomes {
      bedside.order(.start)
      bedside.pass(.seconds(60))
    }
    let expected = outcomes.map { outcome in
      guard case .failed(let failure) = outcome else { return outcome }
      return .failed(cuff.reading[failure] ?? failure)
    }
    #expect(bedside.determinations.outcomes == expected)
  }

  @Test(arguments: CuffWire.all)
  func `aborts, and can start again`(_ cuff: CuffWire) {
    var bedside = cuff.bedside { instant in
      SimulatedDetermination(
        duration: .seconds(20),
        outcome: .result(instant < .seconds(5) ? Self.first : Self.second))
    }
    bedside.order(.start)
    bedside.pass(.seconds(6))
    bedside.order(.abort)
    bedside.pass(.seconds(5))
    #expect(bedside.determinations.last == .aborted)
    #expect(bedside.sent.contains(cuff.abort))
    bedside.order(.start)
    bedside.pass(.seconds(100))
    #expect(bedside.determinations.outcomes == [.aborted, .result(Self.second)])
    #expect(bedside.sent.count { $0 == cuff.start } == 2)
  }

  @Test(arguments: CuffWire.all)
  func `aborts before there is an answer`(_ cuff: CuffWire) {
    var lone = LoneCuff(cuff.model)
    lone.take(.order(.start), at: .seconds(1))
    lone.take(.order(.abort), at: .milliseconds(1100))
    #expect(lone.sent == [cuff.start, cuff.abort])
    lone.take(.bytes(cuff.begun), at: .milliseconds(1200))
    lone.take(.bytes(cuff.result), at: .milliseconds(3300))
    lone.pass(to: .seconds(400))
    #expect(lone.heard == [.aborted])
    #expect(Set(lone.sent.dropFirst()) == [cuff.abort])
  }

  @Test(arguments: CuffWire.all)
  func `tells to deflate until it is answered, but not for ever`(_ cuff: CuffWire) {
    var lone = LoneCuff(cuff.model)
    lone.take(.order(.start), at: .seconds(1))
    lone.take(.order(.abort), at: .seconds(1))
    lone.pass(to: .seconds(400))
    #expect(lone.sent == [cuff.start, cuff.abort, cuff.abort, cuff.abort, cuff.abort])
    #expect(lone.heard == [.aborted])
  }

  @Test(arguments: CuffWire.all)
  func `ignores a second start while it is busy`(_ cuff: CuffWire) {
    var bedside = cuff.bedside(.result(Self.first))
    bedside.order(.start)
    for _ in 0..<25 {
      bedside.pass(.milliseconds(700))
      bedside.order(.start)
    }
    bedside.pass(.seconds(60))
    #expect(bedside.sent.count { $0 == cuff.start } == 1)
    #expect(bedside.determinations.outcomes == [.result(Self.first)])
  }

  @Test(arguments: CuffWire.all)
  func `gives up a determination of more than 180 s and deflates`(_ cuff: CuffWire) {
    var bedside = cuff.bedside(.result(Self.first), lasting: .seconds(400))
    bedside.order(.start)
    bedside.pass(.seconds(179))
    #expect(!bedside.sent.contains(cuff.abort))
    bedside.pass(.seconds(5))
    #expect(bedside.determinations.outcomes == [.failed(.timeOut)])
    #expect(bedside.sent.last == cuff.abort)
    bedside.pass(.seconds(600))
    #expect(bedside.determinations.outcomes == [.failed(.timeOut)])
  }

  @Test(arguments: CuffWire.all)
  func `loses the determination with the line, and deflates when it is back`(_ cuff: CuffWire) {
    var bedside = cuff.bedside(.result(Self.first))
    bedside.order(.start)
    bedside.pass(.seconds(3))
    bedside.close()
    #expect(bedside.determinations.outcomes == [.failed(.connectionLost)])
    #expect(!bedside.sent.contains(cuff.abort))
    bedside.pass(.seconds(2))
    bedside.open()
    #expect(bedside.sent.last == cuff.abort)
    bedside.pass(.seconds(60))
    #expect(bedside.determinations.outcomes == [.failed(.connectionLost)])
    // Once is enough: nothing of ours is left.
    let count = bedside.outputs.count
    bedside.close()
    bedside.open()
    bedside.pass(.seconds(60))
    #expect(bedside.outputs.count == count)
    #expect(bedside.sent.count { $0 == cuff.start } == 1)
  }

  @Test(arguments: CuffWire.all)
  func `leaves a cuff alone that was done when its line was lost`(_ cuff: CuffWire) {
    var bedside = cuff.bedside(.result(Self.first))
    bedside.order(.start)
    bedside.pass(.seconds(40))
    let count = bedside.outputs.count
    bedside.close()
    bedside.open()
    bedside.pass(.seconds(40))
    #expect(bedside.outputs.count == count)
  }

  @Test(arguments: CuffWire.all)
  func `deflates a cuff that answers after all`(_ cuff: CuffWire) {
    var lone = LoneCuff(cuff.model)
    lone.take(.order(.start), at: .seconds(1))
    lone.pass(to: .seconds(30))
    #expect(lone.heard == [.failed(.noAnswer)])
    let count = lone.sent.count
    #expect(lone.sent.contains(cuff.abort))
    lone.take(.bytes(cuff.begun), at: .seconds(31))
    #expect(lone.sent.dropFirst(count) == [cuff.abort])
    lone.take(.bytes(cuff.result), at: .seconds(32))
    lone.pass(to: .seconds(400))
    #expect(lone.heard == [.failed(.noAnswer)])
  }

  @Test(arguments: CuffWire.all)
  func `takes no result that it did not ask for`(_ cuff: CuffWire) {
    var lone = LoneCuff(cuff.model)
    for second in 1...5 { lone.take(.bytes(cuff.result), at: .seconds(second)) }
    lone.take(.order(.start), at: .seconds(6))
    lone.take(.bytes(cuff.result), at: .milliseconds(6100))
    lone.pass(to: .seconds(400))
    #expect(lone.heard.outcomes.count == 1)
    #expect(lone.heard.allSatisfy { if case .result = $0 { false } else { true } })
  }
}
