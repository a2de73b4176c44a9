import Drivers
import TestKit
import Testing
import Vitals

/// The driver against the simulated monitor, and against frames at the wrong time.
@Suite struct `IntelliVue, in dialogue` {
  private let model = Catalog.model(id: "intellivue")!

  private func patient(
    oximetry: @escaping @Sendable (Instant) -> OximeterReading? = { _ in
      Course.reading(97, 72, 350)
    },
    pressure: @escaping @Sendable (Instant) -> (at: Instant, pressure: BloodPressure)? = { _ in
      nil
    }
  ) -> SimulatedPatient {
    SimulatedPatient(
      oximetry: oximetry,
      determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) },
      lastPressure: pressure)
  }

  private func kinds(_ sent: [[UInt8]]) -> [UInt8] {
    sent.compactMap { IntelliVueFrame.payload(of: $0.span)?.first }
  }

  @Test func `releases, associates, confirms, and polls once a second`() {
    var bedside = Bedside(model, patient: patient())
    bedside.open()
    bedside.pass(.milliseconds(10_600))
    let sent = bedside.sent
    #expect(
      sent.prefix(4) == [
        IntelliVueRequest.release.encoded, IntelliVueRequest.associate.encoded,
        IntelliVueRequest.confirm(invoke: 1, type: 0x0D06).encoded,
        IntelliVueRequest.poll(number: 1).encoded,
      ])
    // From 0.5 s on.
    #expect(sent.dropFirst(3).count == 11)
    #expect(bedside.readings.count == 11)
    #expect(bedside.readings.allSatisfy { $0 == Course.reading(97, 72, 350) })
    let identities = bedside.outputs.map(\.output).filter {
      $0 == .identified(DeviceIdentity(model: "Philips M8000"))
    }
    #expect(identities.count == 1)
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  @Test(arguments: Course.stretches.indices)
  func `understands the simulated monitor`(_ stretch: Int) throws {
    let said = Course.stretches[stretch]
    var bedside = Bedside(model, patient: patient(oximetry: { _ in said }))
    bedside.open()
    bedside.pass(.seconds(3))
    let heard = try #require(bedside.readings.last)
    #expect(heard.isUsable == said.isUsable)
    if said.isUsable {
      #expect(heard.saturation == said.saturation)
      #expect(heard.pulseRate == said.pulseRate)
      #expect(heard.perfusionIndex == said.perfusionIndex)
    }
  }

  @Test func `a monitor in demonstration gives no number`() {
    let demo = Course.reading(95, 60, 1000, .demonstration)
    var bedside = Bedside(model, patient: patient(oximetry: { _ in demo }))
    bedside.open()
    bedside.pass(.seconds(10))
    #expect(bedside.readings.count > 5)
    #expect(bedside.readings.allSatisfy { $0 == OximeterReading(status: .demonstration) })
  }

  @Test func `a pressure that stood there already is old; the next is new, and counts once`() {
    let old = Course.pressure(118, 71, 90, 66)
    let new = Course.pressure(152, 96, 118, 91)
    var bedside = Bedside(
      model,
      patient: patient(pressure: {
        $0 < .seconds(60) ? (.seconds(-600), old) : (.seconds(60), new)
      }))
    bedside.open()
    bedside.pass(.seconds(59))
    #expect(bedside.determinations.isEmpty)
    bedside.pass(.seconds(60))
    #expect(bedside.determinations == [.result(new)])
    let at = bedside.outputs.first { $0.output == .determination(.result(new)) }?.instant
    #expect(at.map { (Instant.seconds(60)...Instant.seconds(62)).contains($0) } == true)
  }

  @Test func `the same numbers at another time are another determination`() {
    let one = Course.pressure(118, 71, 90, 66)
    var bedside = Bedside(
      model,
      patient: patient(pressure: { now in
        let minute = now.nanoseconds / 60_000_000_000
        return minute == 0 ? nil : (.seconds(Int(minute) * 60), one)
      }))
    bedside.open()
    bedside.pass(.seconds(200))
    #expect(bedside.determinations == [.result(one), .result(one), .result(one)])
  }

  @Test func `after the line was open anew, what stands there is old again`() {
    let one = Course.pressure(118, 71, 90, 66)
    var bedside = Bedside(
      model,
      patient: patient(pressure: { $0 < .seconds(10) ? nil : (.seconds(10), one) }))
    bedside.open()
    bedside.pass(.seconds(20))
    #expect(bedside.determinations == [.result(one)])
    bedside.close()
    bedside.pass(.seconds(20))
    bedside.open()
    bedside.pass(.seconds(20))
    #expect(bedside.determinations == [.result(one)])
    // The monitor, still associated, was released first.
    #expect(kinds(bedside.sent).filter { $0 == 0x09 }.count == 2)
    #expect(bedside.readings.count > 30)
  }

  @Test func `a monitor whose cable comes back is associated again`() {
    var bedside = Bedside(
      model,
      patient: patient(oximetry: {
        (20..<80).contains($0.milliseconds / 1000) ? nil : Course.reading(97, 72, 350)
      }))
    bedside.open()
    bedside.pass(.seconds(79))
    let before = bedside.outputs.last {
      if case .oximetry = $0.output { true } else { false }
    }
    // An answer may come at the very instant of the cable.
    #expect(before.map { $0.instant < .seconds(21) } == true)
    let count = bedside.readings.count
    bedside.pass(.seconds(12))
    #expect(bedside.readings.count > count)
  }

  @Test func `an association without polls ends after 10 s`() {
    var simulator = model.makeSimulator(patient())
    var said: [(Instant, [UInt8])] = []
    simulator.handle(.opened, at: .zero) { said.append(($0, $1)) }
    simulator.handle(.bytes(IntelliVueRequest.poll(number: 1).encoded), at: .zero) {
      said.append(($0, $1))
    }
    #expect(said.isEmpty)
    simulator.handle(.bytes(IntelliVueRequest.associate.encoded), at: .zero) {
      said.append(($0, $1))
    }
    #expect(kinds(said.map(\.1)) == [0x0E, 0xE1])
    simulator.handle(.bytes(IntelliVueRequest.poll(number: 7).encoded), at: .seconds(4)) {
      said.append(($0, $1))
    }
    simulator.advance(to: .seconds(60)) { said.append(($0, $1)) }
    #expect(kinds(said.map(\.1)) == [0x0E, 0xE1, 0xE1, 0x19])
    #expect(said.last?.0 == .seconds(14))
  }

  // What a monitor may say at the wrong time, given straight to the driver.

  @Test func `nobody there is asked every 5 s`() {
    let heard = play([(.zero, .opened)], until: .seconds(120))
    let requests = heard.filter { $0.1 == .send(IntelliVueRequest.associate.encoded) }.map(\.0)
    #expect(
      requests.map(\.milliseconds)
        == (0..<24).map { 500 + $0 * 5000 })
    // Each behind a release; the last one's request is still to come.
    #expect(heard.count == 2 * requests.count + 1)
  }

  @Test(arguments: [IntelliVueEncoder.refused, IntelliVueEncoder.aborted])
  func `a monitor that will not is asked again, not at once`(_ answer: [UInt8]) {
    let heard = play(
      [(.zero, .opened), (.milliseconds(600), frame(answer))], until: .milliseconds(5600))
    let requests = heard.filter { $0.1 == .send(IntelliVueRequest.associate.encoded) }.map(\.0)
    #expect(requests.map(\.milliseconds) == [500, 5500])
  }

  @Test func `an abort ends the polls, and begins again`() {
    let heard = play(
      [
        (.zero, .opened), (.milliseconds(600), frame(IntelliVueEncoder.accepted)),
        (.milliseconds(2700), frame(IntelliVueEncoder.aborted)),
      ], until: .milliseconds(5200))
    let sent = kinds(heard.compactMap { if case .send(let bytes) = $0.1 { bytes } else { nil } })
    #expect(sent == [0x09, 0x0D, 0xE1, 0xE1, 0x09])
  }

  @Test func `an answer to a release is not waited for long, but taken`() {
    let heard = play(
      [(.zero, .opened), (.milliseconds(100), frame(IntelliVueEncoder.released))],
      until: .milliseconds(200))
    #expect(heard.last?.0 == .milliseconds(100))
    #expect(heard.last?.1 == .send(IntelliVueRequest.associate.encoded))
  }

  @Test func `a monitor that answers no poll is released after 5 s`() {
    let heard = play(
      [(.zero, .opened), (.milliseconds(600), frame(IntelliVueEncoder.accepted))],
      until: .milliseconds(5700))
    #expect(heard.last?.0 == .milliseconds(5600))
    #expect(heard.last?.1 == .send(IntelliVueRequest.release.encoded))
  }

  @Test func `only the last two polls can be answered, and each once`() {
    let answers = (1...3).map { result(UInt16($0), [Self.saturation, Self.pulse]) }
    let heard = play(
      Self.associated + [
        // Polls went out at 1.6, 2.6 and 3.6 s.
        (.milliseconds(3700), answers[0]), (.milliseconds(3710), answers[1]),
        (.milliseconds(3720), answers[1]), (.milliseconds(3730), answers[2]),
        (.milliseconds(3740), answers[2]), (.milliseconds(3750), result(9, [Self.saturation])),
      ], until: .seconds(4))
    #expect(readings(heard).map(\.0.milliseconds) == [3710, 3730])
  }

  @Test func `what was not asked for is not believed`() {
    let answer = result(1, [Self.saturation, Self.pulse])
    #expect(readings(play([(.zero, answer)], until: .seconds(1))).isEmpty)
    #expect(readings(play([(.zero, .opened), (.zero, answer)], until: .seconds(1))).isEmpty)
    #expect(
      readings(play([(.zero, .opened), (.milliseconds(700), answer)], until: .seconds(1))).isEmpty)
    #expect(readings(play(Self.associated + [(.seconds(1), answer)], until: .seconds(1))).isEmpty)
  }

  @Test func `a monitor without SpO2 has no sensor`() {
    let heard = play(
      Self.associated + [(.milliseconds(1700), result(1, [Self.pulse]))], until: .seconds(2))
    #expect(readings(heard).map(\.1) == [OximeterReading(status: .sensorDisconnected)])
  }

  @Test func `linked results are one; with one lost they are none`() {
    let parts = [
      linked(1, 1, [Self.saturation]), linked(2, 2, [Self.pulse]), linked(3, 3, [Self.perfusion]),
      result(1, []),
    ]
    for missing in [nil, 0, 1, 2, 3] as [Int?] {
      let script = parts.enumerated().filter { $0.offset != missing }.map {
        (Instant.milliseconds(1700 + Int64($0.offset)), $0.element)
      }
      let heard = readings(play(Self.associated + script, until: .seconds(2))).map(\.1)
      #expect(heard == (missing == nil ? [Course.reading(98, 60, 350)] : []), "\(missing ?? -1)")
    }
  }

  @Test func `linked results of another poll are not mixed in`() {
    let heard = play(
      Self.associated + [
        (.milliseconds(1700), linked(1, 1, [Self.saturation])),
        (.milliseconds(2700), linked(2, 2, [Self.pulse], poll: 2)),
        (.milliseconds(2710), result(2, [])),
      ], until: .seconds(3))
    #expect(readings(heard).isEmpty)
  }

  private static let saturation = "4BB8 0000 0220 FF0003D6"
  private static let pulse = "4822 0000 0AA0 0000003C"
  private static let perfusion = "4BB0 0000 0200 FE00015E"
  private static let associated: [(Instant, DriverInput)] = [
    (.zero, .opened),
    (.milliseconds(600), .bytes(IntelliVueFrame.encode(IntelliVueEncoder.accepted))),
  ]

  private func frame(_ payload: [UInt8]) -> DriverInput { .bytes(IntelliVueFrame.encode(payload)) }

  private func result(_ poll: UInt16, _ values: [String]) -> DriverInput {
    frame(IntelliVueEncoder.pollResult(poll, time: 0, observations(values)))
  }

  private func linked(_ state: UInt8, _ count: UInt8, _ values: [String], poll: UInt16 = 1)
    -> DriverInput
  {
    frame(
      IntelliVueEncoder.pollResult(
        poll, link: .init(state: state, count: count), time: 0, observations(values)))
  }

  private func observations(_ values: [String]) -> [IntelliVueEncoder.Observation] {
    values.compactMap(IntelliVueValue.init(hex:)).map {
      IntelliVueEncoder.Observation(handle: 1, values: [$0])
    }
  }

  private func readings(_ heard: [(Instant, DriverOutput)]) -> [(Instant, OximeterReading)] {
    heard.compactMap { if case .oximetry(let one) = $0.1 { ($0.0, one) } else { nil } }
  }

  private func play(_ script: [(Instant, DriverInput)], until end: Instant)
    -> [(Instant, DriverOutput)]
  {
    play(model.makeDriver(), script, until: end)
  }

  private func play(
    _ prototype: some Driver, _ script: [(Instant, DriverInput)], until end: Instant
  ) -> [(Instant, DriverOutput)] {
    var driver = prototype
    var heard: [(Instant, DriverOutput)] = []
    for (instant, input) in script {
      driver.handle(input, at: instant) { heard.append(($0, $1)) }
    }
    driver.advance(to: end) { heard.append(($0, $1)) }
    return heard
  }
}
