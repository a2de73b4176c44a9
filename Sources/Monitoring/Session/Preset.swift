/// A route of giving the drug, with what follows from it (`clinical.md` 1.4 and 2.6).
public enum Route: String, Hashable, Sendable, CaseIterable {
  case iv40, iv45, iv60slow, im, spravato56, spravato84, nasalCompounded, troche

  public struct Preset: Hashable, Sendable {
    /// Planned length of the dose or its effect window, in minutes.
    public let doseMinutes: Int
    /// Whether the observation counts from the end of the dose, or from its start.
    public let anchor: Anchor
    public let requiredMinutes: Int
    public let signatures: Int
    /// Minutes after dose start at which a blood pressure is due while the dose runs; the last step
    /// repeats.
    public let doseDueMinutes: [Int]
    /// Minutes after the anchor at which one is due in observation; from then on every 15 min.
    public let observationDueMinutes: [Int]
  }

  public enum Anchor: String, Sendable { case doseStart, doseEnd }

  public func preset(_ policy: Policy.Observation) -> Preset {
    switch self {
    case .iv40: Self.intravenous(40, required: policy.intravenousMinutes)
    case .iv45: Self.intravenous(45, required: policy.intravenousMinutes)
    case .iv60slow: Self.intravenous(60, required: policy.maximumMinutes)
    case .im:
      Preset(
        doseMinutes: 40, anchor: .doseStart, requiredMinutes: policy.intramuscularMinutes,
        signatures: 1, doseDueMinutes: [5, 10, 15, 20, 30], observationDueMinutes: [55, 70, 85])
    case .spravato56, .spravato84:
      Preset(
        doseMinutes: 10, anchor: .doseStart, requiredMinutes: policy.spravatoMinutes,
        signatures: 2, doseDueMinutes: [], observationDueMinutes: [40, 70, 100])
    case .nasalCompounded, .troche:
      Preset(
        doseMinutes: 40, anchor: .doseStart, requiredMinutes: policy.oralMinutes, signatures: 1,
        doseDueMinutes: [15], observationDueMinutes: [60, 90, 115])
    }
  }

  private static func intravenous(_ minutes: Int, required: Int) -> Preset {
    Preset(
      doseMinutes: minutes, anchor: .doseEnd, requiredMinutes: required, signatures: 1,
      doseDueMinutes: [5], observationDueMinutes: [0, 10, 20, 35])
  }
}
