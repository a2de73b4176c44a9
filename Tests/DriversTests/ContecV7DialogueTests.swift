import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `The Contec V7 dialogue` {
  private let model = Catalog.model(id: "contec-v7")!
  private let healthy = SimulatedPatient(
    oximetry: { _ in Course.reading(97, 72, 350) },
    determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })
  private let questions = [
    ContecV7Command.stopTransfer, .stopLive, .protocolVersion, .storagePresent,
    .perfusionSupport, .model,
  ].map(\.encoded)
  private let ask = ContecV7Command.startLive.encoded
  private let keepAlive = ContecV7Command.keepAlive.encoded
  private let live = DriverInput.bytes(hex("01 E0 85 B3 96 C1 E1 FF FF"))

  @Test func `asks who is there, then for live data, and keeps it alive every 5 s`() {
    var bedside = Bedside(model, patient: healthy)
    bedside.open()
    bedside.pass(.seconds(61))
    #expect(bedside.sent == questions + [ask] + Array(repeating: keepAlive, count: 12))
    // Each answer was settled by 50 ms of silence; all frames but the last by the one behind.
    #expect(bedside.readings.count == 61 * 60 - 18 - 1)
    #expect(bedside.readings.allSatisfy { $0.saturation?.percent == 97 })
  }

  @Test func `says who it is, once, before the first reading`() throws {
    var bedside = Bedside(model, patient: healthy)
    bedside.open()
    bedside.pass(.seconds(5))
    let said = bedside.outputs.map(\.output).filter {
      if case .send = $0 { false } else { true }
    }
    #expect(
      said.first
        == .identified(
          DeviceIdentity(
            model: "50D(A)+", firmware: "protocol 7", reportsPerfusionIndex: true)))
    let identities = said.filter { if case .identified = $0 { true } else { false } }
    #expect(identities.count == 1)
  }

  @Test func `shows a number within half a second of a device that answers`() throws {
    var bedside = Bedside(model, patient: healthy)
    bedside.open()
    bedside.pass(.seconds(5))
    let first = try #require(
      bedside.outputs.first { if case .oximetry = $0.output { true } else { false } })
    #expect(first.instant < .milliseconds(500))
  }

  /// The exchange that was recorded with the vendor's program: its answers are blank or real.
  @Test(arguments: [
    ("02 80 80 B5 B0 C4 A8 C1 A9 02 81 FF AB A0 A0 A0 A0 A0", "50D(A)+" as String?),
    ("02 80 80 A0 A0 A0 A0 A0 A0 02 81 FF A0 A0 A0 A0 A0 A0", nil),
    // Segments numbered 0 and 1.
    ("02 80 80 C3 CD D3 B5 B0 C6 02 80 81 A0 A0 A0 A0 A0 A0", "CMS50F"),
  ])
  func `reads the answers of a real device`(_ name: String, _ model: String?) {
    let answers = ["0C 80", "0C 80", "06 80 80 87", "11 80 81 81 80 80 80 80 80", "0E 80 81", name]
    let inputs = answers.enumerated().map { index, text in
      (Instant.milliseconds(Int64(index) * 100 + 20), DriverInput.bytes(hex(text)))
    }
    let script = Script(
      self.model.makeDriver(), [(.zero, .opened)] + inputs, until: .milliseconds(650))
    #expect(script.sent.map(\.bytes) == questions + [ask])
    #expect(
      script.identities == [
        DeviceIdentity(model: model, firmware: "protocol 7", reportsPerfusionIndex: false)
      ])
  }

  @Test func `passes over what is not answered, and then asks every second, then every 10 s`() {
    let script = Script(model.makeDriver(), [(.zero, .opened)], until: .seconds(41))
    #expect(script.sent.map(\.bytes) == questions + Array(repeating: ask, count: 13))
    #expect(script.sent.map { $0.instant.milliseconds / 1000 } == Array(0...16) + [26, 36])
    // Nobody is there: nobody is named.
    #expect(script.identities.isEmpty)
  }

  @Test func `an answer to an earlier question is not one to this`() {
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(2100), .bytes(hex("0C 80"))),
      (.milliseconds(2300), .bytes(hex("06 80 80 87"))),
    ]
    let script = Script(model.makeDriver(), inputs, until: .milliseconds(2400))
    #expect(script.sent.map(\.bytes) == Array(questions.prefix(4)))
    #expect(script.sent.map(\.instant.milliseconds) == [0, 1000, 2000, 2350])
  }

  @Test func `live data counts while the questions are open`() {
    let inputs = (0..<100).map { (Instant.milliseconds(500 + $0 * 17), live) }
    let script = Script(model.makeDriver(), [(.zero, .opened)] + inputs, until: .seconds(9))
    #expect(script.readings.count == 100)
    #expect(script.readings.allSatisfy { $0.saturation?.percent == 97 })
    #expect(script.sent.prefix(7).map(\.bytes) == questions + [ask])
  }

  @Test func `asks again when the data stops, and goes on with the keep-alive when it is back`() {
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(6100), live), (.milliseconds(6117), live),
      (.milliseconds(8500), live), (.milliseconds(8600), live),
    ]
    let script = Script(model.makeDriver(), inputs, until: .milliseconds(9300))
    // The second frame of each pair was confirmed by silence, 50 ms after it came.
    #expect(script.sent.map(\.bytes) == questions + [ask, ask, ask])
    #expect(script.sent.suffix(3).map(\.instant.milliseconds) == [6000, 7167, 8167])
  }

  @Test func `says nothing on a closed line`() {
    let inputs: [(Instant, DriverInput)] = [
      (.zero, live), (.milliseconds(100), .bytes(hex("0C 80"))), (.seconds(2), .opened),
      (.seconds(3), .closed), (.seconds(4), live), (.seconds(5), .bytes(hex("0C 80"))),
    ]
    let script = Script(model.makeDriver(), inputs, until: .seconds(60))
    #expect(script.sent.map(\.bytes) == Array(questions.prefix(2)))
  }

  @Test func `begins anew when the line is opened anew`() {
    let inputs: [(Instant, DriverInput)] = [(.zero, .opened), (.milliseconds(2500), .opened)]
    let script = Script(model.makeDriver(), inputs, until: .seconds(4))
    #expect(script.sent.map(\.bytes) == Array(questions.prefix(3)) + Array(questions.prefix(2)))
  }
}
