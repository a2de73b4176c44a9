import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `A download from a Contec with 5-byte frames` {
  private let model = Catalog.model(id: "contec-5")!
  private let download = hex("F5 F5")
  private let resume = hex("F6 F6 F6")
  private let head = "F2 80 00 F2 80 00 F2 80 00 "

  private let patient = SimulatedPatient(
    oximetry: { _ in Course.reading(97, 72, 350) },
    determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })

  @Test func `brings every second in order and without a date, and live data after`() throws {
    var bedside = try #require(Bedside(downloading: model, patient: patient))
    bedside.open()
    bedside.pass(.seconds(5))
    #expect(bedside.sent == [download, resume])
    #expect(bedside.stored.count == 20)
    #expect(bedside.stored.allSatisfy { $0.deviceTime == nil })
    #expect(bedside.stored[8].value == .oximetry(reading(88, 131)))
    #expect(bedside.stored[11].value == .oximetry(OximeterReading(status: .sensorOff)))
    #expect(bedside.readings.count > 200)
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  private func reading(_ saturation: Int, _ rate: Int) -> OximeterReading {
    OximeterReading(
      saturation: Saturation(percent: saturation), pulseRate: PulseRate(perMinute: rate))
  }

  private func play(_ inputs: [(Int64, String)], until end: Int64) -> Script {
    let script = inputs.map { (Instant.milliseconds($0), DriverInput.bytes(hex($1))) }
    return Script(model.makeDownloader!(), [(.zero, .opened)] + script, until: .milliseconds(end))
  }

  private func stored(_ script: Script) -> [StoredReading.Value] {
    script.outputs.compactMap { if case .stored(let one) = $0.output { one.value } else { nil } }
  }

  /// Five seconds: 98/63 four times, 97/131 with the rate's bit 7.
  private let seconds = "F0 BF 62 F0 BF 62 F0 BF 62 F0 BF 62 F1 83 61"
  private let live = "C5 3E 08 48 61"

  @Test func `reads the length, the seconds, and then asks for live data`() {
    let script = play([(100, head + "80 80 0E" + seconds), (400, live)], until: 1500)
    #expect(
      stored(script)
        == Array(repeating: .oximetry(reading(98, 63)), count: 4) + [.oximetry(reading(97, 131))])
    #expect(script.sent.map(\.bytes) == [download, resume])
    #expect(script.readings.map { $0.saturation?.percent } == [97])
  }

  @Test(arguments: [
    ("80 AA 17", 1800), ("81 A8 5F", 7200),
  ])
  func `reads lengths`(_ length: String, _ seconds: Int) {
    let data = Array(repeating: hex("F0 BF 62"), count: seconds + 9).flatMap(\.self)
    var bytes = hex(head + length)
    bytes += data
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(100), .bytes(bytes)),
    ]
    let script = Script(model.makeDownloader!(), inputs, until: .milliseconds(200))
    #expect(stored(script).count == seconds)
  }

  @Test func `a live frame that was on its way is a reading`() {
    let script = play(
      [(10, live + live), (100, "C5 3E" + head + "80 80 0E" + seconds)], until: 1000)
    #expect(script.readings.count == 2)
    #expect(stored(script).count == 5)
  }

  @Test(arguments: [
    // In the seconds, in the length, in the start; or nothing at all.
    "F2 80 00 F2 80 00 F2 80 00 80 80 0E F0 BF 62 F0 BF 62 F0 62 F0 BF 62 F1 83 61",
    "F2 80 00 F2 80 00 F2 80 00 80 80 0E F0 BF 62 F0 F1 BF 62 F0 BF 62 F0 BF 62 F1 83 61",
    "F2 80 00 F2 80 00 F2 80 00 80 0E F0 BF 62 F0 BF 62 F0 BF 62 F0 BF 62 F1 83 61",
    "F2 80 00 F2 80 00 80 80 0E F0 BF 62 F0 BF 62 F0 BF 62 F0 BF 62 F1 83 61", "", "F2 80 00",
  ])
  func `damage has the recording read again, and no second told twice`(_ damaged: String) {
    let script = play(
      [(100, damaged), (1700, live + live), (2000, head + "80 80 0E" + seconds), (2500, live)],
      until: 4000)
    #expect(
      stored(script)
        == Array(repeating: .oximetry(reading(98, 63)), count: 4) + [.oximetry(reading(97, 131))])
    #expect(script.sent.map(\.bytes).filter { $0 == download }.count == 2)
    #expect(script.sent.last?.bytes == resume)
  }

  @Test func `gives up after three questions without an answer`() {
    let script = play((0..<20).map { ($0 * 500 + 90, live + live) }, until: 12_000)
    #expect(script.sent.map(\.bytes).filter { $0 == download }.count == 3)
    #expect(script.sent.last?.bytes == resume)
    #expect(script.readings.count == 40)
  }

  @Test func `one byte wrong invents no second`() {
    let whole = hex(head + "80 80 0E" + seconds)
    let told = Set(stored(play([(100, head + "80 80 0E" + seconds)], until: 900)))
    for index in whole.indices {
      for edit in [whole[index], 0x00, 0x3E, 0x7F, 0x80, 0xF0, 0xF1, 0xF2, 0xFF] {
        var bytes = whole
        bytes.insert(edit, at: index)
        #expect(told.isSuperset(of: once(bytes)), "\(edit) at \(index)")
      }
      var bytes = whole
      bytes.remove(at: index)
      #expect(told.isSuperset(of: once(bytes)), "removed \(index)")
    }
  }

  private func once(_ bytes: [UInt8]) -> [StoredReading.Value] {
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(100), .bytes(bytes)),
    ]
    return stored(Script(model.makeDownloader!(), inputs, until: .milliseconds(900)))
  }

  @Test func `is the same however it is called`() throws {
    var bedside = try #require(Bedside(downloading: model, patient: patient))
    bedside.open()
    bedside.pass(.seconds(2))
    let chunks = bedside.received.map { ($0.instant, DriverInput.bytes($0.bytes)) }
    let makeDownloader = try #require(model.makeDownloader)
    let driver = makeDownloader()
    check(driver, [(.zero, .opened)] + chunks)
    // And where every answer comes late, or is damaged.
    let late = chunks.map { ($0.0 + .milliseconds(1300), $0.1) }
    check(driver, [(.zero, .opened)] + late)
    let halved = bedside.received.map { chunk in
      (chunk.instant, DriverInput.bytes(Array(chunk.bytes.dropFirst(chunk.bytes.count / 2))))
    }
    check(driver, [(.zero, .opened)] + halved)
  }

  private func check(_ driver: some Driver, _ script: [(Instant, DriverInput)]) {
    expectMachineLaws(of: driver, script: script, until: .seconds(9), tick: .milliseconds(7))
  }
}
