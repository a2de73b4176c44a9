import Feeds
import TestKit
import Testing
import Vitals

/// Which second of an export has which number.
@Suite struct SecondsTests {
  @Test func `a session without a sample has seconds without numbers`() throws {
    let log = Handwritten.quiet(5, [])
    #expect(log.rows(.csv).map { $0["status"] } == Array(repeating: "noData", count: 5))
    #expect(log.rows(.csvLong).isEmpty)
    let edf = try log.edf()
    #expect(edf.labels == ["EDF Annotations"] && edf.records.count == 1 && edf.kind == "EDF+C")
    #expect(edf.annotations.map(\.text).first == "session: baseline, iv40 (rn1)")
    #expect(log.wfdb.signals == Array(repeating: Array(repeating: -32_768, count: 6), count: 2))
  }

  @Test func `a log without an event exports as nothing`() throws {
    let log = Handwritten([]).log
    #expect(log.rows(.csv).isEmpty && log.rows(.csvLong).isEmpty && log.lines.count == 1)
    #expect(try log.edf().annotations.isEmpty)
    #expect(log.wfdb.header.count == 1 && log.wfdb.annotations.isEmpty)
  }

  @Test func `one sample is one second`() throws {
    let log = Handwritten.quiet(5, [Handwritten.sample(2300)])
    #expect(log.believed == [2])
    let edf = try log.edf()
    #expect(edf.records.map(\.onset) == [0] && edf.kind == "EDF+C" && edf.time == "05.00.02")
    #expect(log.wfdb.signals[0] == [-32_768, -32_768, -32_768, 97, -32_768, -32_768])
  }

  @Test func `gaps at the start, in the middle and at the end keep their length`() throws {
    let samples = ([10, 11, 12, 20, 21] as [Int64]).map { Handwritten.sample($0 * 1000 + 400) }
    let log = Handwritten.quiet(30, samples)
    #expect(log.believed == [10, 11, 12, 20, 21])
    let edf = try log.edf()
    #expect(edf.kind == "EDF+D" && edf.time == "05.00.10")
    #expect(edf.records.map(\.onset) == [0, 1, 2, 10, 11])
    // What was before the first number stands before it.
    #expect(edf.annotations.first?.onset == -10)
  }

  /// A clock of the device that is wrong by this much, for two hours.
  @Test(arguments: [999.2, 1000.0, 1000.3, 1000.9, 1200])
  func `a beat that drifts leaves no gap`(interval: Double) throws {
    let samples = (0..<Int(7_203_000 / interval)).map {
      Handwritten.sample(Int64(Double($0) * interval))
    }
    let log = Handwritten.quiet(7200, samples)
    #expect(log.believed == Array(0..<7200))
    #expect(try log.edf().kind == "EDF+C")
  }

  @Test(arguments: seeds(20))
  func `a beat that trembles leaves no gap`(seed: UInt64) {
    var random = Seeded(seed)
    let samples = (0..<600).map {
      Handwritten.sample(Int64($0) * 1000 + Int64.random(in: 0...250, using: &random) + 350)
    }
    #expect(Handwritten.quiet(600, samples).believed == Array(0..<600), "seed \(seed)")
  }

  @Test func `a device that speaks every other second leaves none, one that is slower does`() {
    func believed(every milliseconds: Int64) -> Int {
      let count = 60_000 / milliseconds
      return Handwritten.quiet(60, (0..<count).map { Handwritten.sample($0 * milliseconds) })
        .believed.count
    }
    #expect(believed(every: 2000) == 59)
    #expect(believed(every: 3000) == 20)
  }

  @Test func `a second takes the sample nearest to its middle, believed or not`() {
    let log = Handwritten.quiet(
      3,
      [
        Handwritten.sample(0, 98), Handwritten.sample(1000, 97),
        Handwritten.sample(1450, 90, .sensorOff), Handwritten.sample(2400, 96),
      ])
    #expect(log.rows(.csv).map { $0["spo2"] } == ["98", "", "96"])
    #expect(log.rows(.csv)[1]["status"] == "invalid sensorOff")
    // The long table has both.
    let values = log.rows(.csvLong).filter { $0["parameter"] == "spo2" }.map { $0["value"] }
    #expect(values == ["98", "97", "", "96"])
  }

  /// Every status by itself: a number is exported exactly when the report believes it.
  @Test(arguments: 0..<16)
  func `a number with a flag that forbids it is no number`(bit: Int) throws {
    let sample = Handwritten.sample(0, 83, perfusion: 150, SignalStatus(rawValue: 1 << bit))
    let log = Handwritten.quiet(1, [sample])
    let isBelieved = sample.isValid
    #expect(log.believed == (isBelieved ? [0] : []))
    #expect(log.rows(.csvLong)[0]["value"] == (isBelieved ? "83" : ""))
    #expect(
      log.lines.first { $0["record"]?.words == "sample" }?["spo2"]?.words
        == (isBelieved ? "83" : nil))
    #expect(try log.edf().records[0].numbers["SaO2"] == (isBelieved ? 83 : nil))
    #expect(log.wfdb.signals[0][1] == (isBelieved ? 83 : -32_768))
  }

  @Test func `half a reading is no reading`() {
    let samples = [
      LogSample(at: .zero, spo2: nil, pulseRate: 70, perfusion: 200, status: []),
      LogSample(at: .seconds(1), spo2: 97, pulseRate: nil, perfusion: 200, status: []),
    ]
    let rows = Handwritten.quiet(2, samples).rows(.csv)
    #expect(rows.allSatisfy { $0["spo2"] == "" && $0["pr"] == "" && $0["pi"] == "" })
    #expect(rows.allSatisfy { $0["status"] == "noValue" })
  }

  @Test func `a perfusion index that is missing for a second has the mark for that`() throws {
    let samples = [
      Handwritten.sample(0, perfusion: 215), Handwritten.sample(1000),
      Handwritten.sample(2000, perfusion: 2),
    ]
    let log = Handwritten.quiet(3, samples)
    #expect(try log.edf().records.map { $0.numbers["PI"] } == [215, -1, 2])
    #expect(log.wfdb.signals[2] == [-32_768, 215, -32_768, 2])
    #expect(log.rows(.csv).map { $0["pi"] } == ["2.15", "", "0.02"])
  }

  @Test func `nothing from before the check-in or after the end is anybody's`() throws {
    var log = Handwritten(
      [
        (0, #""session","state":"scheduled","by":"rn1","reason":"iv40""#),
        (100, #""session","state":"baseline","by":"rn1","reason":"iv40""#),
        (200, #""session","state":"aborted","by":"rn1""#),
        (300, #""audit","what":"addendum","text":"wrote this later","by":"rn1""#),
        (310, #""device","slot":"ox","change":"disconnected","reason":"pulled""#),
      ], samples: Handwritten.seconds(0..<400)
    ).log
    #expect(log.believed == Array(100..<200))
    #expect(try log.edf().annotations.map(\.onset).sorted() == [-100, 0, 100, 200])
    #expect(!log.text(.ndjson).contains("pulled"))
    // One that goes on reaches as far as the log.
    log.events = Array(log.events.prefix(2))
    log.samples = Handwritten.seconds(0..<150)
    log.reach = .seconds(170)
    #expect(log.rows(.csv).count == 70 && log.believed.count == 50)
  }

  @Test func `the seconds are those of the wall, also where it shows fractions or is stepped`() {
    var log = Handwritten.quiet(
      10, (0..<10).map { Handwritten.sample($0 * 1000) },
      (5, #""audit","what":"wallClockStepped","milliseconds":-3600000"#))
    log.events = log.events.map { event in
      LogEvent(
        sequence: event.sequence, at: event.at, wall: event.wall + .milliseconds(345),
        line: event.body.text)
    }
    let times = log.rows(.csv).compactMap { $0["time"] }
    #expect(times.first == "2026-11-01T05:00:00.000Z")
    #expect(times.allSatisfy { $0.hasSuffix(".000Z") } && times.last?.contains("T04:00:10") == true)
    // The last one has begun, that is all.
    #expect(log.believed == Array(0..<10) && times.count == 11)
  }

  @Test func `an interruption is told from silence`() {
    let log = Handwritten.quiet(
      20, [Handwritten.sample(0), Handwritten.sample(19_000)],
      (15, #""audit","what":"interrupted","seconds":10"#))
    let words = log.rows(.csv).compactMap { $0["status"] }
    #expect(
      words == ["ok"] + Array(repeating: "noData", count: 4)
        + Array(repeating: "interrupted", count: 10) + Array(repeating: "noData", count: 4) + ["ok"]
    )
  }
}
