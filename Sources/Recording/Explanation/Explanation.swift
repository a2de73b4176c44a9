public import Monitoring
public import Vitals

/// Why an alarm rang and why not earlier, or why a rule never did, from a recording alone.
///
/// Made by ``init(_:chair:subject:)``, which replays the recording and watches the rule's condition
/// after every input and every deadline.
public struct Explanation: Sendable {
  /// What is to be explained.
  public enum Subject: Hashable, Sendable {
    /// An alarm of the chair's latest session, by its `id` in the timeline.
    case alarm(serial: Int)
    /// A rule: its last alarm in that session, or why it raised none.
    case rule(AlarmID)
  }

  /// Something that happened to the rule's condition or to its alarm.
  public struct Turn: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// The delay began to run; raised at `until` unless something good came.
      case delayStarted(until: Instant)
      /// Nothing valid came: the delay stood still, because of these flags.
      case frozen(flags: [String], remaining: Duration)
      /// The delay went on after that.
      case resumed(until: Instant)
      /// No valid sample for 10 s: the delay was forgotten.
      case forgotten
      /// A good second ended the delay.
      case good(value: Int?)
      /// The delay was dropped because nothing was judged any more.
      case dropped
      case raised(Priority)
      case escalated(Priority)
      /// Good; over at `until` unless it was violated again.
      case clearing(until: Instant)
      /// Violated again, or not valid, before it was over.
      case notCleared
      case cleared, latched
      /// Its signals start, or start again, after a pause of all alarms.
      case signalResumed
      case acknowledged(by: StaffID)
      case reset(by: StaffID)
    }
    public let at: Instant
    public let kind: Kind

    public init(at: Instant, kind: Kind) {
      self.at = at
      self.kind = kind
    }
  }

  /// One second of the oximeter, or one blood pressure, as the rule saw it.
  public struct Moment: Hashable, Sendable {
    public let at: Instant
    /// The number that the device showed, also one that is not judged.
    public let value: Int?
    /// The pressure, for a rule on pressures.
    public let pressure: BloodPressure?
    public let limit: Int?
    /// `valid`, or why the sample could not be judged.
    public let quality: [String]
    /// `nil` when the sample could not tell.
    public let violates: Bool?
    /// Whether the number would have violated, had it been valid.
    public let isBeyond: Bool
    /// Where the condition stood after it.
    public internal(set) var condition: RuleState.Condition
    /// The priority of the alarm that stood after it.
    public internal(set) var priority: Priority?
  }

  /// What was so when it rang, or at the end when it did not.
  public struct Circumstances: Hashable, Sendable {
    public let phase: Phase?
    public let phaseSince: Instant?
    public let hold: HoldClass?
    public let isDosePaused: Bool
    public let awaySince: Instant?
    public let audioPausedUntil: Instant?
    public let baseline: Baseline?
  }

  /// A value of the policy that the rule uses, and where it came from.
  public struct Origin: Hashable, Sendable {
    /// A change by a person during the session.
    public struct Change: Hashable, Sendable {
      public let at: Instant
      public let from: Int
      public let to: Int
      public let by: StaffID
      public let reason: String?
    }
    /// A name of ``Policy/fields``.
    public let field: String
    /// In force, in units of the field.
    public let value: Int
    /// What the unit's policy says.
    public let policy: Int
    public let changes: [Change]
  }

  /// Something that held a rule back while a due time went by.
  public struct Wait: Hashable, Sendable {
    public enum Reason: String, Sendable { case cuffWorking, away }
    public let reason: Reason
    public let from: Instant
    public internal(set) var until: Instant?
  }

  /// One number of a pressure and what a rule compares it with.
  public struct PressureLimit: Hashable, Sendable {
    public enum Part: String, Sendable { case systolic, diastolic, mean }
    public let part: Part
    /// mmHg.
    public let limit: Int
    /// The field of the policy that gives it.
    public let field: String
  }

  /// A determination that gave no pressure.
  public struct Failure: Hashable, Sendable {
    public let at: Instant
    public let why: DeterminationFailure
  }

  public let chair: ChairID
  public let rule: AlarmID
  /// The alarm; `nil` when the rule raised none.
  public let alarm: AlarmCourse?
  public let policyID: String
  /// The wall clock at the recording's zero, and at the raising.
  public let startedAt: WallTime
  public let raisedOnWall: WallTime?
  public let circumstances: Circumstances
  public let origins: [Origin]
  /// What pressures were compared with, in the order in which the rule looks.
  public let pressureLimits: [PressureLimit]
  /// The limit that oximeter samples were compared with.
  public let limit: Int?
  public let delay: Duration?
  public let clear: Duration?
  /// Since the rule's alarm before this one, or the beginning of the session.
  public let turns: [Turn]
  public let moments: [Moment]
  public let failures: [Failure]
  /// The due time that a missing blood pressure was for.
  public let dueAt: Instant?
  public let waits: [Wait]
  /// Who gave the command `stopRequested` that raised it, or that the patient did with the button.
  public let askedBy: String?
}

/// Why there is nothing to explain.
public struct ExplanationError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
