import Monitoring
import Recording
import TestKit
import Testing
import Vitals
import Ward

@Suite struct `The text of a recording` {
  static func recording(_ seed: UInt64) -> Recording {
    var random = Seeded(seed)
    var now = Instant.milliseconds(Int64(random.number(-300_000...0)))
    var entries: [(at: Instant, entry: WireText.Entry)] = []
    for index in 0..<60 {
      now = .milliseconds(now.milliseconds + Int64(random.number(0...5000)))
      entries.append((now, .input(random.input(index, at: now))))
      if index % 9 == 0 { entries.append((now, .sent(random.slot(), random.bytes(3)))) }
    }
    entries.append((now, .end))
    let seven = ChairID("7")!
    return Recording(
      remarks: ["Device: none", "Source: seed \(seed)"],
      startedAt: WallTime(milliseconds: 1_773_500_531_000), policyID: random.text() + "x",
      plan: WardPlan(
        roster: Roster([StaffID("rn1")!: .rn, StaffID("md_1-x")!: .prescriber]),
        chairs: [
          WardPlan.Chair(id: seven, drivers: [.oximeter: "bci", .cuff: "suntech"]),
          WardPlan.Chair(id: ChairID("1")!, drivers: [:]),
          WardPlan.Chair(id: ChairID("C07")!, drivers: [.oximeter: "nonin-8"]),
          WardPlan.Chair(id: ChairID("123456789012345")!, drivers: [:]),
        ]),
      standing: [
        .line(Slot(seven, .cuff), .opened), .station(StaffID("wall")!, isLinked: true),
        .stationSays(StaffID("front")!, .hello),
        .stationSays(
          StaffID("front")!,
          .sound(
            StationSound(
              isVisible: true, isAudible: seed % 2 == 0,
              checkedBy: seed % 5 == 0 ? nil : StaffID("rn1")))),
      ],
      alarms: seed % 3 == 0 ? StandingAlarms() : random.standingAlarms(),
      entries: entries)
  }

  @Test(arguments: seeds(100))
  func `is read back and written the same`(seed: UInt64) throws {
    let recording = Self.recording(seed)
    let read = try Recording(text: recording.text)
    #expect(read.text == recording.text, "seed \(seed)")
    #expect(read.plan == recording.plan && read.policyID == recording.policyID)
    #expect(read.startedAt == recording.startedAt && read.remarks == recording.remarks)
    #expect(read.standing == recording.standing && read.entries.count == recording.entries.count)
    #expect(read.alarms == recording.alarms)
    for (a, b) in zip(recording.entries, read.entries) {
      #expect(a.at == b.at)
      // A step is written as the time after it.
      if case .input(.wallClockStepped) = a.entry { continue }
      #expect(a.entry == b.entry, "seed \(seed)")
    }
  }

  @Test(arguments: seeds(50))
  func `gives the same timeline`(seed: UInt64) throws {
    let recording = Self.recording(seed)
    let direct = Replay(recording).run().events.map(\.line)
    let read = try Recording(text: recording.text)
    let difference = TimelineDifference(
      expected: direct, actual: Replay(read).run().events.map(\.line))
    #expect(difference == nil, "seed \(seed)")
  }

  @Test func `keeps a remark of several lines a remark`() throws {
    var recording = Self.recording(1)
    recording.remarks = ["Shows: first\nsecond\r\n@ third"]
    let read = try Recording(text: recording.text)
    #expect(read.remarks.joined(separator: " ") == "Shows: first second @ third")
  }

  @Test(arguments: [
    ("12", 12_000), ("+12.5", 12_500), ("-0.016", -16), ("0", 0), ("+0.000", 0),
    ("999999999.999", 999_999_999_999), ("-999999999", -999_999_999_000),
  ])
  func `reads seconds to the millisecond`(text: String, milliseconds: Int64) {
    #expect(Seconds.parse(text) == .milliseconds(milliseconds))
    #expect(
      Seconds.parse(Seconds.signed(.milliseconds(milliseconds))) == .milliseconds(milliseconds))
    #expect(
      Seconds.parse(Seconds.short(.milliseconds(milliseconds))) == .milliseconds(milliseconds))
  }

  @Test(arguments: [
    "", "+", "-", ".", "1.", ".5", "1.0000", "1e3", "0x1", "１", " 1", "1 ", "--1", "+-1", "1,5",
    "9999999999", "999999999999", "99999999999999999999",
  ])
  func `takes nothing else for seconds`(text: String) { #expect(Seconds.parse(text) == nil) }
}
