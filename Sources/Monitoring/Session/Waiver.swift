public import Vitals

/// Who may let a patient go although a criterion is not met (`clinical.md` 1.5).
public enum Waivability: String, Hashable, Sendable {
  case never
  /// A prescriber, with a reason.
  case prescriber
  /// A prescriber, on IV and IM routes, once 20 min have passed since the dose ended.
  case afterFloor
  /// A prescriber, for a ride-share only.
  case rideShare
  /// A prescriber, for POSS 2 only.
  case slightlyDrowsy
}

extension Criterion {
  public var waivability: Waivability {
    switch self {
    case .bpRange, .pulse, .quietPeriod, .padss, .dissociation, .gait, .nausea, .clock: .prescriber
    case .bpAge, .spo2, .activeAlarm, .aldrete, .orientation, .ivOut, .safety, .teaching, .fields:
      .never
    case .time: .afterFloor
    case .sedation: .slightlyDrowsy
    case .escort: .rideShare
    }
  }
}

/// A prescriber's decision that a criterion need not be met.
public struct Waiver: Hashable, Sendable {
  public let criterion: Criterion
  public let reason: String
  public let by: StaffID
  public let at: Instant
}
