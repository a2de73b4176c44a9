public import Vitals

/// What a chair decided, in the words of the timeline (`design.md` section 5).
public enum ChairEvent: Hashable, Sendable {
  case alarm(AlarmChange)
  case session(SessionChange)
  case signature(SignatureOutcome)
  case reading(PressureReading)
  case checkpoint(Checkpoint)
  case device(SlotName, DeviceChange)
  case station(StaffID, StationChange)
  case audit(AuditEntry)
}

/// What became of the link to a nurse station (`clinical.md` 3.9).
public enum StationChange: Hashable, Sendable {
  /// It shows what happens; `confirms` tells whether it also says so, and so may be relied on.
  case linked(confirms: Bool)
  /// Silent for too long.
  case lost
  /// Said goodbye.
  case left
}

/// The session moved to a phase, or changed inside one.
public struct SessionChange: Hashable, Sendable {
  public enum Substate: String, Sendable {
    case running, paused, away, returned, awaitingSecond
  }
  public let phase: Phase
  public let substate: Substate?
  public let by: StaffID
  public let reason: String?
  /// Whom the clinic says it is for, where the session is opened: a code or initials, as it likes.
  public var patient: String?
}

/// A valid blood pressure on the chart.
public struct PressureReading: Hashable, Sendable {
  public enum Source: String, Sendable { case cuff, manual }
  public let pressure: BloodPressure
  public let source: Source
  /// Who measured it by hand.
  public let by: StaffID?
  /// `BP_REL_INFO`: a rise worth a mark on the chart, no alarm.
  public let isNoteworthyRise: Bool
  /// Cuff and oximeter count about half or double of each other (`clinical.md` 4.4).
  public var isPossibleCountError = false
}

/// What happened to a device.
public enum DeviceChange: Hashable, Sendable {
  /// The line is open; `driver` speaks on it.
  case connected(driver: String)
  case disconnected(reason: String)
  case inflating
  case determinationFailed(DeterminationFailure)
  case determinationAborted
  /// Who the device says it is; empty where it does not say.
  case identified(model: String, serial: String, firmware: String)
  /// A blood pressure out of the device's memory: a late entry, which meets no due time and judges
  /// nothing, since the device's clock is not believed.
  case storedPressure(BloodPressure, deviceTime: String?)
  /// A second of oximetry out of the device's memory.
  case storedOximetry(spo2: Int?, pulseRate: Int?, deviceTime: String?)
}

/// What the audit trail keeps besides the events above.
public enum AuditEntry: Hashable, Sendable {
  case refused(CommandName, [Refusal.Reason], by: StaffID)
  case audioPaused(seconds: Int, by: StaffID)
  case audioResumed(AudioResumption, by: StaffID? = nil)
  case alarmPaused(seconds: Int, by: StaffID, reason: String)
  case alarmResumed(AudioResumption, by: StaffID? = nil)
  case alarmOff(AlarmID, by: StaffID, reason: String)
  case alarmOn(AlarmID, AudioResumption, by: StaffID? = nil)
  /// Information every two minutes: what is paused, off, or waits to be confirmed.
  case inactivationReminder([String])
  case limitsConfirmed(by: StaffID)
  case stationAudioPaused(StaffID, seconds: Int, by: StaffID)
  case stationAudioResumed(StaffID, AudioResumption, by: StaffID? = nil)
  case ownerSet(StaffID?, by: StaffID)
  /// The alarm with this number was passed on to more people.
  case routed(AlarmID, Int, to: RouteTarget, RouteCause)
  /// A HIGH that nobody has acknowledged for a minute (`clinical.md` 3.3).
  case unattended(AlarmID, Int)
  case answered(AlarmID, Int, AlarmAnswer, by: StaffID)
  /// A station has shown this revision of the alarm, so long after it was decided.
  case delivered(AlarmID, Int, revision: Int, station: StaffID, afterMilliseconds: Int)
  /// A station has sounded this revision of the alarm: its part in a burst, so long after it was
  /// decided. Tells nothing of what anybody has seen, or heard.
  case sounded(AlarmID, Int, revision: Int, station: StaffID, afterMilliseconds: Int)
  /// What a station says of its screen and its sound has changed.
  case stationSound(StaffID, StationSound)
  /// The sounder at the chair, which is silent only while a confirming station is linked.
  case chairAudio(isOn: Bool, ChairAudioCause)
  case limitChanged(field: String, from: Int, to: Int, by: StaffID, reason: String?)
  case baseline(Baseline, source: BaselineSource? = nil, rr: Int? = nil, by: StaffID)
  case holdDeclared(HoldClass, by: StaffID, reason: String)
  /// With the second reading that clears a hard one.
  case holdCleared(HoldClass, by: StaffID, reason: String, reading: BloodPressure? = nil)
  case observationExtended(minutes: Int, by: StaffID, reason: String)
  case assessed(Assessment, by: StaffID)
  case escort(Escort, by: StaffID)
  case scheduled(dueSeconds: [Int], startsByItself: Bool, by: StaffID)
  case limbs(Limbs, by: StaffID)
  case respirationCounted(RespirationRate, by: StaffID)
  /// The patient has pressed the button; on record whether or not anybody is being watched here.
  case patientCalled
  case cuffOrdered(CuffOrderCause, by: StaffID)
  case statStarted(seconds: Int, by: StaffID)
  case statEnded(StatMode.End, by: StaffID)
  case charted(Chart, by: StaffID)
  case checklist(Checklist, by: StaffID)
  case series(Series, by: StaffID)
  case symptom(SymptomReport, by: StaffID)
  /// `holdMinutes`: how much longer the patient stays for it.
  case medication(Medication, holdMinutes: Int, by: StaffID)
  case oxygen(tenths: Int, by: StaffID)
  case nasalDevice(number: Int, of: Int, by: StaffID)
  case handover(from: StaffID?, to: StaffID, by: StaffID)
  case presetChanged(PresetField, from: String, to: String, by: StaffID, reason: String?)
  /// The dose has run 10 min longer than planned; information, no alarm.
  case doseOverrun(plannedMinutes: Int)
  /// What is not met now, whenever that changes in observation.
  case criteria(unmet: [Criterion])
  case waived(Criterion, by: StaffID, reason: String)
  /// Signatures that no longer stand, and why.
  case signaturesVoided([StaffID], why: Refusal.Reason)
  case handoverDone(note: String, by: StaffID)
  /// The refusal form was signed, or was not.
  case leftAgainstAdvice(refusalForm: Bool, by: StaffID)
  case reopened(revision: Int, superseded: [StaffID], by: StaffID, reason: String)
  case addendum(String, by: StaffID)
  /// Late when it was written down more than 15 min after it occurred.
  case lateEntry(String, secondsAgo: Int, isLate: Bool, by: StaffID, reason: String)
  case corrected(
    reading: Int, from: BloodPressure, to: BloodPressure, by: StaffID, reason: String)
  case annotated(ArtefactTarget, by: StaffID, reason: String)
  case departed(with: String, by: StaffID)
  case note(String, by: StaffID)
  /// The daemon was not running for this long: at a chair, while its session was open; of the ward,
  /// whoever was there.
  ///
  /// Without certainty, nobody knows for how long.
  case interrupted(seconds: Int, isCertain: Bool = true)
  case wallClockStepped(milliseconds: Int64)
  /// This log begins because the one before it was damaged.
  case logSetAside(LostLog)
  /// Whether the flight recorder takes the bytes of devices from now on; what it misses cannot be
  /// replayed.
  case deviceBytesKept(Bool)
  case account(AccountNote)
  /// From now on somebody has this role in the ward; `nil` for somebody who is no longer there.
  case staffChanged(StaffID, Role?)
}

/// A log that no daemon could go on with.
public struct LostLog: Hashable, Sendable {
  /// The name that its file has now.
  public let file: String
  /// What is wrong with it, in words.
  public let reason: String
  /// How many accounts were taken over from it.
  public let accounts: Int
  /// The chairs that had an open session in it, as far as that could be read.
  public let chairs: [ChairID]

  public init(file: String, reason: String, accounts: Int, chairs: [ChairID]) {
    self.file = file
    self.reason = reason
    self.accounts = accounts
    self.chairs = chairs
  }
}

/// Why a cuff was told to start or stop.
public enum CuffOrderCause: String, Hashable, Sendable, CaseIterable {
  case operatorStart, scheduledStart, retry
  /// One of a person's STAT mode.
  case stat
  /// The one after a critical or very low pressure, and those every 5 min after any worrying one.
  case recheck, followUp
  case operatorAbort, sessionEndAbort
  /// It took longer than any determination may.
  case timeOutAbort
  /// The line is back, and the cuff was at work when it closed.
  case reconnectAbort

  public var isStart: Bool {
    switch self {
    case .operatorStart, .scheduledStart, .retry, .stat, .recheck, .followUp: true
    case .operatorAbort, .sessionEndAbort, .timeOutAbort, .reconnectAbort: false
    }
  }
}
