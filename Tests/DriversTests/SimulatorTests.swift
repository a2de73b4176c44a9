import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `A simulated oximeter` {
  static let oximeters = Proven.streaming

  private func patient(
    _ oximetry: @escaping @Sendable (Instant) -> OximeterReading?
  ) -> SimulatedPatient {
    SimulatedPatient(
      oximetry: oximetry,
      determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })
  }

  @Test(arguments: oximeters.filter { $0.nominalFramesPerSecond >= 1 })
  func `keeps its rate for an hour without drift`(_ model: Model) throws {
    let rate = Int(model.nominalFramesPerSecond)
    let one = Course.reading(97, 72, 350)
    var bedside = Bedside(
      model, patient: patient { $0 < .seconds(2) || $0 >= .seconds(3599) ? one : nil })
    bedside.open()
    bedside.pass(.seconds(3600))
    // In between the cable is out, but the time base runs on.
    let last = try #require(bedside.received.last { $0.instant < .seconds(3600) })
    let elapsed = Int64(rate - 1) * 1_000_000_000 / Int64(rate)
    #expect(last.instant.nanoseconds == 3_599_000_000_000 + elapsed)
    // A device that waits to be asked begins within the first second.
    let second = bedside.received.filter { (.seconds(1)..<(.seconds(2))).contains($0.instant) }
    #expect(second.count == rate)
  }

  @Test(arguments: oximeters)
  func `says nothing while its cable is out`(_ model: Model) {
    let one = Course.reading(97, 72, 350)
    var bedside = Bedside(
      model, patient: patient { (5..<10).contains($0.milliseconds / 1000) ? nil : one })
    bedside.open()
    bedside.pass(.seconds(20))
    #expect(bedside.received.allSatisfy { !(5..<10).contains($0.instant.milliseconds / 1000) })
    #expect(bedside.driver.account.damagedBytes == 0)
    let last = bedside.readings.last { $0.carriesNumerics }
    #expect(last?.saturation?.percent == 97)
  }

  @Test(arguments: oximeters, Course.stretches.indices)
  func `is understood by its driver`(_ model: Model, _ stretch: Int) throws {
    let said = Course.stretches[stretch]
    var bedside = Bedside(model, patient: patient { _ in said })
    bedside.open()
    bedside.pass(.seconds(6))
    let heard = try #require(bedside.readings.last { $0.carriesNumerics })
    #expect(heard.saturation == said.saturation)
    #expect(heard.pulseRate == said.pulseRate)
    #expect(heard.perfusionIndex == (model.reportsPerfusionIndex ? said.perfusionIndex : nil))
    let expressible = said.status.intersection(model.reports)
    #expect(expressible.isSubset(of: heard.status), "\(heard.status.names)")
    #expect(heard.isUsable == said.isUsable || !said.status.isSubset(of: model.reports))
  }

  @Test(arguments: oximeters.filter { $0.nominalFramesPerSecond > 1 })
  func `beats at its pulse rate`(_ model: Model) {
    let one = Course.reading(97, 72, 350)
    var bedside = Bedside(model, patient: patient { _ in one })
    bedside.open()
    bedside.pass(.seconds(60))
    let beats = bedside.readings.map { $0.status.contains(.beat) }
    let rises = zip(beats, beats.dropFirst()).filter { !$0 && $1 }.count
    #expect((71...73).contains(rises))
  }

  @Test func `of Contec falls silent 30 s after it was last asked`() {
    var simulator = OneDevice(
      Catalog.model(id: "contec-v7")!.makeSimulator(
        patient { _ in Course.reading(97, 72, 350) }))
    simulator.hear(.opened, at: .zero)
    simulator.pass(to: .seconds(2))
    #expect(simulator.said.isEmpty)
    simulator.hear(.bytes(ContecV7Command.startLive.encoded), at: .seconds(2))
    simulator.pass(to: .seconds(20))
    simulator.hear(.bytes(ContecV7Command.keepAlive.encoded), at: .seconds(20))
    simulator.pass(to: .seconds(90))
    // From the frame after the question to the one before the 30 s are over.
    #expect(simulator.said.count == 48 * 60 - 1)
  }

  @Test(arguments: [
    (ContecV7Command.protocolVersion, "06 80 80 87"), (.stopLive, "0C 80"),
    (.stopTransfer, "0C 80"), (.perfusionSupport, "0E 80 80"),
    (.model, "02 80 80 B5 B0 C4 A8 C1 A9 02 81 FF AB A0 A0 A0 A0 A0"),
    (.storagePresent, "11 80 81 81 80 80 80 80 80"),
  ])
  func `of Contec answers`(_ command: ContecV7Command, _ answer: String) {
    var simulator = OneDevice(
      Catalog.model(id: "contec-v7")!.makeSimulator(patient { _ in nil }))
    simulator.hear(.opened, at: .zero)
    // However the command is chunked, and behind a broken one.
    simulator.hear(.bytes(hex("7D 81 A1")), at: .zero)
    for byte in command.encoded { simulator.hear(.bytes([byte]), at: .zero) }
    #expect(simulator.said == [hex(answer)])
  }
}

/// A simulator and what it said.
private struct OneDevice {
  private var simulator: any Simulator
  private(set) var said: [[UInt8]] = []

  init(_ simulator: any Simulator) { self.simulator = simulator }

  mutating func hear(_ input: SimulatorInput, at instant: Instant) {
    var said = said
    simulator.handle(input, at: instant) { said.append($1) }
    self.said = said
  }

  mutating func pass(to instant: Instant) {
    var said = said
    simulator.advance(to: instant) { said.append($1) }
    self.said = said
  }
}
