import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `Selecting a Nonin format` {
  private static let models = ["nonin-2", "nonin-7", "nonin-8", "nonin-13"]
    .map { Catalog.model(id: $0)! }
  private static let streams = models.filter { $0.nominalFramesPerSecond > 0 }

  private static func format(of model: Model) -> NoninSelect.Format {
    switch model.id {
    case "nonin-2": .two
    case "nonin-7": .seven
    case "nonin-8": .eight
    default: .thirteen
    }
  }

  private func command(_ model: Model, _ form: NoninSelect.Form) -> [UInt8] {
    NoninSelect(format: Self.format(of: model), form: form).encoded
  }

  private let patient = SimulatedPatient(
    oximetry: { _ in Course.reading(97, 72, 350) },
    determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })

  private func bedside(
    _ model: Model, start: SimulatedNonin.Start, accepts: Set<NoninSelect.Form>
  ) -> Bedside {
    let device = SimulatedNonin(format: Self.format(of: model), start: start, accepts: accepts)
    var bedside = Bedside(model, patient: patient, device: device.simulator(patient))
    bedside.open()
    return bedside
  }

  private func number(_ bedside: Bedside) -> Int? {
    bedside.readings.last { $0.carriesNumerics }?.saturation?.percent
  }

  @Test(
    arguments: [
      (.two, .plain, "02 70 02 02 02 03"), (.seven, .plain, "02 70 02 02 07 03"),
      (.eight, .plain, "02 70 02 02 08 03"), (.thirteen, .plain, "02 70 02 02 0D 03"),
      // Without spot checks, and with Bluetooth, which may be the line.
      (.seven, .extended, "02 70 04 02 07 21 9E 03"),
      (.thirteen, .extended, "02 70 04 02 0D 61 E4 03"),
    ] as [(NoninSelect.Format, NoninSelect.Form, String)])
  func `has a command`(
    _ format: NoninSelect.Format, _ form: NoninSelect.Form, _ text: String
  ) {
    let select = NoninSelect(format: format, form: form)
    #expect(select.encoded == hex(text))
    let read = NoninSelect(hex(text).span)
    #expect(read == select)
  }

  @Test func `reads the command of the page, and none with a wrong checksum`() {
    let good = NoninSelect(hex("02 70 04 02 07 41 BE 03").span)
    #expect(good == NoninSelect(format: .seven, form: .extended))
    for wrong in ["02 70 04 02 07 41 BF 03", "02 70 02 02 09 03", "02 70 02 02 07 07"] {
      let isNone = NoninSelect(hex(wrong).span) == nil
      #expect(isNone, "\(wrong)")
    }
  }

  @Test(arguments: models)
  func `is left alone where the device sends it already`(_ model: Model) {
    var bedside = bedside(model, start: .ready, accepts: [.plain, .extended])
    bedside.pass(.seconds(60))
    #expect(bedside.sent.isEmpty)
    #expect(number(bedside) == 97)
  }

  @Test(arguments: models)
  func `begins after three seconds of silence`(_ model: Model) {
    var bedside = bedside(model, start: .silent, accepts: [.plain])
    bedside.pass(.milliseconds(2999))
    #expect(bedside.sent.isEmpty)
    bedside.pass(.seconds(60))
    #expect(bedside.sent == [command(model, .plain)])
    #expect(number(bedside) == 97)
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  @Test(arguments: models)
  func `takes the other form to a device that refuses the first`(_ model: Model) {
    var bedside = bedside(model, start: .silent, accepts: [.extended])
    bedside.pass(.seconds(60))
    #expect(bedside.sent == [command(model, .plain), command(model, .extended)])
    #expect(number(bedside) == 97)
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  @Test(arguments: streams, [NoninSelect.Form.plain, .extended])
  func `turns a device that sends another format`(_ model: Model, _ form: NoninSelect.Form) {
    var bedside = bedside(model, start: .otherFormat, accepts: [form])
    bedside.pass(.milliseconds(2990))
    #expect(bedside.readings.allSatisfy { $0.saturation == nil })
    bedside.pass(.seconds(20))
    let sent: [[UInt8]] = [command(model, .plain), command(model, .extended)]
    #expect(bedside.sent == Array(sent.prefix(bedside.sent.count)))
    #expect(bedside.sent.contains(command(model, form)))
    #expect(number(bedside) == 97)
  }

  @Test(arguments: models)
  func `asks a device that says nothing again and again, and ever less often`(_ model: Model) {
    let script = Script(model.makeDriver(), [(.zero, .opened)], until: .seconds(215))
    let plain = command(model, .plain)
    let extended = command(model, .extended)
    #expect(script.sent.map(\.bytes) == (0..<8).flatMap { _ in [plain, extended] })
    #expect(
      script.sent.map(\.instant.milliseconds)
        == [3000, 6300, 11_900, 22_100, 41_500, 79_300, 144_300, 209_300].flatMap {
          [$0, $0 + 1000]
        })
  }

  @Test(arguments: streams)
  func `waits for the data after "accepted", and asks again without it`(_ model: Model) {
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(3100), .bytes([0x06])),
      (.milliseconds(5600), .bytes([0x15])), (.milliseconds(5700), .bytes([0x06])),
    ]
    let driver = model.makeDriver()
    let script = Script(driver, inputs, until: .milliseconds(6000))
    // Both answers were settled by 50 ms of silence.
    #expect(script.sent.map(\.instant.milliseconds) == [3000, 5450, 5650])
    #expect(
      script.sent.map(\.bytes)
        == [command(model, .plain), command(model, .plain), command(model, .extended)])
  }

  @Test func `is done with "accepted" where a device sends nothing until a finger comes`() {
    let model = Catalog.model(id: "nonin-13")!
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(3100), .bytes([0x06])),
    ]
    let script = Script(model.makeDriver(), inputs, until: .seconds(600))
    #expect(script.sent.count == 1)
  }

  @Test(arguments: models)
  func `counts an answer as a frame of its own`(_ model: Model) {
    for answer: UInt8 in [0x06, 0x15] {
      let alone = Decoded(model, [[answer]])
      #expect(alone.account.frames == 1)
      #expect(alone.account.damagedBytes == 0)
      #expect(alone.outputs.isEmpty)
      let fixture = Fixture(model)
      let before = Decoded(model, [[answer] + fixture.bytes])
      #expect(before.account.frames == fixture.decoded.account.frames + 1)
      #expect(before.account.damagedBytes == 0)
      #expect(before.outputs == fixture.decoded.outputs)
    }
  }

  @Test(arguments: models)
  func `says nothing on a closed line`(_ model: Model) {
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .bytes([0x15])), (.seconds(10), .opened), (.seconds(12), .closed),
      (.seconds(20), .bytes([0x15])),
    ]
    #expect(Script(model.makeDriver(), inputs, until: .seconds(100)).sent.isEmpty)
  }

  @Test func `is not for a device whose format a jumper sets`() {
    let model = Catalog.model(id: "nonin-1")!
    #expect(Script(model.makeDriver(), [(.zero, .opened)], until: .seconds(100)).sent.isEmpty)
  }
}
