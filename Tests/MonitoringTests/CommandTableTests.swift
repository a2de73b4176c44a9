@testable import Monitoring
import Testing
import Vitals

/// Every command, at every phase, by every role: carried out, or refused with a reason, without
/// a change, on record.
@Suite struct `Every command` {
  static let phases: [Phase?] = [nil] + Phase.allCases.map(Optional.some)

  /// Who may give what when, from `clinical.md` 1.2, written out anew.
  static func isAllowed(_ name: CommandName, _ phase: Phase?, _ role: Role?) -> Bool {
    let nurses: [Role?] = [.rn, .prescriber]
    let anyone: [Role?] = nurses + [.assistant, .admin]
    let isOver = phase == nil || phase?.isTerminal == true
    let isMonitored = phase?.isMonitored == true
    let isWatched = phase == .observation || phase == .readyForSignOff
    switch name {
    case .book: return anyone.contains(role) && isOver
    case .checkIn: return anyone.contains(role) && (isOver || phase == .scheduled)
    case .cancel: return anyone.contains(role) && phase == .scheduled
    case .baselineAccepted, .holdDeclared: return nurses.contains(role) && phase == .baseline
    case .holdCleared: return role == .prescriber && phase == .baseline
    case .doseStart:
      return nurses.contains(role) && phase == .baseline
        || role == .prescriber && phase == .observation
    case .dosePause, .doseResume, .doseEnd: return nurses.contains(role) && phase == .infusing
    case .stopRequested: return anyone.contains(role) && phase == .infusing
    case .patientAway, .patientReturned: return anyone.contains(role) && isWatched
    case .extend: return nurses.contains(role) && isWatched
    case .sign: return nurses.contains(role) && (isWatched || phase == .transferred)
    case .waive: return role == .prescriber && isWatched
    case .chart, .series: return anyone.contains(role) && (isMonitored || phase == .scheduled)
    case .symptom: return anyone.contains(role) && isMonitored
    case .checklist: return nurses.contains(role) && phase == .baseline
    case .nasalDevice: return nurses.contains(role) && phase == .infusing
    case .medication, .oxygen, .handover, .preset: return nurses.contains(role) && isMonitored
    case .handoverDone: return nurses.contains(role) && phase == .transferred
    case .reopenClinical: return nurses.contains(role) && phase == .signedOff
    case .addendum: return nurses.contains(role) && phase?.isTerminal == true
    case .lateEntry, .correction, .annotate:
      return nurses.contains(role) && (isMonitored || phase?.isTerminal == true)
    case .leaveAMA: return nurses.contains(role) && (isWatched || phase == .infusing)
    case .abort: return anyone.contains(role) && phase == .baseline
    case .departed: return anyone.contains(role) && phase == .signedOff
    case .note, .acknowledge, .audioPause, .audioResume:
      return anyone.contains(role) && isMonitored
    // The daemon itself may only stop a cuff, when it shuts down.
    // Stopping a cuff is always allowed.
    case .nibpAbort: return (nurses + [.system]).contains(role)
    case .assess, .escort, .transfer, .setLimit, .nibpStart, .nibpStat, .schedule:
      return nurses.contains(role) && isMonitored
    }
  }

  /// What the state of ``Visit/at(_:)`` refuses although rule and role allow it.
  static func stands(_ name: CommandName, _ phase: Phase?) -> Refusal.Reason? {
    switch name {
    case .holdCleared: .hold
    case .doseResume: .doseNotPaused
    case .patientReturned: .notAway
    case .acknowledge: .nothingToAcknowledge
    // Chairs without a patient have no cuff here.
    case .nibpAbort where phase?.isMonitored != true: .noCuff
    case .sign where phase == .observation: .criterion(.time)
    // The nurse who asks has signed the transfer, and handed over.
    case .sign where phase == .transferred: .samePerson
    case .handoverDone: .handedOver
    case .nasalDevice: .wrongRoute
    // Nothing was measured before that session ended.
    case .correction where phase == .aborted, .annotate where phase == .aborted: .noSuchReading
    default: nil
    }
  }

  /// Where commands lead that leave their phase, from `clinical.md` 1.2.
  static let targets: [CommandName: [Phase?]] = [
    .book: [.scheduled], .checkIn: [.baseline], .cancel: [.aborted], .abort: [.aborted],
    .doseStart: [.infusing], .doseEnd: [.observation], .transfer: [.transferred],
    .leaveAMA: [.leftAMA], .reopenClinical: [.observation],
    .sign: [.readyForSignOff, .signedOff],
    // What keeps the patient longer is noticed with the next second.
    .extend: [.observation, .readyForSignOff],
    .medication: [.baseline, .infusing, .observation, .readyForSignOff],
    .oxygen: [.baseline, .infusing, .observation, .readyForSignOff],
    .patientAway: [.observation, .readyForSignOff],
    .escort: [.baseline, .infusing, .observation, .readyForSignOff],
  ]

  @Test(arguments: phases)
  func `works, or is refused without a trace but the audit`(_ phase: Phase?) {
    let prototype = Visit.at(phase)
    #expect(prototype.phase == phase)
    let before = String(reflecting: prototype.monitor)
    for name in CommandName.allCases {
      for role in Role.allCases.map(Optional.some) + [nil] {
        var visit = prototype
        let reasons = visit.tell(name.example, by: "rn1", role: role)
        let title =
          "\(name) by \(role.map(\.rawValue) ?? "nobody") at \(phase.map(\.rawValue) ?? "nothing")"
        let isAllowed = Self.isAllowed(name, phase, role)
        if isAllowed, Self.stands(name, phase) == nil {
          #expect(reasons.isEmpty, "\(title)")
          // Resuming a sound that is not paused has nothing to say.
          #expect(visit.log.isEmpty == (name == .audioResume), "\(title) left no trace")
          let targets = Self.targets[name] ?? [phase]
          #expect(
            targets.contains(visit.phase), "\(title) led to \(String(describing: visit.phase))")
          continue
        }
        let expected = isAllowed ? Self.stands(name, phase) : nil
        #expect(!reasons.isEmpty, "\(title)")
        if let expected { #expect(reasons.contains(expected), "\(title): \(reasons)") }
        if role == nil { #expect(reasons == [.unknownStaff], "\(title)") }
        #expect(String(reflecting: visit.monitor) == before, "\(title) changed something")
        let isOnRecord =
          visit.audits == [.refused(name, reasons, by: StaffID("rn1")!)]
          || visit.signatures.map(\.reasons) == [reasons]
        #expect(isOnRecord && visit.log.count == 1, "\(title) is not on record")
      }
    }
  }

  @Test func `explains every refusal in one sentence`() {
    for name in CommandName.allCases { #expect(name.example.name == name) }
    for criterion in Criterion.allCases {
      #expect(Refusal.Reason.criterion(criterion).name == criterion.rawValue)
    }
    #expect(Refusal.Reason.noLiveSpO2.name == "noLiveSpO2")
  }
}
