import Monitoring
import Recording
import TestKit
import Testing
import Vitals

/// Why an alarm rang and why not earlier, from a recording alone.
@Suite struct `An explanation` {
  private static let chair = ChairID("7")!

  private func explain(_ scene: String, _ subject: Explanation.Subject) throws -> Explanation {
    try Explanation(
      try Scenes.play(scene).play.recording, chair: Self.chair, subject: subject)
  }

  private func explain(_ course: Course, _ subject: Explanation.Subject) throws -> Explanation {
    try Explanation(try course.recording(), chair: Self.chair, subject: subject)
  }

  /// The instants and words of a timeline about one alarm, as its explanation must tell them.
  private func told(_ events: [String], serial: Int) -> [String] {
    events.filter { $0.contains(#""event":"alarm""#) }
      .filter { $0.contains(#""id":\#(serial)}"#) || $0.contains(#""id":\#(serial),"#) }
      .map { line in
        let fields = line.dropFirst().dropLast().split(separator: ",")
        func value(_ key: String) -> String {
          let field = fields.first { $0.hasPrefix("\"\(key)\":") } ?? ""
          return String(field.dropFirst(key.count + 3).filter { $0 != "\"" })
        }
        return "\(value("t")) \(value("change")) \(value("priority")) \(value("by"))"
      }
  }

  private func told(_ explanation: Explanation) -> [String] {
    var priority = Priority.low
    return explanation.turns.compactMap { turn in
      let (word, by): (String, StaffID?)
      switch turn.kind {
      case .raised(let new): (priority, word, by) = (new, "raised", nil)
      case .escalated(let new): (priority, word, by) = (new, "escalated", nil)
      case .cleared: (word, by) = ("cleared", nil)
      case .latched: (word, by) = ("latched", nil)
      case .acknowledged(let who): (word, by) = ("acknowledged", who)
      case .reset(let who): (word, by) = ("reset", who)
      case .signalResumed: (word, by) = ("resumed", nil)
      case .delayStarted, .frozen, .resumed, .forgotten, .good, .dropped, .clearing, .notCleared:
        return nil
      }
      return "\(Seconds.short(turn.at)) \(word) \(priority.name) \(by?.name ?? "")"
    }
  }

  @Test(arguments: Scenes.names)
  func `tells every alarm of every scene, at the instants of the timeline`(_ name: String) throws {
    let play = try Scenes.play(name).play
    let alarms = AlarmCourses(play.recording).latest(of: Self.chair)
    #expect(Set(alarms.map(\.serial)).count == alarms.count)
    // The ward's own alarms are counted apart.
    let events = play.events.filter { $0.contains(#""chair":"\#(Self.chair)""#) }
    let raised = events.count {
      $0.contains(#""event":"alarm""#) && $0.contains(#""change":"raised""#)
    }
    #expect(alarms.count == raised, "every raised one")
    for alarm in alarms {
      let explanation = try Explanation(
        play.recording, chair: Self.chair, subject: .alarm(serial: alarm.serial))
      #expect(told(explanation) == told(events, serial: alarm.serial))
      try holds(explanation, alarm)
    }
  }

  /// What must be so in every explanation, whatever the rule.
  private func holds(_ explanation: Explanation, _ alarm: AlarmCourse) throws {
    #expect(explanation.alarm == alarm)
    #expect(explanation.sentences.first?.contains("rang at chair 7") == true)
    #expect(
      explanation.sentences.contains {
        $0.contains("not ring earlier") || $0.contains("last frame")
      })
    #expect(explanation.circumstances.phase != nil)
    // A delay that led to the alarm ended at its raising.
    if explanation.delay != nil, explanation.delay != .zero {
      let until = explanation.turns.compactMap { turn -> Instant? in
        switch turn.kind {
        case .delayStarted(let until), .resumed(let until):
          turn.at <= alarm.raised.at ? until : nil
        default: nil
        }
      }.last
      #expect(until == alarm.raised.at)
    }
    // The delay ends before the sample of that second: the alarm's value is that of the one before.
    // These are no numbers of the oximeter's seconds.
    let others: Set<AlarmID> = [
      .battery, .respirationLow, .respirationVeryLow, .respirationHigh, .pulseDiscord, .cuffStuck,
    ]
    if let value = alarm.raised.value, let limit = alarm.raised.limit, !others.contains(alarm.id) {
      if explanation.pressureLimits.isEmpty {
        let moment = try #require(explanation.moments.last { $0.at < alarm.raised.at })
        #expect(moment.value == value && moment.limit == limit && moment.violates == true)
      } else {
        #expect(explanation.pressureLimits.contains { $0.limit == limit })
      }
    }
    #expect(explanation.json.hasPrefix(#"{"chair":"7","alarm":"\#(alarm.id.rawValue)","id":"#))
  }

  @Test func `of S04 tells why SPO2_VLOW did not ring earlier`() throws {
    let explanation = try explain("S04", .rule(.spo2VeryLow))
    let text = explanation.sentences.joined(separator: "\n")
    #expect(text.contains("SpO2 was 87 %, below the limit of 88 %"))
    #expect(
      text.contains(
        "first violating second was at 978.0 s, and the rule waits for 3 s; at 977.0 s there was 88 %, which does not violate it"
      ))
    #expect(text.contains("spo2.veryLow was 88 %, as policy adult-ketamine-default-1 says"))
    #expect(text.contains("in infusing since 0.0 s"))
    #expect(text.contains("rn1 acknowledged it at 1000.0 s"))
    #expect(text.contains("cleared at 1048.0 s after 5 s of good seconds"))
    #expect(explanation.table.contains { $0.contains("981.0     87     88  valid    active high") })
  }

  @Test func `of S13 tells that numbers in motion are never judged`() throws {
    let low = try explain("S13", .rule(.spo2Low))
    #expect(low.alarm == nil)
    #expect(
      low.sentences.first?.contains(
        "From 702.0 s to 774.0 s the device showed 73 numbers beyond the limit that were not valid (artifact)"
      ) == true)
    #expect(!low.turns.contains { if case .delayStarted = $0.kind { true } else { false } })
    let poor = try explain("S13", .rule(.signalPoor))
    #expect(poor.alarm?.steps.map(\.priority) == [.low, .medium, .medium])
    #expect(poor.moments.contains { $0.quality == ["artifact"] && $0.violates == true })
    #expect(poor.sentences.contains { $0.hasPrefix("It became medium at 760.0 s, 30 s later") })
  }

  @Test func `of S02 tells the repeat rule of BP_ELEV`() throws {
    let explanation = try explain("S02", .rule(.pressureElevated))
    let text = explanation.sentences.joined(separator: "\n")
    #expect(
      text.contains(
        "the reading 164/98 (mean 120) at 1205.0 s had systolic 164 mmHg, at or above the limit of 160 mmHg; low, since the reading before it, 158/94 (mean 115) 300 s earlier, was below 160/100"
      ))
    #expect(
      text.contains(
        "became medium at 1505.0 s, 300 s later: the reading 168/101 (mean 123) at 1505.0 s had systolic 168 mmHg, at or above the limit of 160 mmHg; medium by the repeat rule, since the reading before it, 164/98 (mean 120) 300 s earlier"
      ))
    #expect(
      text.contains("the one before, 158/94 (mean 115) at 905.0 s, did not violate it"))
  }

  @Test func `of S05 tells why SENSOR_OFF became HIGH`() throws {
    let text = try explain("S05", .alarm(serial: 1)).sentences.joined(separator: "\n")
    #expect(text.contains("the sensor was off the patient or disconnected for 10 s"))
    #expect(
      text.contains("became high at 670.0 s, 60 s later: nobody acknowledged it while the drug"))
    #expect(text.contains("tech.escalateUnackedLoss was 60 s"))
  }

  @Test func `of S06 tells what BP_OVERDUE waited for`() throws {
    let explanation = try explain("S06", .rule(.pressureOverdue))
    #expect(explanation.dueAt == .seconds(300))
    let text = explanation.sentences.joined(separator: "\n")
    #expect(text.contains("due at 300.0 s may come 120 s late, until 420.0 s"))
    #expect(text.contains("waited while a determination was running, from 405.0 s to 450.0 s"))
  }

  @Test func `of S10 tells when the last frame came`() throws {
    let text = try explain("S10", .rule(.noData)).sentences.joined(separator: "\n")
    #expect(text.contains("The last frame came at 1199.0 s, and silence is an alarm after 10 s"))
  }

  @Test func `tells a delay that stood still, one that was forgotten, and one that ended well`()
    throws
  {
    // 90 % all the time, but for a good second, a long and a short time of motion.
    let course = Course(
      spo2: [
        [0, 97], [99, 97], [100, 90], [104, 90], [105, 97], [106, 97], [107, 90], [200, 90],
      ],
      motion: [112..<124, 127..<132])
    let explanation = try explain(course, .rule(.spo2Low))
    let turns = explanation.turns.prefix { turn in
      if case .raised = turn.kind { false } else { true }
    }
    let expected: [Explanation.Turn] = [
      .init(at: .seconds(100), kind: .delayStarted(until: .seconds(110))),
      .init(at: .seconds(105), kind: .good(value: 97)),
      .init(at: .seconds(107), kind: .delayStarted(until: .seconds(117))),
      .init(at: .seconds(112), kind: .frozen(flags: ["artifact"], remaining: .seconds(5))),
      .init(at: .seconds(122), kind: .forgotten),
      .init(at: .seconds(124), kind: .delayStarted(until: .seconds(134))),
      .init(at: .seconds(127), kind: .frozen(flags: ["artifact"], remaining: .seconds(7))),
      .init(at: .seconds(132), kind: .resumed(until: .seconds(139))),
    ]
    #expect(Array(turns) == expected)
    #expect(explanation.alarm?.raised.at == .seconds(139))
    let text = explanation.sentences.joined(separator: "\n")
    #expect(
      text.contains(
        "From 127.0 s to 132.0 s the delay stood still with 7 s left, since no sample was valid (artifact); from then on it ran until 139.0 s."
      ))
    #expect(text.contains("The delay that began at 100.0 s ended at 105.0 s with a good second"))
    #expect(text.contains("The delay that began at 107.0 s was forgotten at 122.0 s"))
  }

  @Test func `tells who changed the limit, when and why`() throws {
    var course = Course(spo2: [[0, 97], [99, 97], [100, 92], [200, 92]])
    course.commands = [(50, "setLimit field=spo2.low value=93 reason=\"dark skin\"")]
    let text = try explain(course, .rule(.spo2Low)).sentences.joined(separator: "\n")
    #expect(text.contains("SpO2 was 92 %, below the limit of 93 %"))
    #expect(
      text.contains(
        "spo2.low was 93 %, not 92 as policy adult-ketamine-default-1 says: changed from 92 to 93 by rn1 at 50.0 s (“dark skin”)."
      ))
  }

  @Test func `tells that a slow baseline lowered the limit`() throws {
    var course = Course(spo2: [[0, 97]], pulse: [[0, 52], [99, 52], [100, 43]])
    course.baselinePulse = 52
    let text = try explain(course, .rule(.pulseLow)).sentences.joined(separator: "\n")
    #expect(text.contains("the pulse was 43/min, below the limit of 44/min"))
    #expect(text.contains("the slow baseline of 52/min lowered it to 44/min"))
  }

  @Test func `of what is not there says what is`() throws {
    let recording = try Scenes.play("S05").play.recording
    func reason(_ chair: String, _ subject: Explanation.Subject) throws -> String {
      let error = try #require(
        #expect(throws: ExplanationError.self) {
          try Explanation(recording, chair: ChairID(chair)!, subject: subject)
        })
      return error.description
    }
    #expect(
      try reason("7", .alarm(serial: 9))
        == "the latest session of chair 7 has no alarm 9; it has 1 SENSOR_OFF")
    #expect(
      try reason("8", .alarm(serial: 1)) == "there is no chair 8 in this recording; it has 7")
  }

  @Test func `has words for every rule`() {
    #expect(Explanation.rulesWithoutWords == [])
  }
}
