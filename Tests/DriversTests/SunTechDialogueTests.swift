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
    let count = bedside.outputs.count
    bedside.open()
    bedside.pass(.seconds(60))
    #expect(bedside.outputs.count == count)
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
