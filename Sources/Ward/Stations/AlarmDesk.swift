import Monitoring
import Vitals

/// The alarms of one place, a chair or the ward itself: whom they call, and who shows them.
struct AlarmDesk: Hashable, Sendable {
  private var routes: [AlarmRoute] = []
  private(set) var deliveries = Deliveries()
  private let limit: Duration
  /// Whether the signals of LOW and MEDIUM alarms are held back.
  private var isHeld = false
  private(set) var isExpecting = false

  init(limit: Duration) { self.limit = limit }

  var nextDeadline: Instant? {
    routes.reduce(deliveries.nextDeadline) { earliest($0, $1.dueAt) }
  }

  /// Takes what was decided here.
  mutating func take(_ event: ChairEvent, at now: Instant, emit: (AuditEntry) -> Void) {
    switch event {
    case .alarm(let change): take(change, at: now)
    case .audit(.answered(_, let serial, let answer, _)):
      withRoute(serial) { $0.take(answer, at: now, emit: emit) }
    case .audit(.alarmPaused):
      isHeld = true
      for index in routes.indices { routes[index].hold() }
    case .audit(.alarmResumed): isHeld = false
    default: break
    }
  }

  private mutating func take(_ change: AlarmChange, at now: Instant) {
    deliveries.take(change, at: now, isExpected: isExpecting, limit: limit)
    let alarm = change.alarm
    routes.removeAll { $0.serial == alarm.serial }
    switch change.step {
    case .raised, .escalated, .resumed:
      routes.append(AlarmRoute(alarm, at: now, isHeld: isHeld && alarm.priority < .high))
    case .acknowledged, .latched, .cleared, .reset: break
    }
  }

  private mutating func withRoute(_ serial: Int, _ body: (inout AlarmRoute) -> Void) {
    guard let index = routes.firstIndex(where: { $0.serial == serial }) else { return }
    body(&routes[index])
  }

  mutating func confirm(
    alarm: Int, revision: Int, by station: StaffID, at now: Instant, emit: (AuditEntry) -> Void
  ) {
    let entry = deliveries.confirm(alarm: alarm, revision: revision, by: station, at: now)
    if let entry { emit(entry) }
  }

  mutating func expect(_ isExpected: Bool, anybodyShows: Bool, at now: Instant) {
    isExpecting = isExpected
    deliveries.expect(isExpected, anybodyShows: anybodyShows, at: now, limit: limit)
  }

  mutating func lose(_ station: StaffID) { deliveries.lose(station) }

  mutating func advance(to now: Instant, emit: (AuditEntry) -> Void) {
    for serial in deliveries.advance(to: now) {
      // Nobody there shows it: the next ones are called.
      withRoute(serial) { $0.goOn(.notDelivered, at: now, emit: emit) }
    }
    for index in routes.indices { routes[index].advance(to: now, emit: emit) }
  }

  /// The session is over, and with it every alarm of the chair.
  mutating func clear() {
    (routes, deliveries, isHeld) = ([], Deliveries(), false)
  }
}
