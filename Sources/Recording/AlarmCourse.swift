public import Monitoring
public import Vitals
public import Ward

/// One alarm from its raising to its end, folded from the events about it.
public struct AlarmCourse: Hashable, Sendable {
  /// One event about it.
  public struct Step: Hashable, Sendable {
    public let at: Instant
    public let step: AlarmChange.Step
    public let priority: Priority
    /// In the rule's unit.
    public let value: Int?
    public let limit: Int?
    public let by: StaffID?
  }

  public let chair: ChairID
  /// Which session of the chair in the recording, from 1; 0 before any and for the ward's own.
  public let session: Int
  public let id: AlarmID
  /// The `id` of the timeline: counts the alarms of one session from 1.
  public let serial: Int
  /// In order; the first one is `raised`.
  public internal(set) var steps: [Step]

  public var raised: Step { steps[0] }

  /// The highest priority it had.
  public var highest: Priority { steps.map(\.priority).max() ?? raised.priority }

  /// When its condition ended; `nil` while it is active.
  public var endedAt: Instant? {
    steps.first { [.cleared, .latched, .reset].contains($0.step) }?.at
  }

  /// The first acknowledgement, also one that ended a latched alarm.
  public var acknowledgement: Step? {
    steps.first { $0.step == .acknowledged || ($0.step == .reset && $0.by != .system) }
  }

  /// `active`, `latched`, `cleared` or `reset`.
  public var standing: String {
    switch steps.last(where: { $0.step != .acknowledged })?.step {
    case .cleared: "cleared"
    case .reset: "reset"
    case .latched: "latched"
    case .raised, .escalated, .resumed, .acknowledged, nil: "active"
    }
  }
}

/// All alarms of a replay, in the order in which they were raised.
public struct AlarmCourses: Sendable {
  public private(set) var all: [AlarmCourse] = []
  private var sessions: [ChairID: Int] = [:]

  public init() {}

  /// The alarms of a whole recording.
  public init(_ recording: Recording) {
    var courses = AlarmCourses()
    Replay(recording).drive { courses.take($0, $1) }
    self = courses
  }

  /// Takes what a ward decided.
  public mutating func take(_ at: Instant, _ output: WardOutput) {
    guard case .event(let chair, let event) = output else { return }
    switch event {
    case .session(let change) where change.opensSession: sessions[chair, default: 0] += 1
    case .alarm(let change): take(at, chair, change)
    default: break
    }
  }

  private mutating func take(_ at: Instant, _ chair: ChairID, _ change: AlarmChange) {
    let alarm = change.alarm
    let step = AlarmCourse.Step(
      at: at, step: change.step, priority: alarm.priority, value: alarm.value,
      limit: alarm.limit, by: change.by)
    if change.step == .raised {
      let course = AlarmCourse(
        chair: chair, session: sessions[chair, default: 0], id: alarm.id, serial: alarm.serial,
        steps: [step])
      return all.append(course)
    }
    let index = all.lastIndex {
      $0.chair == chair && $0.serial == alarm.serial && $0.id == alarm.id
    }
    if let index { all[index].steps.append(step) }
  }

  /// How many sessions of a chair have begun.
  public func sessions(of chair: ChairID) -> Int { sessions[chair, default: 0] }

  /// The alarms of a chair's latest session.
  public func latest(of chair: ChairID) -> [AlarmCourse] {
    all.filter { $0.chair == chair && $0.session == sessions(of: chair) }
  }
}

extension SessionChange {
  /// Whether a session begins with it, and the chair's alarms are counted anew.
  var opensSession: Bool { substate == nil && (phase == .scheduled || phase == .baseline) }
}
