public import Monitoring
import Vitals

/// What a form for each command asks for: the one table that pages build their forms from.
///
/// ``CommandText`` reads what they send; a test holds the two together.
public enum CommandForm {
  /// The fields of a command, in the order in which a person fills them in.
  public static func fields(of command: CommandName) -> [FormField] {
    switch command {
    case .book: [route, FormField("patient", .text)]
    case .checkIn:
      [
        route, FormField("patient", .text), FormField("identified", .answer),
        FormField("seated", .number(0...60, unit: "min")),
      ]
    case .cancel, .holdDeclared, .holdCleared, .abort, .reopenClinical: [.need("reason")]
    case .doseStart: [route, FormField("reason", .text)]
    case .doseEnd:
      [
        .word("how", DoseEnding.self), .word("cause", StopCause.self), FormField("reason", .text),
      ]
    case .patientAway: [.need("escort", .staff)]
    case .extend: [.need("minutes", .number(1...60, unit: "min")), .need("reason")]
    case .assess: assessment
    case .escort: [.word("type", Escort.self, isRequired: true)]
    case .transfer: [.need("to"), FormField("note", .text)]
    case .handoverDone: [FormField("note", .text)]
    case .leaveAMA:
      [.need("reason"), FormField("advice", .answer), FormField("refusalForm", .answer)]
    case .departed: [.need("with")]
    case .note, .addendum: [.need("text")]
    case .lateEntry:
      [.need("text"), .need("secondsAgo", .number(0...31_536_000, unit: "s")), .need("reason")]
    case .correction:
      [.need("reading", .number(1...100_000))] + pressure + [.need("reason")]
    case .annotate: [.need("reading", .number(1...100_000)), .need("reason")]
    case .chart: ChartField.allCases.map(\.formField)
    case .checklist: ChecklistItem.allCases.map { .word($0.rawValue, ChecklistAnswer.self) }
    case .series:
      [
        .word("kind", Series.Kind.self), .need("index", .number(1...999)),
        FormField("planned", .number(1...999)),
      ]
    case .symptom:
      [.word("name", Symptom.self, isRequired: true), .need("severity", .word(severities))]
    case .medication:
      [
        .need("name"), .word("class", MedicationClass.self, isRequired: true),
        FormField("dose", .text),
      ]
    case .oxygen: [.need("flow", .number(0...150, scale: 10, unit: "L/min"))]
    case .nasalDevice: [.need("number", .number(1...99))]
    case .handover: [.need("to", .staff)]
    case .preset:
      [
        .word("field", PresetField.self, isRequired: true), .need("value"),
        FormField("reason", .text),
      ]
    case .waive: [.word("criterion", Criterion.self, isRequired: true), .need("reason")]
    case .limbs:
      [.word("cuff", Limb.self), .word("oximeter", Limb.self), .word("iv", Limb.self)]
    case .schedule: [.need("due"), FormField("start", .word(["auto", "manual"]))]
    case .setLimit:
      [.need("field"), .need("value", .number(0...10_000)), FormField("reason", .text)]
    case .acknowledge, .audioPause, .audioResume, .alarmPause, .alarmResume, .alarmOff, .alarmOn,
      .answer, .owner, .stationPause, .stationResume, .confirmLimits:
      signals(command)
    case .baselineAccepted, .dosePause, .doseResume, .stopRequested, .patientReturned, .sign,
      .nibpStart, .nibpStat, .nibpAbort:
      []
    }
  }

  /// The fields of a blood pressure that was measured by hand.
  public static let pressure: [FormField] = [
    .need("sbp", .number(30...280, unit: "mmHg")), .need("dbp", .number(10...220, unit: "mmHg")),
    FormField("map", .number(20...250, unit: "mmHg")),
    FormField("pr", .number(18...300, unit: "/min")),
    .word("quality", BloodPressure.Quality.self),
  ]

  /// The field of a respiration rate that was counted.
  public static let respiration: [FormField] = [.need("rr", .number(0...120, unit: "/min"))]

  private static func signals(_ command: CommandName) -> [FormField] {
    let alarm = AlarmID.allCases.map(\.rawValue)
    let seconds = FormField("seconds", .number(1...86_400, unit: "s"))
    return switch command {
    case .acknowledge: [FormField("alarm", .word(["all"] + alarm))]
    case .audioPause: [seconds]
    case .alarmPause: [seconds, .need("reason")]
    case .alarmOff: [.need("alarm", .word(alarm)), .need("reason")]
    case .alarmOn: [.need("alarm", .word(alarm))]
    case .answer:
      [.need("alarm", .word(alarm)), .word("answer", AlarmAnswer.self, isRequired: true)]
    case .owner: [FormField("station", .text)]
    case .stationPause: [.need("station"), seconds]
    case .stationResume: [.need("station")]
    default: []
    }
  }

  private static let route = FormField.word("route", Route.self)

  private static let severities =
    Severity.Grade.allCases.map(\.rawValue) + (0...10).map { "\($0)" }

  private static let assessment: [FormField] =
    Assessment.scores.map { FormField($0.name, .number($0.range)) }
    + [.word("gait", Assessment.Gait.self)]
    + Assessment.answers.map { FormField($0.name, .answer) }
}
