import Monitoring
import Vitals

/// Whom an alarm calls, and when: the table of `clinical.md` 3.7.
struct RoutingPlan: Sendable {
  /// After so long from its start.
  typealias Step = (after: Duration, to: RouteTarget)
  /// The first is the raising itself.
  let steps: [Step]
  /// How often the last step is repeated.
  let repeats: Duration?
  /// When an alarm that nobody has acknowledged counts as unattended.
  let unattendedAfter: Duration?
  /// How long who accepted may take to acknowledge at the chair, before routing resumes.
  let trustsAcceptance: Duration?

  static func of(_ priority: Priority) -> RoutingPlan {
    switch priority {
    case .high:
      RoutingPlan(
        steps: [(.zero, .owner), (.seconds(30), .allStations), (.seconds(60), .prescriber)],
        repeats: .seconds(60), unattendedAfter: .seconds(60), trustsAcceptance: .seconds(120))
    case .medium:
      RoutingPlan(
        steps: [(.zero, .owner), (.seconds(120), .allStations), (.seconds(300), .prescriber)],
        repeats: nil, unattendedAfter: nil, trustsAcceptance: nil)
    case .low:
      RoutingPlan(
        steps: [(.zero, .owner), (.seconds(600), .owner)], repeats: .seconds(600),
        unattendedAfter: nil, trustsAcceptance: nil)
    }
  }
}

/// The way of one alarm from the owner of the chair to more and more people.
///
/// It goes on until somebody acknowledges, the condition ends, or somebody accepts.
struct AlarmRoute: Hashable, Sendable {
  let id: AlarmID
  let serial: Int
  private let priority: Priority
  private let startedAt: Instant
  /// The next step of the plan.
  private var next = 1
  private var isAccepted = false
  private var isUnattended = false
  private(set) var dueAt: Instant?

  private var plan: RoutingPlan { .of(priority) }

  /// Starts when the alarm's signals start; `isHeld` while they do not.
  init(_ alarm: Alarm, at now: Instant, isHeld: Bool) {
    id = alarm.id
    serial = alarm.serial
    priority = alarm.priority
    startedAt = now
    if !isHeld { dueAt = now + plan.steps[1].after }
  }

  /// While signals are held nobody is called; a HIGH is never held.
  mutating func hold() {
    if priority < .high { dueAt = nil }
  }

  /// Passes the alarm on; who was told is emitted.
  mutating func goOn(_ cause: RouteCause, at now: Instant, emit: (AuditEntry) -> Void) {
    if let limit = plan.unattendedAfter, !isUnattended, now >= startedAt + limit {
      isUnattended = true
      emit(.unattended(id, serial))
    }
    let step = plan.steps[min(next, plan.steps.count - 1)]
    emit(.routed(id, serial, to: step.to, cause))
    (next, isAccepted) = (next + 1, false)
    if next < plan.steps.count {
      // Called early, the step after keeps its time; called late, its distance.
      let (after, before) = (plan.steps[next].after, plan.steps[next - 1].after)
      dueAt = max(startedAt + after, now + (after - before))
    } else {
      dueAt = plan.repeats.map { now + $0 }
      if let limit = plan.unattendedAfter, !isUnattended {
        dueAt = earliest(dueAt, startedAt + limit)
      }
    }
  }

  mutating func advance(to now: Instant, emit: (AuditEntry) -> Void) {
    guard let dueAt, dueAt <= now else { return }
    goOn(isAccepted ? .notAcknowledged : .undefined, at: now, emit: emit)
  }

  mutating func take(_ answer: AlarmAnswer, at now: Instant, emit: (AuditEntry) -> Void) {
    switch answer {
    case .rejected: goOn(.rejected, at: now, emit: emit)
    case .accepted:
      // Said twice, it does not buy time.
      guard !isAccepted else { return }
      isAccepted = true
      dueAt = plan.trustsAcceptance.map { now + $0 }
    }
  }
}
