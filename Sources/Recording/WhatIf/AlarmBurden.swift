public import Monitoring
import Vitals
import Ward

/// How many alarms a chair-hour brings.
///
/// An alarm counts once, with the highest priority it had. Watched is the time of a session in which
/// somebody sits in the chair: from check-in to its end, without the time away.
public struct AlarmBurden: Hashable, Sendable {
  public struct Kind: Hashable, Sendable {
    public let rule: AlarmID
    public let priority: Priority

    public init(rule: AlarmID, priority: Priority) {
      self.rule = rule
      self.priority = priority
    }
  }

  public private(set) var watched = Duration.zero
  public private(set) var counts: [Kind: Int] = [:]

  public init() {}

  /// The burden of one recording, under its own policy or another one.
  public init(_ recording: Recording, policy: Policy? = nil) {
    self.init(Replayed(recording, policy: policy))
  }

  /// The burden of a recording that has been replayed.
  init(_ replayed: Replayed) {
    watched = replayed.watch.total
    for alarm in replayed.alarms {
      counts[Kind(rule: alarm.id, priority: alarm.highest), default: 0] += 1
    }
  }

  public static func + (a: AlarmBurden, b: AlarmBurden) -> AlarmBurden {
    var sum = a
    sum.watched += b.watched
    sum.counts.merge(b.counts, uniquingKeysWith: +)
    return sum
  }

  public var hours: Double { Double(watched.nanoseconds) / 3.6e12 }

  /// Alarms of a priority, or of all.
  public func count(_ priority: Priority? = nil) -> Int {
    counts.filter { priority == nil || $0.key.priority == priority }.values.reduce(0, +)
  }

  /// A count for each chair-hour; `nil` when nothing was watched.
  public func rate(_ count: Int) -> Double? { watched > .zero ? Double(count) / hours : nil }
}

/// The alarms of one replay, and for how long it watched.
struct Replayed {
  private(set) var courses = AlarmCourses()
  private(set) var watch = Watch()
  let end: Instant

  var alarms: [AlarmCourse] { courses.all }

  init(_ recording: Recording, policy: Policy? = nil) {
    end = recording.entries.last?.at ?? .zero
    var (courses, watch) = (AlarmCourses(), Watch())
    Replay(recording, policy: policy).drive { at, output in
      courses.take(at, output)
      watch.take(at, output)
    }
    watch.end(at: end)
    (self.courses, self.watch) = (courses, watch)
  }
}

/// The time for which somebody sat in a chair and was watched.
struct Watch {
  private(set) var total = Duration.zero
  private var since: [ChairID: Instant] = [:]

  mutating func take(_ at: Instant, _ output: WardOutput) {
    guard case .event(let chair, .session(let change)) = output else { return }
    let isWatched = change.phase.isMonitored && change.substate != .away
    if isWatched, since[chair] == nil {
      since[chair] = at
    } else if !isWatched, let start = since.removeValue(forKey: chair) {
      total += at - start
    }
  }

  mutating func end(at end: Instant) {
    for start in since.values { total += end - start }
    since = [:]
  }
}
