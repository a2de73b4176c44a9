import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `The SunTech dialogue` {
  private let model = Catalog.model(id: "suntech")!
  private let pressure = Course.pressure(128, 79, 95, 71)

  private func bedside(_ outcome: Determination, lasting duration: Duration = .seconds(20))
    -> Bedside
  {
    let patient = SimulatedPatient(
      oximetry: { _ in nil },
      determination: { _ in SimulatedDetermination(duration: duration, outcome: outcome) })
    var bedside = Bedside(model, patient: patient)
    bedside.open()
    return bedside
  }

  @Test func `is silent until somebody orders something`() {
    var bedside = bedside(.result(pressure))
    bedside.pass(.seconds(600))
    #expect(bedside.outputs.isEmpty)
  }

  @Test func `measures once, and shows the cuff at work`() {
    var bedside = bedside(.result(pressure))
    bedside.order(.start)
    bedside.pass(.seconds(600))
    #expect(bedside.determinations.first == .inflating)
    #expect(bedside.determinations.last == .result(pressure))
    #expect(bedside.sent.filter { $0 == SunTechCommand.start.encoded }.count == 1)
    #expect(bedside.sent.filter { $0 == SunTechCommand.getCuffPressure.encoded }.count == 40)
    let pressures = bedside.determinations.compactMap {
      if case .cuffPressure(let mmHg) = $0 { mmHg } else { nil }
    }
    #expect(pressures.max().map { (150...168).contains($0) } == true)
    #expect(pressures.last.map { $0 < 40 } == true)
  }

  @Test(
    arguments: [
      .weakSignal, .motion, .outOfRange, .timeOut, .blockage, .cuffLeak, .safetyTimeOut,
      .overpressure, .hardware, .permission, .implausible, .connectionLost, .noAnswer,
    ] as [DeterminationFailure])
  func `reports a failure and does not try again`(_ failure: DeterminationFailure) {
    var bedside = bedside(.failed(failure), lasting: .seconds(12))
    bedside.order(.start)
    bedside.pass(.seconds(600))
    #expect(bedside.determinations.last == .failed(failure))
    #expect(bedside.sent.filter { $0 == SunTechCommand.start.encoded }.count == 1)
    // What can no longer be followed is deflated.
    let isLost = [.connectionLost, .noAnswer].contains(failure)
    #expect(bedside.sent.contains(SunTechCommand.abort.encoded) == isLost)
  }

  @Test func `aborts, and can start again`() {
    var bedside = bedside(.result(pressure))
    bedside.order(.start)
    bedside.pass(.seconds(6))
    bedside.order(.start)
    bedside.order(.abort)
    #expect(bedside.determinations.last == .aborted)
    bedside.pass(.seconds(5))
    #expect(bedside.sent.filter { $0 == SunTechCommand.start.encoded }.count == 1)
    bedside.order(.start)
    bedside.pass(.seconds(30))
    #expect(bedside.determinations.last == .result(pressure))
  }

  @Test func `gives up a determination of more than 180 s and deflates`() {
    var bedside = bedside(.result(pressure), lasting: .seconds(400))
    bedside.order(.start)
    bedside.pass(.seconds(179))
    #expect(bedside.sent.contains(SunTechCommand.abort.encoded) == false)
    bedside.pass(.seconds(2))
    #expect(bedside.determinations.last == .failed(.timeOut))
    #expect(bedside.sent.last == SunTechCommand.abort.encoded)
  }

  @Test func `loses the determination with the line`() {
    var bedside = bedside(.result(pressure))
    bedside.order(.start)
    bedside.pass(.seconds(3))
    bedside.close()
    #expect(bedside.determinations.last == .failed(.connectionLost))
    // The line is back, and the cuff with it, which we started: it deflates, and that is all.
    bedside.open()
    bedside.pass(.seconds(60))
    #expect(bedside.sent.last == SunTechCommand.abort.encoded)
    #expect(bedside.determinations.last == .failed(.connectionLost))
  }

  // What a device may say at the wrong time, given straight to the driver.

  private let begun = DriverInput.bytes(hex("3E 04 4F 6F"))
  private let done = DriverInput.bytes(hex("3E 04 4B 73"))
  private let result = DriverInput.bytes(
    hex("3E 18 80 00 4F 00 16 01 00 00 00 00 00 00 00 00 47 00 5F 00 00 00 00 1E"))

  @Test func `a result we did not ask for is no reading`() {
    #expect(play([(0, .opened), (1, result), (2, done), (3, result)]).isEmpty)
    let early = play([(0, .opened), (1, .order(.start)), (2, begun), (3, result)], until: 4)
    #expect(early.last == .inflating)
  }

  @Test func `done before begun is not done`() {
    let heard = play([(0, .opened), (1, .order(.start)), (1, done), (2, result)], until: 10)
    #expect(heard == [.failed(.noAnswer)])
  }

  @Test(
    arguments: [
      ("3E 04 42 7C", .permission), ("3E 04 4E 70", .noAnswer), ("3E 04 53 6B", .noAnswer),
    ] as [(String, DeterminationFailure)])
  func `a module that refuses has not begun`(_ text: String, _ failure: DeterminationFailure) {
    let heard = play([(0, .opened), (1, .order(.start)), (1, .bytes(hex(text)))], until: 2)
    #expect(heard == [.failed(failure)])
  }

  @Test func `an abort without an answer ends after 2 s all the same`() {
    let heard = play(
      [(0, .opened), (1, .order(.start)), (1, begun), (2, .order(.abort)), (3, done)], until: 4)
    #expect(heard == [.inflating, .aborted])
  }

  @Test func `the result is asked for again, but not for ever`() {
    let heard = play([(0, .opened), (1, .order(.start)), (1, begun), (2, done)], until: 60)
    #expect(heard == [.inflating, .failed(.connectionLost)])
  }

  // The letter "K" is lost: the cuff is seen to have deflated.

  private func cuff(at mmHg: Int) -> DriverInput {
    .bytes(SunTechReply.cuffPressure(mmHg: mmHg).encoded)
  }

  /// A determination without a letter at its end: up for 4 s, flat for 16 s.
  private func measured(_ start: Int, _ after: [(Int, DriverInput)]) -> [(Int, DriverInput)] {
    [(start, .order(.start)), (start, begun)]
      + (1...20).map { (start + $0, cuff(at: $0 < 5 ? 40 * (5 - $0) : 2)) }
      + after.map { (start + $0, $1) }
  }

  @Test func `the result is asked for when the cuff has been flat for 10 s`() {
    var lone = LoneCuff(model)
    for (second, input) in measured(1, []) where second <= 16 {
      #expect(!lone.sent.contains(SunTechCommand.getResult.encoded))
      lone.take(input, at: .seconds(second))
    }
    lone.pass(to: .milliseconds(16_099))
    #expect(!lone.sent.contains(SunTechCommand.getResult.encoded))
    lone.pass(to: .milliseconds(16_100))
    #expect(lone.sent.last == SunTechCommand.getResult.encoded)
    lone.take(result, at: .seconds(17))
    lone.pass(to: .seconds(400))
    #expect(lone.heard.outcomes == [.result(pressure)])
    #expect(!lone.sent.contains(SunTechCommand.abort.encoded))
  }

  @Test func `a cuff that was never up is not done`() {
    var lone = LoneCuff(model)
    lone.take(.order(.start), at: .seconds(1))
    lone.take(begun, at: .seconds(1))
    for second in 2...100 { lone.take(cuff(at: second % 3), at: .seconds(second)) }
    #expect(!lone.sent.contains(SunTechCommand.getResult.encoded))
  }

  @Test func `a pause between two attempts is not the end`() {
    var lone = LoneCuff(model)
    lone.take(.order(.start), at: .seconds(1))
    lone.take(begun, at: .seconds(1))
    for second in 2...100 { lone.take(cuff(at: second % 20 < 9 ? 1 : 90), at: .seconds(second)) }
    #expect(!lone.sent.contains(SunTechCommand.getResult.encoded))
  }

  @Test func `the same numbers again are old ones when nobody said that they are new`() {
    // Asked for 15 s after the start, and answered at once.
    let script = measured(1, []).filter { $0.0 <= 16 } + [(17, result)]
    #expect(play([(0, .opened)] + script, until: 30).outcomes == [.result(pressure)])
    let again = measured(40, []).filter { $0.0 <= 55 }
    let both = play([(0, .opened)] + script + again + [(56, result)], until: 70)
    #expect(both.outcomes == [.result(pressure), .failed(.connectionLost)])
    // But a new word vouches for the same numbers.
    let vouched = play([(0, .opened)] + script + again + [(56, done), (56, result)], until: 70)
    #expect(vouched.outcomes == [.result(pressure), .result(pressure)])
  }

  @Test(arguments: ["3E 04 53 6B", "3E 04 52 6C"])
  func `a module that was reset or fell asleep is deflated`(_ text: String) {
    for seconds in [2, 6] {
      // While it measures, and while its result is asked for.
      let script =
        [(1, DriverInput.order(.start)), (1, begun), (5, done)]
        .filter { $0.0 <= seconds } + [(seconds, .bytes(hex(text)))]
      var lone = LoneCuff(model)
      for (second, input) in script { lone.take(input, at: .seconds(second)) }
      #expect(lone.sent.last == SunTechCommand.abort.encoded)
      lone.take(.bytes(SunTechReply.letter(.aborted).encoded), at: .seconds(seconds))
      #expect(lone.heard == [.inflating, .failed(.hardware)])
    }
  }

  @Test func `a busy module is asked again for its result`() {
    var lone = LoneCuff(model)
    let busy = DriverInput.bytes(SunTechReply.letter(.busy).encoded)
    for (second, input) in [(1, .order(.start)), (1, begun), (5, done), (5, busy)] {
      lone.take(input, at: .seconds(second))
    }
    lone.pass(to: .seconds(6))
    #expect(lone.sent.suffix(2).allSatisfy { $0 == SunTechCommand.getResult.encoded })
    lone.take(result, at: .seconds(6))
    lone.pass(to: .seconds(7))
    #expect(lone.heard == [.inflating, .result(pressure)])
  }

  @Test func `a module busy with a determination of ours that we lost is deflated`() {
    var lone = LoneCuff(model)
    lone.take(.order(.start), at: .seconds(1))
    lone.pass(to: .seconds(10))
    #expect(lone.heard == [.failed(.noAnswer)])
    let count = lone.sent.count
    lone.take(.order(.start), at: .seconds(11))
    lone.take(.bytes(SunTechReply.letter(.busy).encoded), at: .seconds(11))
    let commands: [SunTechCommand] = [.start, .abort]
    #expect(lone.sent.dropFirst(count) == commands.map(\.encoded)[...])
  }

  private func play(_ script: [(Int, DriverInput)], until end: Int = 20) -> [Determination] {
    play(model.makeDriver(), script, until: end)
  }

  private func play(_ prototype: some Driver, _ script: [(Int, DriverInput)], until end: Int)
    -> [Determination]
  {
    var driver = prototype
    var heard: [Determination] = []
    func note(_ instant: Instant, _ output: DriverOutput) {
      if case .determination(let one) = output { heard.append(one) }
    }
    for (second, input) in script { driver.handle(input, at: .seconds(second), emit: note) }
    driver.advance(to: .seconds(end), emit: note)
    return heard
  }
}
