/// A route of giving the drug, with what follows from it (`clinical.md` 1.4 and 2.6).
public enum Route: String, Hashable, Sendable, CaseIterable {
  case iv40, iv45, iv60slow, im, spravato56, spravato84, nasalCompounded, troche

  /// What a route asks for; a policy may give its own in its section `presets`.
  public struct Preset: Hashable, Sendable {
    /// Planned length of the dose or its effect window, in minutes.
    public var doseMinutes: Int
    /// What the observation counts from.
    public var anchor: Anchor
    public var requiredMinutes: Int
    /// How long the patient stays after the end of the dose or its window, in minutes.
    public var afterDoseMinutes: Int
    public var signatures: Int
    /// Minutes after dose start at which a blood pressure is due while the dose runs; the last step
    /// repeats.
    public var doseDueMinutes: [Int]
    /// Minutes after the anchor at which one is due in observation.
    public var observationDueMinutes: [Int]
    /// From then on, one every so many minutes.
    public var observationStepMinutes: Int
  }

  public enum Anchor: String, Hashable, Sendable, CaseIterable {
    case doseStart, doseEnd, firstDevice
  }

  /// What holds where a policy says nothing else.
  public func standardPreset(_ policy: Policy.Observation) -> Preset {
    switch self {
    case .iv40: Self.intravenous(40, required: policy.intravenousMinutes)
    case .iv45: Self.intravenous(45, required: policy.intravenousMinutes)
    case .iv60slow: Self.intravenous(60, required: policy.maximumMinutes)
    case .im:
      Preset(
        doseMinutes: 40, anchor: .doseStart, requiredMinutes: policy.intramuscularMinutes,
        afterDoseMinutes: 30, signatures: 1, doseDueMinutes: [5, 10, 15, 20, 30],
        observationDueMinutes: [55, 70, 85], observationStepMinutes: 15)
    case .spravato56, .spravato84:
      Preset(
        doseMinutes: 10, anchor: .firstDevice, requiredMinutes: policy.spravatoMinutes,
        afterDoseMinutes: 0, signatures: 2, doseDueMinutes: [],
        observationDueMinutes: [40, 70, 100], observationStepMinutes: 15)
    case .nasalCompounded, .troche:
      Preset(
        doseMinutes: 40, anchor: self == .troche ? .doseStart : .firstDevice,
        requiredMinutes: policy.oralMinutes, afterDoseMinutes: 0, signatures: 1,
        doseDueMinutes: [15], observationDueMinutes: [60, 90, 115], observationStepMinutes: 15)
    }
  }

  private static func intravenous(_ minutes: Int, required: Int) -> Preset {
    Preset(
      doseMinutes: minutes, anchor: .doseEnd, requiredMinutes: required, afterDoseMinutes: 0,
      signatures: 1, doseDueMinutes: [5], observationDueMinutes: [0, 10, 20, 35],
      observationStepMinutes: 15)
  }

  public var isIntravenous: Bool {
    switch self {
    case .iv40, .iv45, .iv60slow: true
    case .im, .spravato56, .spravato84, .nasalCompounded, .troche: false
    }
  }

  public var isSpravato: Bool { self == .spravato56 || self == .spravato84 }

  /// How many sprays may be recorded; 0 for a route without any.
  public var nasalDevices: Int {
    switch self {
    case .spravato56: 2
    case .spravato84: 3
    case .nasalCompounded: 20
    case .iv40, .iv45, .iv60slow, .im, .troche: 0
    }
  }
}
