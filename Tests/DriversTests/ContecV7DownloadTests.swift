import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `A download from a Contec V7` {
  private let model = Catalog.model(id: "contec-v7")!
  private let patient = SimulatedPatient(
    oximetry: { _ in Course.reading(97, 72, 350) },
    determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })

  private func command(_ command: ContecV7Command, segment: UInt8 = 0) -> [UInt8] {
    command.encoded(user: 0, segment: segment)
  }

  @Test func `brings every second with its time, and leaves the device streaming`() throws {
    var bedside = try #require(Bedside(downloading: model, patient: patient))
    bedside.open()
    bedside.pass(.seconds(20))
    #expect(
      bedside.sent.prefix(7)
        == [
          command(.stopTransfer), command(.stopLive), command(.segmentCount),
          command(.segmentStart), command(.segmentLength), command(.downloadSegment),
          command(.startLive),
        ])
    #expect(Set(bedside.sent.dropFirst(7)) == [command(.keepAlive)])
    let stored = bedside.stored
    #expect(stored.count == 20)
    #expect(
      stored.indices.allSatisfy {
        stored[$0].deviceTime
          == DeviceTime(year: 2026, month: 3, day: 14, hour: 23, minute: 59, second: 50)?
          .advanced(bySeconds: $0)
      })
    #expect(stored.last?.deviceTime?.description == "2026-03-15T00:00:09")
    #expect(stored[8].value == .oximetry(reading(88, 131)))
    #expect(stored[11].value == .oximetry(OximeterReading(status: .sensorOff)))
    #expect(stored[13].value == .oximetry(OximeterReading(status: .sensorOff)))
    #expect(bedside.readings.last?.saturation?.percent == 97)
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  private func reading(_ saturation: Int, _ rate: Int, perfusion: Int? = nil) -> OximeterReading {
    OximeterReading(
      saturation: Saturation(percent: saturation), pulseRate: PulseRate(perMinute: rate),
      perfusionIndex: perfusion.flatMap(PerfusionIndex.init(hundredths:)))
  }

  /// Answers a downloader as a table says, by the command and how often it came before.
  private struct Device {
    var answers: [ContecV7Command: [String]]
    var driver: any Driver
    private(set) var sent: [[UInt8]] = []
    private(set) var outputs: [DriverOutput] = []

    init(_ model: Model, _ answers: [ContecV7Command: [String]]) {
      self.answers = answers
      driver = model.makeDownloader!()
    }

    var stored: [StoredReading] {
      outputs.compactMap { if case .stored(let one) = $0 { one } else { nil } }
    }

    /// Runs for so long; answers come 10 ms after the question.
    mutating func run(_ seconds: Int) {
      var due: [(Instant, [UInt8])] = []
      var said: [(Instant, DriverOutput)] = []
      driver.handle(.opened, at: .zero) { said.append(($0, $1)) }
      while true {
        for (instant, output) in said {
          outputs.append(output)
          guard case .send(let bytes) = output else { continue }
          sent.append(bytes)
          let command = ContecV7Command(bytes.span)!
          guard let answer = answers[command]?.first else { continue }
          if answers[command]!.count > 1 { answers[command]!.removeFirst() }
          due.append((instant + .milliseconds(10), hex(answer)))
        }
        said = []
        let next = due.map(\.0).min()
        guard let now = earliest(next, driver.nextDeadline), now <= .seconds(seconds)
        else { return }
        if let index = due.firstIndex(where: { $0.0 == now }) {
          let (instant, bytes) = due.remove(at: index)
          driver.handle(.bytes(bytes), at: instant) { said.append(($0, $1)) }
        } else {
          driver.advance(to: now) { said.append(($0, $1)) }
        }
      }
    }
  }

  private let common: [ContecV7Command: [String]] = [
    .stopTransfer: ["0C 80"], .stopLive: ["0C 80"], .segmentCount: ["0A 80 80 81"],
    .segmentStart: ["07 80 80 80 94 8E 88 92 12 80 80 80 82 A6 92 80"],
    .segmentLength: ["08 80 80 80 8A 80 80 80"],
    // Ten bytes are five seconds: the sixth is padding.
    .downloadSegment: ["0F 80 E2 BF E2 BF E2 BF 0F 80 E2 BF 80 80 80 80"],
    .startLive: ["01 E0 85 B3 96 C1 E1 FF FF"],
  ]

  @Test func `ends with the announced length, whatever the last packet is padded with`() {
    var device = Device(model, common)
    device.run(3)
    #expect(device.stored.count == 5)
    #expect(device.stored[0].deviceTime?.description == "2014-08-18T02:38:18")
    #expect(device.stored[3].deviceTime?.description == "2014-08-18T02:38:21")
    #expect(device.stored.prefix(4).allSatisfy { $0.value == .oximetry(reading(98, 63)) })
    #expect(device.stored[4].value == .oximetry(OximeterReading(status: .sensorOff)))
    #expect(device.sent.contains(command(.startLive)))
  }

  @Test func `reads seconds with a perfusion index`() {
    var answers = common
    // Eight bytes are two seconds of four.
    answers[.segmentLength] = ["08 80 80 80 88 80 80 80"]
    answers[.downloadSegment] = ["09 80 E1 C4 CE 82 09 80 E1 C4 CE 82"]
    var device = Device(model, answers)
    device.run(3)
    #expect(
      device.stored.map(\.value)
        == Array(repeating: .oximetry(reading(97, 68, perfusion: 590)), count: 2))
  }

  @Test func `takes every segment, and one without a clock without a time`() {
    var answers = common
    answers[.segmentCount] = ["0A 80 80 82"]
    answers[.segmentStart]!.append("07 80 80 81 80 80 80 80 12 80 80 81 80 80 80 80")
    var device = Device(model, answers)
    device.run(5)
    #expect(device.stored.count == 10)
    #expect(device.stored.prefix(5).allSatisfy { $0.deviceTime != nil })
    #expect(device.stored.suffix(5).allSatisfy { $0.deviceTime == nil })
    #expect(device.sent.contains(command(.downloadSegment, segment: 1)))
    #expect(!device.sent.contains(command(.downloadSegment, segment: 2)))
  }

  @Test(arguments: [
    // A byte lost, doubled, inserted; the recording breaks off.
    "0F 80 E2 BF E2 BF E2 BF 0F 80 BF 80 80 80 80",
    "0F 80 E2 BF E2 E2 BF E2 BF 0F 80 E2 BF 80 80 80 80",
    "0F 80 E2 BF 0C E2 BF E2 BF 0F 80 E2 BF 80 80 80 80", "0F 80 E2 BF E2 BF E2 BF", "",
  ])
  func `damage has a recording read again, and no second told twice`(_ damaged: String) {
    var answers = common
    answers[.downloadSegment]!.insert(damaged, at: 0)
    var device = Device(model, answers)
    device.run(5)
    #expect(device.stored.count == 5)
    #expect(
      device.stored.map { $0.deviceTime?.second } == [18, 19, 20, 21, 22])
    #expect(device.stored.prefix(4).allSatisfy { $0.value == .oximetry(reading(98, 63)) })
    #expect(device.sent.filter { $0 == command(.downloadSegment) }.count == 2)
    #expect(device.sent.filter { $0 == command(.startLive) }.count >= 1)
  }

  @Test func `gives a recording up that never comes whole, and takes the next`() {
    var answers = common
    answers[.segmentCount] = ["0A 80 80 82"]
    let broken = "0F 80 E2 BF E2 BF E2 BF 0F 80 BF 80 80 80 80"
    answers[.downloadSegment] = Array(repeating: broken, count: 5) + common[.downloadSegment]!
    var device = Device(model, answers)
    device.run(20)
    #expect(device.stored.count == 3 + 5)
    #expect(device.sent.filter { $0 == command(.downloadSegment) }.count == 5)
    #expect(device.sent.filter { $0 == command(.downloadSegment, segment: 1) }.count == 1)
  }

  @Test func `asks three times, and leaves a device that does not answer streaming`() {
    var device = Device(model, [.startLive: ["01 E0 85 B3 96 C1 E1 FF FF"]])
    device.run(8)
    #expect(
      Array(device.sent.prefix(6))
        == [
          command(.stopTransfer), command(.stopLive), command(.segmentCount),
          command(.segmentCount), command(.segmentCount), command(.startLive),
        ])
    #expect(device.stored.isEmpty)
  }

  @Test func `an empty memory is no recording`() {
    var answers = common
    answers[.segmentCount] = ["0A 80 80 80"]
    var device = Device(model, answers)
    device.run(3)
    #expect(device.stored.isEmpty)
    #expect(!device.sent.contains(command(.segmentLength)))
    #expect(device.sent.contains(command(.startLive)))
  }

  @Test func `writes nothing before the line is open, and nothing after it is closed`() {
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .bytes(hex("0C 80"))), (.seconds(1), .opened), (.milliseconds(1500), .closed),
      (.seconds(2), .bytes(hex("0C 80"))),
    ]
    let script = Script(model.makeDownloader!(), inputs, until: .seconds(20))
    #expect(script.sent.map(\.bytes) == [command(.stopTransfer)])
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
