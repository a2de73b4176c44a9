@testable import Monitoring
import TestKit
import Testing
import Vitals

/// `clinical.md` 3.4: every inactivation has an owner, a reason and an end.
@Suite struct `A pause of all alarms` {
  static let care = Command.alarmPause(seconds: 120, reason: "care")
  static let low = Visit.reading(90, 72)

  @Test func `holds a MEDIUM back, logs it, and lets it sound at its end`() {
    var visit = Visit.infusing()
    visit.forget()
    #expect(visit.tell(Self.care).isEmpty)
    visit.pass(60, showing: Self.low)
    let held = visit.alarm(.spo2Low)
    #expect(held.map { visit.monitor.signal(of: $0) } == .alarmPaused)
    #expect(visit.alarmSteps.contains { $0.hasPrefix("SPO2_LOW raised medium") })
    visit.pass(60)
    #expect(visit.monitor.inactivation.alarms == nil)
    #expect(visit.alarmSteps.last?.hasPrefix("SPO2_LOW resumed medium") == true)
    #expect(visit.alarm(.spo2Low).map { visit.monitor.signal(of: $0) } == .on)
    #expect(visit.alarm(.spo2Low)?.revision == 2)
    let nurse = StaffID("rn1")!
    #expect(visit.audits.first == .alarmPaused(seconds: 120, by: nurse, reason: "care"))
    #expect(visit.audits.contains(.alarmResumed(.expired)))
  }

  @Test func `is broken by a new HIGH, and by an escalation to one`() {
    var visit = Visit.infusing()
    visit.tell(Self.care)
    visit.pass(4, showing: Visit.reading(85, 72))
    #expect(visit.alarm(.spo2VeryLow).map { visit.monitor.signal(of: $0) } == .on)
    #expect(visit.audits.last == .alarmResumed(.newHigh))
    var other = Visit.infusing()
    other.pass(30, showing: nil)
    other.tell(.alarmPause(seconds: 180, reason: "care"))
    other.pass(60)
    #expect(other.alarm(.noData)?.priority == .high)
    #expect(other.monitor.inactivation.alarms == nil)
  }

  @Test func `is refused during a HIGH from the patient, without a reason, and beyond 180 s`() {
    var visit = Visit.infusing()
    #expect(visit.tell(.alarmPause(seconds: 181, reason: "care")) == [.outOfRange])
    #expect(visit.tell(.alarmPause(seconds: 0, reason: "care")) == [.outOfRange])
    #expect(visit.tell(.alarmPause(seconds: 60, reason: "")) == [.needsReason])
    visit.pass(4, showing: Visit.reading(85, 72))
    #expect(visit.tell(Self.care) == [.highAlarm])
    visit.tell(.acknowledge(nil))
    #expect(visit.tell(Self.care) == [.highAlarm])
  }

  @Test func `does not start an acknowledged alarm again`() {
    var visit = Visit.infusing()
    visit.pass(15, showing: Self.low)
    visit.tell(Self.care)
    visit.tell(.acknowledge(.spo2Low))
    visit.forget()
    visit.tell(.alarmResume)
    #expect(visit.audits == [.alarmResumed(.byStaff, by: StaffID("rn1")!)])
    #expect(visit.alarmSteps.isEmpty)
  }

  @Test func `of any kind ends with a restart, the last station, and the session`() {
    let ends: [(AudioResumption, (inout Visit) -> Void)] = [
      (.restarted, { $0.handle(.interrupted(since: $0.now - .seconds(3))) }),
      (.linkLost, { $0.handle(.stations(0)) }),
      (.linkLost, { $0.handle(.link(.lost)) }),
      (.sessionEnded, { $0.tell(.leaveAMA(reason: "insists")) }),
    ]
    for (why, end) in ends {
      var visit = Visit.infusing()
      visit.tell(Self.care)
      visit.tell(.audioPause(seconds: 120))
      visit.tell(.alarmOff(.pulseRelative, reason: "anxious"), by: "md1")
      #expect(visit.monitor.inactivation.words.count == 3)
      end(&visit)
      #expect(visit.monitor.inactivation == Inactivation(), "\(why)")
      #expect(
        visit.audits.contains(.audioResumed(why)) && visit.audits.contains(.alarmResumed(why)))
      #expect(visit.audits.contains(.alarmOn(.pulseRelative, why)))
    }
  }
}

@Suite struct `An alarm that is off` {
  static let off = Command.alarmOff(.pulseHigh, reason: "known tachycardia")

  @Test func `is not raised, and is raised at once when it is on again and still stands`() {
    var visit = Visit.infusing()
    #expect(visit.tell(Self.off) == [.notYourRole])
    #expect(visit.tell(Self.off, by: "md1").isEmpty)
    #expect(visit.tell(Self.off, by: "md1") == [.isOff])
    visit.pass(40, showing: Visit.reading(97, 130))
    #expect(visit.alarm(.pulseHigh) == nil)
    visit.tell(.alarmOn(.pulseHigh))
    #expect(visit.alarm(.pulseHigh)?.value == 130)
  }

  @Test func `that was active ends, and says nothing when its condition has gone`() {
    var visit = Visit.infusing()
    visit.pass(20, showing: Visit.reading(97, 130))
    #expect(visit.alarm(.pulseHigh) != nil)
    visit.tell(Self.off, by: "md1")
    #expect(visit.alarm(.pulseHigh) == nil)
    visit.pass(20, showing: Visit.reading(97, 72))
    visit.forget()
    visit.tell(.alarmOn(.pulseHigh))
    #expect(visit.alarmSteps.isEmpty)
  }

  @Test func `hides no HIGH beside it`() {
    var visit = Visit.infusing()
    visit.tell(Self.off, by: "md1")
    visit.pass(12, showing: Visit.reading(97, 150))
    #expect(visit.alarm(.pulseVeryHigh)?.priority == .high)
  }

  @Test(arguments: AlarmID.allCases)
  func `is never one that may be HIGH, nor the saturation's`(id: AlarmID) {
    var visit = Visit.infusing()
    let reasons = visit.tell(.alarmOff(id, reason: "x"), by: "md1")
    let never: Set<AlarmID> = [
      .spo2Low, .spo2VeryLow, .spo2Fall, .pulseVeryHigh, .pulseVeryLow, .noPulse,
      .respirationVeryLow, .pressureCritical, .pressureVeryLow, .sensorOff, .noData, .signalPoor,
      .frozen, .battery, .cuffStuck, .callStop, .stationLink, .notDelivered,
      .monitoringInterrupted, .logFailing, .stationSilent,
    ]
    #expect(reasons == (never.contains(id) ? [.neverOff] : []))
  }
}

@Suite struct `A reminder` {
  @Test func `comes every two minutes while anything is off, however often it is renewed`() {
    var visit = Visit.infusing()
    visit.tell(.alarmOff(.pulseRelative, reason: "anxious"), by: "md1")
    visit.forget()
    visit.pass(250)
    #expect(
      visit.audits
        == [AuditEntry](
          repeating: .inactivationReminder(["PR_REL off"]), count: 2))
    visit.tell(.alarmOn(.pulseRelative))
    visit.tell(.audioPause(seconds: 100))
    visit.pass(90)
    visit.tell(.audioPause(seconds: 100))
    visit.forget()
    visit.pass(31)
    #expect(visit.audits == [.inactivationReminder(["audioPaused"])])
    visit.pass(70)
    visit.forget()
    visit.pass(300)
    #expect(visit.audits.isEmpty)
  }
}

/// No sequence of commands leaves anything silent for ever.
@Suite struct `Whatever people do` {
  /// How often each kind of silence was in force when it was looked at.
  private struct Met {
    var (audio, alarms, off, highs, heldBack) = (0, 0, 0, 0, 0)
  }

  @Test func `nothing is paused without an end, and no HIGH is held`() {
    var met = Met()
    for seed in seeds(40) {
      var random = Seeded(seed)
      var visit = Visit.infusing()
      for _ in 0..<300 {
        Self.act(&visit, &random)
        visit.pass(Int.random(in: 0...20, using: &random))
        Self.check(visit, seed, &met)
      }
      // Left alone, everything is heard again.
      visit.pass(181, showing: Visit.reading(97, 72))
      let left = visit.monitor.inactivation
      #expect(left.audio == nil && left.alarms == nil, "seed \(seed)")
      if visit.phase?.isMonitored == true { visit.tell(.leaveAMA(reason: "insists")) }
      #expect(visit.monitor.inactivation == Inactivation(), "seed \(seed)")
    }
    let counts = [met.audio, met.alarms, met.off, met.highs, met.heldBack]
    #expect(counts.allSatisfy { $0 >= 100 }, "\(met)")
  }

  private static func check(_ visit: Visit, _ seed: UInt64, _ met: inout Met) {
    let (now, inactivation) = (visit.now, visit.monitor.inactivation)
    if let audio = inactivation.audio {
      met.audio += 1
      #expect(audio.until > now && audio.until <= now + .seconds(120), "seed \(seed)")
    }
    if let alarms = inactivation.alarms {
      met.alarms += 1
      #expect(alarms.until > now && alarms.until <= now + .seconds(180), "seed \(seed)")
      #expect(alarms.reason == "care", "seed \(seed)")
    }
    let due = inactivation.remindAt
    #expect((due == nil) == inactivation.words.isEmpty, "seed \(seed)")
    if let due { #expect(due > now && due <= now + .seconds(120), "seed \(seed)") }
    #expect(inactivation.off.keys.allSatisfy { $0.mayBeTurnedOff }, "seed \(seed)")
    met.off += inactivation.off.isEmpty ? 0 : 1
    for alarm in visit.monitor.activeAlarms {
      let isHeld = visit.monitor.signal(of: alarm) == .alarmPaused
      met.heldBack += isHeld ? 1 : 0
      guard alarm.priority == .high else { continue }
      met.highs += 1
      #expect(!isHeld, "seed \(seed)")
    }
  }

  private static func act(_ visit: inout Visit, _ random: inout Seeded) {
    let seconds = Int.random(in: -1...200, using: &random)
    let id = AlarmID.allCases.randomElement(using: &random) ?? .spo2Low
    let by = ["rn1", "md1", "as1"].randomElement(using: &random) ?? "rn1"
    switch Int.random(in: 0..<14, using: &random) {
    case 0, 1: visit.tell(.audioPause(seconds: seconds), by: by)
    case 2, 3, 4: visit.tell(.alarmPause(seconds: seconds, reason: "care"), by: by)
    case 5: visit.tell(.alarmOff(id, reason: "x"), by: by)
    case 6: visit.tell(.alarmOn(id), by: by)
    case 7: visit.tell(Bool.random(using: &random) ? .audioResume : .alarmResume, by: by)
    case 8: visit.tell(.acknowledge(Bool.random(using: &random) ? nil : id), by: by)
    case 9: visit.handle(.interrupted(since: visit.now - .seconds(seconds + 1)))
    case 10: visit.handle(.stations(Int.random(in: 0...2, using: &random)))
    case 11: visit.tell(.setLimit(field: "spo2.low", value: 94, reason: nil), by: by)
    default:
      visit.shown =
        [nil, Visit.reading(97, 72), Visit.reading(90, 72), Visit.reading(84, 130)]
        .randomElement(using: &random) ?? nil
    }
  }
}
