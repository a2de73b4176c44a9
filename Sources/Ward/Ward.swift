public import Monitoring
public import Vitals

/// The whole ward as one pure function of what reaches it (`design.md` section 1).
public struct Ward: Machine {
  public let plan: WardPlan
  public private(set) var chairs: [Chair]
  private let indices: [ChairID: Int]
  private var deadlines: Deadlines
  /// Nurse stations that are connected.
  public private(set) var stations: Set<StaffID> = []
  public private(set) var wardAlarms = WardAlarms()

  /// Creates a ward of idle chairs.
  public init(_ plan: WardPlan) {
    self.plan = plan
    chairs = plan.chairs.map { Chair($0, policy: plan.policy, roster: plan.roster) }
    deadlines = Deadlines(count: plan.chairs.count)
    indices = Dictionary(
      zip(plan.chairs.map(\.id), plan.chairs.indices), uniquingKeysWith: { first, _ in first })
  }

  public subscript(_ id: ChairID) -> Chair? { indices[id].map { chairs[$0] } }

  public var nextDeadline: Instant? { deadlines.next }

  /// Lets time pass for every chair, in the order of the deadlines, so that the ward has one
  /// order of events.
  public mutating func advance(to now: Instant, emit: (Instant, WardOutput) -> Void) {
    while let due = nextDeadline, due <= now {
      for index in chairs.indices where deadlines[index].map({ $0 <= due }) == true {
        withChair(at: index) { $0.advance(to: due, emit: emit) }
      }
    }
  }

  public mutating func handle(
    _ input: WardInput, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    advance(to: now, emit: emit)
    switch input {
    case .bytes(let slot, let bytes):
      withChair(slot.chair) { $0.take(bytes, from: slot.name, at: now, emit: emit) }
    case .line(let slot, let change):
      withChair(slot.chair) { $0.take(change, of: slot.name, at: now, emit: emit) }
    case .command(let chair, let command, let staff):
      _ = perform(command, of: chair, by: staff, at: now, emit: emit)
    case .reading(let chair, let reading, let staff):
      withChair(chair) { $0.take(reading.input(by: staff), at: now, emit: emit) }
    case .wallClockStepped(let milliseconds):
      emit(now, .event(.ward, .audit(.wallClockStepped(milliseconds: milliseconds))))
    case .station(let station, let isLinked):
      if isLinked { stations.insert(station) } else { stations.remove(station) }
      emit(now, .event(.ward, .station(station, isLinked: isLinked)))
      let count = stations.count
      for index in chairs.indices {
        withChair(at: index) { $0.take(.stations(count), at: now, emit: emit) }
      }
    case .log(let health):
      wardAlarms.take(health, at: now) { emit(now, .event(.ward, .alarm($0))) }
    case .interrupted(let since, let isCertain):
      for index in chairs.indices {
        withChair(at: index) {
          $0.take(.interrupted(since: since, isCertain: isCertain), at: now, emit: emit)
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
    if let index = indices[chair] {
      let role = plan.roster.role(of: staff)
      return withChair(at: index) {
        $0.perform(command, by: staff, role: role, at: now, emit: emit)
      }
    }
    let refusal = acknowledge(command, of: chair, by: staff, at: now, emit: emit)
    if let refusal {
      let entry = AuditEntry.refused(command.name, refusal.reasons, by: staff)
      emit(now, .event(.ward, .audit(entry)))
    }
    return refusal
  }

  /// Acknowledges what belongs to no chair, which is all that can be asked of the ward itself.
  private mutating func acknowledge(
    _ command: Command, of chair: ChairID, by staff: StaffID, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    guard chair == .ward, case .acknowledge(let id) = command else { return Refusal(.noSuchChair) }
    guard plan.roster.role(of: staff) != nil else { return Refusal(.unknownStaff) }
    let found = wardAlarms.acknowledge(id, by: staff) { emit(now, .event(.ward, .alarm($0))) }
    return found ? nil : Refusal(.nothingToAcknowledge)
  }

  private mutating func withChair(_ id: ChairID, _ body: (inout Chair) -> Void) {
    if let index = indices[id] { withChair(at: index, body) }
  }

  /// The only way to change a chair: keeps the ward's deadline up to date.
  private mutating func withChair<Result>(
    at index: Int, _ body: (inout Chair) -> Result
  ) -> Result {
    defer { deadlines.set(chairs[index].nextDeadline, at: index) }
    return body(&chairs[index])
  }
}

extension HandReading {
  fileprivate func input(by staff: StaffID) -> ChairMonitor.Input {
    switch self {
    case .pressure(let pressure): .manual(pressure, by: staff)
    case .oximetry(let reading): .oximetry(reading)
    case .determination(let step): .determination(step)
    }
  }
}
