import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `The Contec V7 dialogue` {
  private let model = Catalog.model(id: "contec-v7")!
  private let healthy = SimulatedPatient(
    oximetry: { _ in Course.reading(97, 72, 350) },
    determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })
  private let ask = ContecV7Command.startLive.encoded
  private let keepAlive = ContecV7Command.keepAlive.encoded

  @Test func `asks for live data and keeps it alive every 5 s`() {
    var bedside = Bedside(model, patient: healthy)
    bedside.open()
    bedside.pass(.seconds(61))
    #expect(bedside.sent == [ask] + Array(repeating: keepAlive, count: 12))
    // All but the last, which the next one will confirm.
    #expect(bedside.readings.count == 61 * 60 - 1)
    #expect(bedside.readings.allSatisfy { $0.saturation?.percent == 97 })
  }

  @Test func `asks a silent device every second, ten times, and then every 10 s`() {
    let sent = play(model.makeDriver(), [(.zero, .opened)], until: .seconds(35))
    #expect(sent.map(\.bytes) == Array(repeating: ask, count: 13))
    #expect(sent.map { $0.instant.milliseconds / 1000 } == Array(0...10) + [20, 30])
  }

  @Test func `asks again when the data stops, and goes on with the keep-alive when it is back`() {
    let live = DriverInput.bytes(hex("01 E0 85 B3 96 C1 E1 FF FF"))
    let script: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(100), live), (.milliseconds(117), live),
      (.milliseconds(2500), live), (.milliseconds(2600), live),
    ]
    let sent = play(model.makeDriver(), script, until: .milliseconds(3300))
    // The second frame of each pair was confirmed by silence, 50 ms after it came.
    #expect(sent.map(\.bytes) == [ask, ask, ask])
    #expect(sent.map(\.instant.milliseconds) == [0, 1167, 2167])
  }

  @Test func `says nothing on a closed line`() {
    let live = DriverInput.bytes(hex("01 E0 85 B3 96 C1 E1 FF FF"))
    let script: [(Instant, DriverInput)] = [
      (.zero, live), (.seconds(2), .opened), (.seconds(3), .closed), (.seconds(4), live),
    ]
    let sent = play(model.makeDriver(), script, until: .seconds(60))
    #expect(sent.map(\.bytes) == [ask, ask])
  }

  private func play(
    _ prototype: some Driver, _ script: [(Instant, DriverInput)], until end: Instant
  ) -> [(instant: Instant, bytes: [UInt8])] {
    var driver = prototype
    var sent: [(instant: Instant, bytes: [UInt8])] = []
    func note(_ instant: Instant, _ output: DriverOutput) {
      if case .send(let bytes) = output { sent.append((instant, bytes)) }
    }
    for (instant, input) in script { driver.handle(input, at: instant, emit: note) }
    driver.advance(to: end, emit: note)
    return sent
  }
}
