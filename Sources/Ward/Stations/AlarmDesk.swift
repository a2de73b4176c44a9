import Monitoring
import Vitals

/// The alarms of one place, a chair or the ward itself: whom they call, and who shows them.
struct AlarmDesk: Hashable, Sendable {
  private var routes: [AlarmRoute] = []
  private(set) var deliveries = Deliveries()
  private(set) var soundings = Soundings()
  private let limit: Duration
  /// Whether the signals of LOW and MEDIUM alarms are held back.
  private var isHeld = false
  /// Whether a person has paused the sound of this place.
  private var isQuiet = false
  private(set) var isExpecting = false
  private var isExpectingSound = false

  init(limit: Duration) { self.limit = limit }

  var nextDeadline: Instant? {
    routes.reduce(earliest(deliveries.nextDeadline, soundings.nextDeadline)) {
      earliest($0, $1.dueAt)
    }
  }

  /// Whether an alarm was not drawn, or not sounded, in time.
  var isOverdue: Bool { deliveries.isOverdue || soundings.isOverdue }

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
    case .audit(.audioPaused): isQuiet = true
    case .audit(.audioResumed): isQuiet = false
    default: break
    }
  }

  private mutating func take(_ change: AlarmChange, at now: Instant) {
    soundings.take(
      change, at: now, isExpected: isExpectingSound && !isHeld && !isQuiet, limit: limit)
    resume(change, at: now)
  }

  /// Takes up an alarm that was sounded before.
  mutating func resume(_ change: AlarmChange, at now: Instant) {
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

  /// A station says that it has drawn an alarm; `nil` when that says nothing new.
  mutating func confirm(
    alarm: Int, revision: Int, by station: StaffID, at now: Instant
  ) -> AuditEntry? {
    deliveries.confirm(alarm: alarm, revision: revision, by: station, at: now)
  }

  /// A station says that an alarm had its part in a burst; `nil` when that says nothing new.
  mutating func sounded(
    alarm: Int, revision: Int, by station: StaffID, at now: Instant
  ) -> AuditEntry? {
    soundings.confirm(alarm: alarm, revision: revision, by: station, at: now)
  }

  /// Whether a station is seen and heard, and not paused.
  mutating func expectSound(_ isExpected: Bool, at now: Instant) {
    isExpectingSound = isExpected
    soundings.expect(isExpected && !isHeld && !isQuiet, at: now, limit: limit)
  }

  mutating func expect(_ isExpected: Bool, anybodyShows: Bool, at now: Instant) {
    isExpecting = isExpected
    deliveries.expect(isExpected, anybodyShows: anybodyShows, at: now, limit: limit)
  }

  mutating func lose(_ station: StaffID) {
    deliveries.lose(station)
    soundings.lose(station)
  }

  /// The station still shows, and is heard no more.
  mutating func hush(_ station: StaffID) { soundings.lose(station) }

  mutating func advance(to now: Instant, emit: (AuditEntry) -> Void) {
    for serial in deliveries.advance(to: now) {
      // Nobody there shows it: the next ones are called.
      withRoute(serial) { $0.goOn(.notDelivered, at: now, emit: emit) }
    }
    for serial in soundings.advance(to: now) {
      withRoute(serial) { $0.goOn(.notSounded, at: now, emit: emit) }
    }
    for index in routes.indices { routes[index].advance(to: now, emit: emit) }
  }

  /// The session is over, and with it every alarm of the chair.
  mutating func clear() {
    (routes, deliveries, soundings) = ([], Deliveries(), Soundings())
    (isHeld, isQuiet) = (false, false)
  }
}
