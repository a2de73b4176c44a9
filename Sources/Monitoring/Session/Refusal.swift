/// Why a command was not carried out.
///
/// It changed nothing, and is audited.
public struct Refusal: Error, Hashable, Sendable {
  public let reasons: [Reason]

  public init(_ reasons: Reason...) { self.reasons = reasons }
  public init(_ reasons: [Reason]) { self.reasons = reasons }

  public enum Reason: Hashable, Sendable {
    case noSuchChair
    case unknownStaff
    case notYourRole
    case wrongPhase
    /// Not accepted yet, or more than 15 min ago.
    case baseline
    /// Fewer than two pressures at least a minute apart, or a third is needed.
    case baselinePressures
    /// Pressures there are, but taken too soon after the patient sat down.
    case seatedRest
    /// Fewer than 60 valid oximeter seconds.
    case baselineSamples
    case hold
    case noLiveSpO2
    case noRecentPressure
    case noStation
    case highAlarm
    case escort
    case needsPrescriber
    case needsReason
    case dosePaused
    case doseNotPaused
    case away
    case notAway
    case nothingToAcknowledge
    case outOfRange
    case unknownField
    /// So wide that the rule would never alarm.
    case deadLimit
    case unitWide
    case neverOff
    case isOff
    case isNotOff
    case nothingToAnswer
    case nothingToConfirm
    case noSuchStation
    case noCuff
    case cuffBusy
    /// The secret is wrong or missing, or the account is not in use.
    case authentication
    /// Too many wrong secrets.
    case lockedOut
    /// Nobody of this name has a secret yet.
    case noAccount
    case samePerson
    case firstSignatureVoid
    case identifiers
    case handoverPending
    case handedOver
    case notRoomAir
    case checklist
    case secondReading
    case weightDiffers
    case notANurse
    case wrongRoute
    case wrongDevice
    case notWaivable
    case waiverFloor
    case needsNote
    case needsAdvice
    case departed
    case tooLate
    case noSuchReading
    case deviceReading
    case criterion(Criterion)

    /// Whether the person was not believed, whatever the command.
    public var isOfAuthentication: Bool {
      switch self {
      case .authentication, .lockedOut, .noAccount: true
      default: false
      }
    }

    public var name: String {
      if case .criterion(let criterion) = self { criterion.rawValue } else { "\(self)" }
    }

    /// One sentence for a person, with what to do.
    public var explanation: String {
      switch self {
      case .noSuchChair: "There is no such chair; see the wall for the names."
      case .unknownStaff: "This user name is not on the staff list."
      case .notYourRole: "Your role may not do this; ask a nurse or a prescriber."
      case .wrongPhase: "The session is not in a phase where this makes sense."
      case .baseline: "Accept a baseline first; it must not be older than 15 min."
      case .baselinePressures:
        "Two blood pressures at least 1 min apart are needed, a third when they differ by more than 10 mmHg."
      case .seatedRest:
        "Only a pressure taken after 3 min of sitting quietly counts for the baseline; measure again."
      case .baselineSamples: "60 s of valid oximeter readings are needed."
      case .hold: "A hold is in force; a prescriber must clear it."
      case .noLiveSpO2: "No current SpO2; check the sensor."
      case .noRecentPressure: "No blood pressure within the last 10 min; measure one."
      case .noStation: "No nurse station is connected; open the wall view."
      case .highAlarm: "A HIGH alarm is active."
      case .escort: "Name the escort, or mark it as to be confirmed."
      case .needsPrescriber: "This needs a prescriber."
      case .needsReason: "Give a reason."
      case .dosePaused: "The dose is paused already."
      case .doseNotPaused: "The dose is not paused."
      case .away: "The patient is away from the chair."
      case .notAway: "The patient is not away."
      case .nothingToAcknowledge: "There is no such alarm to acknowledge."
      case .outOfRange: "The value is outside what is allowed."
      case .unknownField: "There is no limit of this name."
      case .deadLimit:
        "A limit this wide would never alarm; a prescriber may turn the rule off instead (alarmOff)."
      case .unitWide: "This value belongs to the whole clinic; change it in the policy file."
      case .neverOff: "This alarm can never be turned off."
      case .isOff: "This alarm is off already."
      case .isNotOff: "This alarm is not off."
      case .nothingToAnswer: "There is no such alarm that waits for an answer."
      case .nothingToConfirm: "No limits wait to be confirmed."
      case .noSuchStation: "No station of this name is linked that confirms what it shows."
      case .noCuff: "No cuff that takes orders is connected to this chair."
      case .cuffBusy: "The cuff is measuring, in STAT mode, or was deflated less than 30 s ago."
      case .authentication: "User name and PIN or password do not match."
      case .lockedOut:
        "Locked for 15 min after 5 wrong attempts; an administrator can unlock it sooner."
      case .noAccount:
        "This needs a PIN or password, and you have none yet; an administrator gives you one: chairside account passwd."
      case .samePerson: "The second signature must be another person's."
      case .firstSignatureVoid: "The first signature has lapsed; sign again."
      case .identifiers: "Confirm two identifiers of the patient first."
      case .handoverPending: "A patient is being handed over here; finish the handover first."
      case .handedOver: "The handover is done already."
      case .notRoomAir: "The baseline is taken on room air."
      case .checklist: "Answer every item of the checklist first."
      case .secondReading: "Measure a second blood pressure since the hold was declared."
      case .weightDiffers: "Enter the weight twice, in kg; both must agree."
      case .notANurse: "Name a member of staff who may do this."
      case .wrongRoute: "The route of this session has no nasal devices."
      case .wrongDevice: "Devices are recorded in turn, no more than the dose has."
      case .notWaivable: "This criterion cannot be waived as things stand."
      case .waiverFloor: "Not before 20 min have passed since the end of the dose."
      case .needsNote: "Write the handover note."
      case .needsAdvice: "Record that the patient was advised to stay."
      case .departed: "The patient has left."
      case .tooLate: "The record was signed more than 15 min ago; write an addendum."
      case .noSuchReading: "There is no such blood pressure in this session."
      case .deviceReading: "A device's reading is never changed; annotate it."
      case .criterion(let criterion): "Not met: \(criterion.rawValue)."
      }
    }
  }
}
