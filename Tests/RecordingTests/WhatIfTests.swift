import Monitoring
import Recording
import TestKit
import Testing
import Vitals
import Ward

/// What another policy would have made of a recording.
@Suite struct `What if` {
  private func whatIf(
    _ scene: String, _ change: (inout Policy) -> Void
  ) throws -> WhatIf {
    var policy = Policy.adultKetamineDefault1
    change(&policy)
    return WhatIf(try Scenes.play(scene).play.recording, policy: policy)
  }

  @Test(arguments: Scenes.names)
  func `the policy is the same, nothing is different`(_ name: String) throws {
    let whatIf = try whatIf(name) { _ in }
    #expect(whatIf.differences == [])
    let raised = try Scenes.play(name).play.alarmChanges.count { $0.change.step == .raised }
    #expect(whatIf.unchanged == raised)
  }

  @Test func `a limit is lower, alarms come later or not at all`() throws {
    let whatIf = try whatIf("S04") { ($0.spo2.low, $0.spo2.veryLow) = (90, 86) }
    #expect(
      whatIf.lines == [
        "~  moved    956.0 s  chair 7  SPO2_LOW   16 s later, at 972.0 s; medium",
        "-  removed  981.0 s  chair 7  SPO2_VLOW  high (87 against 88)",
        "0 added, 1 removed, 1 moved, 0 of another priority, 0 unchanged",
      ])
  }

  @Test func `a limit is stricter, alarms are added and one comes earlier`() throws {
    let whatIf = try whatIf("S04") { ($0.spo2.low, $0.pulse.high) = (95, 100) }
    guard case .changed(let before, let after) = whatIf.differences.first else {
      throw TextError("nothing moved: \(whatIf.lines)")
    }
    #expect(before.id == .spo2Low && after.raised.at < before.raised.at)
    let quiet = try self.whatIf("S01") { ($0.pressure.elevatedSystolic) = 140 }
    let added = quiet.differences.compactMap { difference -> AlarmCourse? in
      if case .added(let alarm) = difference { alarm } else { nil }
    }
    #expect(added.map(\.id).contains(.pressureElevated))
    #expect(added.count == quiet.differences.count)
  }

  @Test func `the repeat rule is slower, only the priority is different`() throws {
    let whatIf = try whatIf("S02") { $0.pressure.repeatSeconds = 600 }
    #expect(
      whatIf.lines == [
        "~  changed  1205.0 s  chair 7  BP_ELEV  low, medium at 1505.0 s becomes low",
        "0 added, 0 removed, 0 moved, 1 of another priority, 1 unchanged",
      ])
    #expect(whatIf.jsonLines.count == 1)
    #expect(
      whatIf.jsonLines[0].hasPrefix(
        #"{"t":1205.0,"chair":"7","event":"whatIf","change":"changed","alarm":"BP_ELEV","movedBy":0.0,"before":{"chair":"7","#
      ))
  }

  @Test func `alarms of two policies are one only when their conditions overlap`() throws {
    // Two dips; the stricter limit sees both, and one more between them.
    let course = Course(
      spo2: [
        [0, 97], [29, 97], [30, 90], [50, 90], [51, 97], [89, 97], [90, 93], [110, 93], [111, 97],
        [149, 97], [150, 90], [170, 90], [171, 97],
      ])
    var policy = Policy.adultKetamineDefault1
    policy.spo2.low = 94
    let whatIf = WhatIf(try course.recording(), policy: policy)
    #expect(whatIf.unchanged == 2)
    guard case .added(let alarm) = whatIf.differences.first else {
      throw TextError("nothing added: \(whatIf.lines)")
    }
    #expect(whatIf.differences.count == 1 && alarm.raised.at == .seconds(100))
  }
}

/// Alarms per chair-hour.
@Suite struct `The alarm burden` {
  @Test func `counts each alarm once, with its highest priority`() throws {
    let recording = try Scenes.play("S02").play.recording
    let burden = AlarmBurden(recording)
    #expect(
      burden.counts == [
        .init(rule: .pressureElevated, priority: .medium): 1,
        .init(rule: .pressureRise, priority: .low): 1,
      ])
    #expect(burden.count() == 2 && burden.count(.medium) == 1 && burden.count(.high) == 0)
  }

  private static func isCheckIn(_ entry: WireText.Entry) -> Bool {
    guard case .input(.command(_, let command, _)) = entry else { return false }
    return command.name == .checkIn
  }

  /// A session that begins at its check-in and ends with the recording, or with the signature.
  @Test func `watches from check-in to the end, without the time away`() throws {
    func check(_ scene: String, _ away: Int) throws {
      let recording = try Scenes.play(scene).play.recording
      let start = try #require(recording.entries.first { Self.isCheckIn($0.entry) }?.at)
      let end = try #require(recording.entries.last?.at)
      let watched = (end - start).wholeSeconds - away
      #expect(AlarmBurden(recording).watched == .seconds(watched), "\(scene)")
    }
    try check("S04", 0)
    try check("S09", 7 * 60)
  }

  @Test func `of many recordings is their sum, before and after`() throws {
    var policy = Policy.adultKetamineDefault1
    policy.spo2.veryLow = 86
    var report = BurdenReport()
    for name in ["S02", "S04"] {
      report.add(try Scenes.play(name).play.recording, policy: policy)
    }
    report.addUnread()
    #expect(report.recordings == 2 && report.unread == 1)
    #expect(report.before.count() == 4 && report.after?.count() == 3)
    #expect(report.before.count(.high) == 1 && report.after?.count(.high) == 0)
    let lines = report.lines
    #expect(lines[0].hasPrefix("2 recordings read, 1 not; chair-hours watched: "))
    #expect(lines.contains { $0.hasPrefix("SPO2_VLOW  high           1      0.") })
    #expect(
      report.jsonLines.contains {
        $0.hasPrefix(#"{"alarm":"SPO2_VLOW","priority":"high","before":1,"#)
      })
  }

  @Test func `of nothing watched has no rate`() {
    #expect(AlarmBurden().rate(0) == nil)
    #expect(BurdenReport().lines.contains { $0.hasPrefix("all") && $0.hasSuffix("-") })
  }
}
