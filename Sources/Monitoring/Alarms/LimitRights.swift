/// Which way a limit becomes stricter: the alarm comes earlier, or stays longer.
public enum Tightening: Sendable { case higher, lower }

/// Who may change a limit for one session, and how far (`clinical.md` 3.5 and 2.6).
extension PolicyField {
  /// Values that are the clinic's, not a session's: only the policy file has them.
  var isUnitWide: Bool { name == "tech.stationLost" }

  /// A preset of the observation: a nurse may lengthen it, shortening it is a prescriber's.
  private var isPreset: Bool { name.hasPrefix("observation.") }

  /// Whether a value is stricter than another.
  public func isTighter(_ value: Int, than other: Int) -> Bool {
    tightening == .higher ? value > other : value < other
  }

  /// Why this role may not change the limit from `old` to `value`; `nil` when it may.
  ///
  /// A nurse tightens, and loosens inside the allowed range. A prescriber, with a reason, goes to
  /// the outer range. Beyond it no value would ever alarm: that is `alarmOff`.
  func refusal(
    of value: Int, now old: Int, by role: Role, reason: String?
  ) -> Refusal.Reason? {
    if isUnitWide { return .unitWide }
    guard outer.contains(value) else {
      let isDead = isTighter(
        tightening == .higher ? outer.lowerBound : outer.upperBound, than: value)
      return isDead ? .deadLimit : .outOfRange
    }
    if value == old || isTighter(value, than: old) { return nil }
    if allowed.contains(value), !isPreset { return nil }
    guard role == .prescriber else { return .needsPrescriber }
    return reason?.isEmpty == false ? nil : .needsReason
  }
}
