import Drivers
import Monitoring
import TestKit
import Vitals
import Ward

/// Inputs of every kind, with the nastiest values that each may hold.
extension Seeded {
  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  mutating func maybe<Value>(_ value: Value) -> Value? {
    Bool.random(using: &self) ? value : nil
  }

  mutating func text() -> String {
    let scalars: [Unicode.Scalar] = [
      "a", "Z", "7", " ", " ", "\t", "\n", "\r", "\"", "\\", "=", ",", "'", "#", "@", "<", "é",
      "\u{301}", "\u{338}", "\u{600}", "\u{200D}", "😀", "\u{2028}", "\u{0}", "\u{1F}", "ß", "{",
      "}", "/", "*", "n", "漢",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...8, using: &self) { text.append(pick(scalars)) }
    return String(text)
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    // Ends are where mistakes are.
    switch Int.random(in: 0..<4, using: &self) {
    case 0: range.lowerBound
    case 1: range.upperBound
    default: Int.random(in: range, using: &self)
    }
  }

  mutating func chair() -> ChairID { ChairID(pick(["1", "7", "C07", "123456789012345"]))! }
  mutating func staff() -> StaffID { pick([StaffID("rn1")!, StaffID("md_1-x")!, .system]) }
  mutating func slot() -> Slot { Slot(chair(), pick(SlotName.allCases)) }

  mutating func standingAlarms() -> StandingAlarms {
    let count = number(0...4)
    let alarms = [AlarmID.logFailing, .stationLink].prefix(min(count, 2)).enumerated().map {
      index, id in
      var alarm = Alarm(
        id: id, serial: index + 1, priority: pick(Priority.allCases), presence: .active,
        raisedAt: .milliseconds(Int64(number(-900_000 ... -600_000))))
      alarm.revision = number(1...9)
      alarm.remark = maybe(pick([.newLog, .hostSilent]))
      alarm.acknowledgedBy = maybe(staff())
      return StandingAlarms.Standing(
        alarm: alarm, since: .milliseconds(Int64(number(-500_000 ... -400_000))),
        shownAt: maybe([StaffID("front")!, StaffID("wall")!]) ?? [])
    }
    return StandingAlarms(
      count: count, alarms: alarms, lost: count > 1 ? [StaffID("back")!] : [])
  }

  mutating func command(_ name: CommandName) -> Command {
    switch name {
    case .book: .book(route: pick(Route.allCases), patient: maybe(text()))
    case .checkIn:
      .checkIn(
        route: pick(Route.allCases), patient: maybe(text()),
        isIdentified: Bool.random(using: &self), seatedMinutes: number(0...60))
    case .cancel: .cancel(reason: text())
    case .baselineAccepted: .baselineAccepted
    case .holdDeclared: .holdDeclared(reason: text())
    case .holdCleared: .holdCleared(reason: text())
    case .doseStart: .doseStart(route: maybe(pick(Route.allCases)))
    case .dosePause: .dosePause
    case .doseResume: .doseResume
    case .doseEnd:
      .doseEnd(
        pick(DoseEnding.allCases), cause: maybe(pick(StopCause.allCases)), reason: maybe(text()))
    case .stopRequested: .stopRequested
    case .patientAway: .patientAway(escort: staff())
    case .patientReturned: .patientReturned
    case .extend: .extend(minutes: number(1...60), reason: text())
    case .assess: .assess(assessment())
    case .escort: .escort(pick(Escort.allCases))
    case .sign: .sign
    case .transfer: .transfer(destination: text(), note: maybe(text()))
    case .handoverDone: .handoverDone(note: maybe(text()))
    case .leaveAMA:
      .leaveAMA(
        reason: text(), adviceGiven: Bool.random(using: &self),
        refusalForm: Bool.random(using: &self))
    case .chart: .chart(chart())
    case .checklist:
      .checklist(
        Dictionary(
          ChecklistItem.allCases.compactMap { item in
            maybe((item, pick(ChecklistAnswer.allCases)))
          }, uniquingKeysWith: { $1 }))
    case .series:
      .series(
        Series(
          kind: pick(Series.Kind.allCases), index: number(1...999), planned: number(1...999)))
    case .symptom:
      .symptom(
        SymptomReport(
          symptom: pick(Symptom.allCases),
          severity: maybe(.score(number(0...10))) ?? .grade(pick(Severity.Grade.allCases))))
    case .medication:
      .medication(
        Medication(name: text(), kind: pick(MedicationClass.allCases), dose: maybe(text())))
    case .oxygen: .oxygen(tenths: number(0...150))
    case .nasalDevice: .nasalDevice(number: number(1...99))
    case .handover: .handover(to: staff())
    case .preset: .preset(pick(PresetField.allCases), value: text(), reason: maybe(text()))
    case .waive: .waive(pick(Criterion.allCases), reason: text())
    case .reopenClinical: .reopenClinical(reason: text())
    case .addendum: .addendum(text())
    case .lateEntry: .lateEntry(text(), secondsAgo: number(0...31_536_000), reason: text())
    case .correction: .correction(reading: number(1...100_000), pressure(), reason: text())
    case .annotate: .annotate(target(), reason: text())
    case .abort: .abort(reason: text())
    case .departed: .departed(with: text())
    case .note: .note(text())
    case .acknowledge: .acknowledge(maybe(pick(AlarmID.allCases)))
    case .audioPause: .audioPause(seconds: number(1...86_400))
    case .audioResume: .audioResume
    case .alarmPause: .alarmPause(seconds: number(1...86_400), reason: text())
    case .alarmResume: .alarmResume
    case .alarmOff: .alarmOff(pick(AlarmID.allCases), reason: text())
    case .alarmOn: .alarmOn(pick(AlarmID.allCases))
    case .answer: .answer(pick(AlarmID.allCases), pick(AlarmAnswer.allCases))
    case .owner: .owner(maybe(staff()))
    case .stationPause: .stationPause(staff(), seconds: number(1...86_400))
    case .stationResume: .stationResume(staff())
    case .confirmLimits: .confirmLimits
    case .setLimit:
      .setLimit(
        field: pick(Policy.fields).name, value: number(0...10_000), reason: maybe(text()))
    case .limbs:
      .limbs(
        Limbs(
          cuff: pick(Limb.allCases), oximeter: maybe(pick(Limb.allCases)),
          infusion: maybe(pick(Limb.allCases))))
    case .nibpStart: .nibpStart
    case .nibpStat: .nibpStat
    case .nibpAbort: .nibpAbort
    case .schedule:
      .schedule(
        dueSeconds: (0..<Int.random(in: 0...4, using: &self)).map { _ in number(-86_400...86_400) },
        startsByItself: Bool.random(using: &self))
    }
  }

  private mutating func assessment() -> Assessment {
    var assessment = Assessment()
    for score in Assessment.scores {
      assessment[keyPath: score.path] = maybe(number(score.range))
    }
    for answer in Assessment.answers {
      assessment[keyPath: answer.path] = maybe(Bool.random(using: &self))
    }
    assessment.gait = maybe(pick(Assessment.Gait.allCases))
    return assessment
  }

  private mutating func chart() -> Chart {
    var chart = Chart()
    for field in ChartField.allCases where Bool.random(using: &self) {
      chart[field] =
        switch field.kind {
        case .text: .text(text())
        case .date: .text(pick(["1984-06-11", "2026-12-31"]))
        case .word(let words): .text(pick(words))
        case .answer: .answer(Bool.random(using: &self))
        case .decimal(let range, _, _): .number(number(range))
        }
    }
    return chart
  }

  private mutating func target() -> ArtefactTarget {
    let to = number(0...40_000)
    return maybe(.reading(number(1...100_000)))
      ?? .oximetry(fromSecondsAgo: to + number(0...40_000), toSecondsAgo: to)
  }

  mutating func pressure() -> BloodPressure {
    while true {
      if let pressure = BloodPressure(
        systolic: number(30...280), diastolic: number(10...220), mean: maybe(number(20...250)),
        pulseRate: maybe(PulseRate(perMinute: number(18...300))).flatMap(\.self),
        quality: pick(BloodPressure.Quality.allCases))
      {
        return pressure
      }
    }
  }

  mutating func reading() -> HandReading {
    switch Int.random(in: 0..<9, using: &self) {
    case 0: .pressure(pressure())
    case 7: .respiration(RespirationRate(perMinute: number(0...120))!)
    case 8:
      .battery(
        pick(SlotName.allCases),
        BatteryLevel(percent: number(0...100), minutes: maybe(number(0...900)))!)
    case 1: .determination(.inflating)
    case 2: .determination(.cuffPressure(mmHg: number(0...400)))
    case 3: .determination(.result(pressure()))
    case 4: .determination(.failed(pick(DeterminationFailure.allCases)))
    case 5: .determination(.aborted)
    default:
      .oximetry(
        OximeterReading(
          saturation: maybe(Saturation(percent: number(1...100))).flatMap(\.self),
          pulseRate: maybe(PulseRate(perMinute: number(18...300))).flatMap(\.self),
          perfusionIndex: maybe(PerfusionIndex(hundredths: number(2...2000))).flatMap(\.self),
          status: SignalStatus(rawValue: UInt16.random(in: 0..<1 << 13, using: &self))))
    }
  }

  private mutating func word() -> StationWord {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: .hello
    case 1: .heartbeat
    case 2: .goodbye
    case 3:
      .sound(
        StationSound(
          isVisible: Bool.random(using: &self), isAudible: Bool.random(using: &self),
          checkedBy: maybe(staff())))
    case 4:
      .sounded(
        pick([chair(), .ward]), alarm: number(1...1_000_000_000),
        revision: number(1...1_000_000_000))
    default:
      .confirmed(
        pick([chair(), .ward]), alarm: number(1...1_000_000_000),
        revision: number(1...1_000_000_000))
    }
  }

  private mutating func note() -> AccountNote {
    let purposes: [AccountNote.Purpose] = [
      .command(pick(CommandName.allCases)), .accounts, .station,
    ]
    let purpose = pick(purposes)
    let roles = Role.allCases.filter { _ in Bool.random(using: &self) }
    return switch pick(AccountNote.Name.allCases) {
    case .authenticated:
      .authenticated(
        by: staff(), for: purpose,
        factors: AccountNote.Factor.allCases.filter { _ in Bool.random(using: &self) })
    case .loginFailed:
      .loginFailed(
        by: maybe(staff()), for: purpose, why: pick(LoginFailure.allCases),
        failures: number(0...1_000_000))
    case .lockedOut: .lockedOut(staff(), seconds: number(0...1_000_000))
    case .accountChanged:
      .changed(staff(), pick(AccountChange.allCases), roles: roles, by: staff())
    case .recordShown:
      .shown(record: text(), as: pick(RecordForm.allCases), at: maybe(staff()))
    }
  }

  /// An input of the `kind`-th of twelve kinds; commands go through all names.
  mutating func input(_ kind: Int, at now: Instant) -> WardInput {
    switch kind % 12 {
    case 0: .bytes(slot(), bytes(Int.random(in: 1...40, using: &self)))
    case 1: .line(slot(), maybe(.opened) ?? .closed(reason: text()))
    case 2: .command(pick([chair(), .ward]), command(pick(CommandName.allCases)), by: staff())
    case 3: .reading(chair(), reading(), by: staff())
    case 4: .wallClockStepped(milliseconds: Int64.random(in: -(1 << 40)...(1 << 40), using: &self))
    case 5: .station(staff(), isLinked: Bool.random(using: &self))
    case 6: .log(pick(LogHealth.allCases))
    case 9: .stationSays(staff(), word())
    case 7: .staff(staff(), maybe(pick(Role.allCases)))
    case 10: .sound(pick(SoundReach.allCases))
    case 8: .account(pick([chair(), .ward]), note())
    default:
      .interrupted(
        since: .milliseconds(now.milliseconds - Int64(number(0...100_000))),
        isCertain: Bool.random(using: &self))
    }
  }
}
