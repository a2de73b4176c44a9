@testable import Monitoring
import Vitals

extension CommandName {
  /// One command of this name, with harmless arguments.
  ///
  /// A new command must be added here.
  var example: Command {
    switch self {
    case .book: .book(route: .im, patient: "B.E.")
    case .checkIn: .checkIn(route: .iv45, patient: nil)
    case .cancel: .cancel(reason: "no show")
    case .baselineAccepted: .baselineAccepted
    case .holdDeclared: .holdDeclared(reason: "new symptoms")
    case .holdCleared: .holdCleared(reason: "seen")
    case .doseStart: .doseStart(route: nil, reason: "no effect yet")
    case .dosePause: .dosePause
    case .doseResume: .doseResume
    case .doseEnd: .doseEnd(.completed)
    case .stopRequested: .stopRequested
    case .patientAway: .patientAway(escort: StaffID("rn2")!)
    case .patientReturned: .patientReturned
    case .extend: .extend(minutes: 10, reason: "drowsy")
    case .assess: .assess(.fit)
    case .escort: .escort(.rideShare)
    case .sign: .sign
    case .transfer: .transfer(destination: "ED")
    case .leaveAMA: .leaveAMA(reason: "insists")
    case .abort: .abort(reason: "declines")
    case .departed: .departed(with: "sister")
    case .chart: .chart(.full(for: .iv40))
    case .checklist: .checklist(.clear)
    case .series: .series(Series(kind: .booster, index: 2))
    case .symptom: .symptom(SymptomReport(symptom: .floating, severity: .grade(.mild)))
    case .medication: .medication(Medication(name: "ondansetron", kind: .antiemetic, dose: "4 mg"))
    case .oxygen: .oxygen(tenths: 20)
    case .nasalDevice: .nasalDevice(number: 1)
    case .handover: .handover(to: StaffID("rn2")!)
    case .preset: .preset(.observationStep, value: "10", reason: nil)
    case .waive: .waive(.gait, reason: "wheelchair to the car")
    case .handoverDone: .handoverDone(note: "awake, 97 %")
    case .reopenClinical: .reopenClinical(reason: "dizzy at the door")
    case .addendum: .addendum("called back")
    case .lateEntry: .lateEntry("was restless", secondsAgo: 1000, reason: "busy")
    case .correction: .correction(reading: 1, Visit.pressure(121, 75), reason: "misread")
    case .annotate: .annotate(.reading(1), reason: "moved")
    case .note: .note("seen")
    case .acknowledge: .acknowledge(nil)
    case .audioPause: .audioPause(seconds: 60)
    case .audioResume: .audioResume
    case .alarmPause: .alarmPause(seconds: 120, reason: "care")
    case .alarmResume: .alarmResume
    case .alarmOff: .alarmOff(.pulseRelative, reason: "anxious")
    case .alarmOn: .alarmOn(.pulseRelative)
    case .answer: .answer(.spo2Low, .accepted)
    case .owner: .owner(StaffID("front")!)
    case .stationPause: .stationPause(StaffID("front")!, seconds: 60)
    case .stationResume: .stationResume(StaffID("front")!)
    case .confirmLimits: .confirmLimits
    case .setLimit: .setLimit(field: "spo2.low", value: 93, reason: nil)
    case .limbs: .limbs(Limbs(cuff: .leftArm, oximeter: .rightArm, infusion: .rightArm))
    case .nibpStart: .nibpStart
    case .nibpStat: .nibpStat
    case .nibpAbort: .nibpAbort
    case .schedule: .schedule(dueSeconds: [9000], startsByItself: false)
    }
  }
}
