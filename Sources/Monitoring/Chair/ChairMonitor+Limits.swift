import Vitals

/// Limits of one session (`clinical.md` 3.5): who may set them how wide.
extension ChairMonitor {
  /// A gap longer than this makes people look at changed limits again.
  private static let silentGapSeconds = 30

  mutating func setLimit(
    _ name: String, _ value: Int, reason: String?, by staff: StaffID, role: Role, at now: Instant,
    emit: (Instant, Output) -> Void
  ) -> Refusal? {
    guard let field = Policy.field(name) else { return Refusal(.unknownField) }
    var changed = alarms.policy
    let old = changed[keyPath: field.path]
    if let why = field.refusal(of: value, now: old, by: role, reason: reason) {
      return Refusal(why)
    }
    changed[keyPath: field.path] = value
    guard changed.orderProblems.isEmpty else { return Refusal(.outOfRange) }
    alarms.use(changed, baseline: session?.baseline)
    session?.changedLimits = Policy.fields.compactMap {
      let (unit, now) = (unitPolicy[keyPath: $0.path], changed[keyPath: $0.path])
      return unit == now ? nil : ChangedLimit(field: $0.name, unit: unit, now: now)
    }
    emit(
      now,
      .event(
        .audit(.limitChanged(field: name, from: old, to: value, by: staff, reason: reason))))
    return nil
  }

  mutating func confirmLimits(
    by staff: StaffID, at now: Instant, emit: (Instant, Output) -> Void
  ) -> Refusal? {
    let found = alarms.confirmLimits(by: staff, at: now) { emit($0, Self.output($1)) }
    return found ? nil : Refusal(.nothingToConfirm)
  }

  /// After a gap the former settings are in force again; a long one asks somebody to look at them.
  mutating func restoreLimits(
    afterGap seconds: Int, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard seconds > Self.silentGapSeconds, session?.changedLimits.isEmpty == false else { return }
    alarms.askForLimits(at: now) { emit($0, Self.output($1)) }
  }
}

/// A limit that differs from the unit's preset in this session, in units of `1/scale`.
public struct ChangedLimit: Hashable, Sendable {
  /// A name of ``Policy/fields``.
  public let field: String
  /// What the unit's policy says.
  public let unit: Int
  /// What is in force.
  public let now: Int
}
