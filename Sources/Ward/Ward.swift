public import Monitoring
public import Vitals

/// The whole ward as one pure function of what reaches it (`design.md` section 1).
public struct Ward: Machine {
  public let plan: WardPlan
  public internal(set) var chairs: [Chair]
  private let indices: [ChairID: Int]
  private var deadlines: Deadlines
  var book: StationBook
  public internal(set) var wardAlarms = WardAlarms()
  /// The alarms of the ward itself.
  var desk: AlarmDesk
  var isDeskUndelivered = false
  /// Who may give commands now; the plan has who might at the start.
  public private(set) var roster: Roster

  /// Creates a ward of idle chairs.
  public init(_ plan: WardPlan) {
    self.plan = plan
    roster = plan.roster
    let limit = Deliveries.limit * plan.speed
    book = StationBook(
      patience: .seconds(plan.policy.technical.stationLostSeconds) * plan.speed)
    desk = AlarmDesk(limit: limit)
    chairs = plan.chairs.map {
      Chair($0, policy: plan.policy, roster: plan.roster, deliveryLimit: limit)
    }
    deadlines = Deadlines(count: plan.chairs.count)
    indices = Dictionary(
      zip(plan.chairs.map(\.id), plan.chairs.indices), uniquingKeysWith: { first, _ in first })
  }

  public subscript(_ id: ChairID) -> Chair? { indices[id].map { chairs[$0] } }

  public var nextDeadline: Instant? {
    earliest(deadlines.next, earliest(book.nextDeadline, desk.nextDeadline))
  }

  /// Nurse stations that are linked, displays among them.
  public var stations: Set<StaffID> { book.linked }

  /// Nurse stations that confirm what they show, the only ones to rely on.
  public var confirmingStations: Set<StaffID> { book.confirming }

  /// Stations that confirm, fell silent, and are missed.
  public var lostStations: Set<StaffID> { book.lost }

  /// Whether a station that confirms fell silent, and is missed.
  public func isLost(_ station: StaffID) -> Bool { book.lost.contains(station) }

  /// Ends of the ward's own alarms that no station has confirmed yet.
  public var unconfirmedEnds: [(alarm: Int, revision: Int)] { desk.deliveries.unconfirmedEnds }

  /// The end of the pause of a station's sound; `nil` while it sounds.
  public func audioPausedUntil(_ station: StaffID) -> Instant? { book.pausedUntil(station) }

  /// Lets time pass for every chair, in the order of the deadlines, so that the ward has one
  /// order of events.
  public mutating func advance(to now: Instant, emit: (Instant, WardOutput) -> Void) {
    while let due = nextDeadline, due <= now {
      for index in chairs.indices where deadlines[index].map({ $0 <= due }) == true {
        withChair(at: index, at: due, emit) { chair, news in
          chair.advance(to: due) { news.note($0, $1, emit) }
        }
        advanceDesk(of: index, to: due, emit: emit)
      }
      advanceStations(to: due, emit: emit)
    }
  }

  public mutating func handle(
    _ input: WardInput, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    advance(to: now, emit: emit)
    switch input {
    case .bytes(let slot, let bytes):
      withChair(slot.chair, at: now, emit) { chair, news in
        chair.take(bytes, from: slot.name, at: now) { news.note($0, $1, emit) }
      }
    case .line(let slot, let change):
      withChair(slot.chair, at: now, emit) { chair, news in
        chair.take(change, of: slot.name, at: now) { news.note($0, $1, emit) }
      }
    case .command(let chair, let command, let staff):
      _ = perform(command, of: chair, by: staff, at: now, emit: emit)
    case .reading(let chair, let reading, let staff):
      withChair(chair, at: now, emit) { chair, news in
        chair.take(reading.input(by: staff), at: now) { news.note($0, $1, emit) }
      }
    case .wallClockStepped(let milliseconds):
      emit(now, .event(.ward, .audit(.wallClockStepped(milliseconds: milliseconds))))
    case .station(let station, let isLinked):
      take(book.display(station, isLinked: isLinked), at: now, emit: emit)
    case .stationSays(let station, let word): hear(word, from: station, at: now, emit: emit)
    case .log(let health):
      changeWardAlarms(at: now, emit: emit) { $0.take(health, at: now, emit: $1) }
    case .sound(let reach):
      changeWardAlarms(at: now, emit: emit) { $0.take(reach, at: now, emit: $1) }
    case .deviceBytesKept(let isKept):
      emit(now, .event(.ward, .audit(.deviceBytesKept(isKept))))
    case .logSetAside(let log): emit(now, .event(.ward, .audit(.logSetAside(log))))
    case .staff(let member, let role):
      guard member != .system, roster.role(of: member) != role else { return }
      roster.set(role, of: member)
      for index in chairs.indices { chairs[index].know(roster) }
      emit(now, .event(.ward, .audit(.staffChanged(member, role))))
    case .account(let chair, let note):
      emit(now, .event(indices[chair] == nil ? .ward : chair, .audit(.account(note))))
    case .interrupted(let since, let isCertain):
      let gap = (now - since).wholeSeconds
      emit(now, .event(.ward, .audit(.interrupted(seconds: gap, isCertain: isCertain))))
      for index in chairs.indices {
        withChair(at: index, at: now, emit) { chair, news in
          chair.take(.interrupted(since: since, isCertain: isCertain), at: now) {
            news.note($0, $1, emit)
          }
        }
      }
    }
  }

  /// Carries out a command.
  ///
  /// Returns why not, or `nil`.
  public mutating func perform(
    _ command: Command, of chair: ChairID, by staff: StaffID, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    advance(to: now, emit: emit)
    let refusal: Refusal?
    if let index = indices[chair], let why = reasonAgainstOwner(command) {
      emit(now, .event(chairs[index].id, .audit(.refused(command.name, [why], by: staff))))
      return Refusal(why)
    } else if let index = indices[chair] {
      let role = roster.role(of: staff)
      refusal = withChair(at: index, at: now, emit) { chair, news in
        chair.perform(command, by: staff, role: role, at: now) { news.note($0, $1, emit) }
      }
    } else {
      refusal = performOnWard(command, of: chair, by: staff, at: now, emit: emit)
      if let refusal {
        let entry = AuditEntry.refused(command.name, refusal.reasons, by: staff)
        emit(now, .event(.ward, .audit(entry)))
      }
    }
    return refusal
  }

  private mutating func withChair(
    _ id: ChairID, at now: Instant, _ emit: (Instant, WardOutput) -> Void,
    _ body: (inout Chair, inout News) -> Void
  ) {
    if let index = indices[id] { withChair(at: index, at: now, emit, body) }
  }

  /// The only way to change a chair: keeps the ward's deadline up to date, and lets the chair's desk
  /// see what was decided.
  @discardableResult
  mutating func withChair<Result>(
    at index: Int, at now: Instant, _ emit: (Instant, WardOutput) -> Void,
    _ body: (inout Chair, inout News) -> Result
  ) -> Result {
    var news = News()
    let result = body(&chairs[index], &news)
    if let events = news.events { tellDesk(of: index, events, at: now, emit: emit) }
    updateDeadline(of: index)
    return result
  }

  mutating func updateDeadline(of index: Int) {
    deadlines.set(
      earliest(chairs[index].nextDeadline, chairs[index].desk.alarms.nextDeadline), at: index)
  }
}

extension HandReading {
  fileprivate func input(by staff: StaffID) -> ChairMonitor.Input {
    switch self {
    case .pressure(let pressure): .manual(pressure, by: staff)
    case .oximetry(let reading): .oximetry(reading)
    case .determination(let step): .determination(step)
    case .respiration(let rate): .respiration(rate, by: staff == .system ? nil : staff)
    case .battery(let slot, let level): .battery(slot, level)
    }
  }
}
