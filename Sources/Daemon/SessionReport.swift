public import Feeds
import Glibc
import Monitoring
import Recording
import Station
public import Store
import Vitals
import Ward

/// Reads a session out of the log for the rooms that write reports.
public struct SessionReport: Sendable {
  private let history: History

  /// A reader of one log.
  public init(history: History) { self.history = history }

  /// What the log holds of a visit.
  public func log(of visit: History.Visit) async throws -> SessionLog {
    let events = try await history.events(of: visit)
    let start = events.first?.at ?? .zero
    // An ended session ends with its last event; an open one goes on as far as the log does.
    let last = visit.isOpen ? try await history.lastInstant() : nil
    let end = max(start, last ?? events.last?.at ?? start)
    let replay = try await SessionReplay(
      visit, from: start, to: end, run: try await history.run(at: start), history)
    let signings = events.filter { $0.kind == "signature" }.map(\.at)
    var log = try await stored(visit, events, from: start, to: end)
    log.commands = replay.commands
    log.clocks = replay.clocks(at: signings + [end])
    return log
  }

  /// What exports need of a visit: everything but what only a replay of it would tell.
  ///
  /// Its samples go to the end of the session, not to the chair's last event before the next one;
  /// its commands are those that opened it.
  public func excerpt(of visit: History.Visit) async throws -> SessionLog {
    let events = try await history.events(of: visit)
    let start = events.first?.at ?? .zero
    let states = events.filter { $0.kind == "session" }
    let end = visit.isOpen ? try await history.lastInstant() : states.last?.at
    var log = try await stored(visit, events, from: start, to: max(start, end ?? start))
    log.reach = visit.isOpen ? end : nil
    for state in states.prefix(Self.openings) {
      for block in try await history.flight(from: state.at, to: state.at) {
        log.commands += try FlightLog.read(block).compactMap { at, input in
          at == state.at ? LogCommand(input, of: visit.chair, at: at) : nil
        }
      }
    }
    return log
  }

  /// A session is opened by a booking, a check-in, or both.
  private static let openings = 2

  private func stored(
    _ visit: History.Visit, _ events: [History.Event], from start: Instant, to end: Instant
  ) async throws -> SessionLog {
    let samples = try await history.samples(of: visit.chair, from: start, to: end)
    let runs = try await history.runs(from: start, to: end)
    let run = runs.last
    let people = try await history.staff(at: events.last?.sequence ?? 0, since: runs).map {
      ($0.user, SessionLog.Person(name: $0.name, role: $0.role))
    }
    let manifests = try await history.manifests(of: visit)
    return SessionLog(
      id: Self.name(of: visit), site: run?.site ?? "", chair: visit.chair.name,
      events: events.map(Self.event),
      devicesBefore: try await history.devices(before: visit).map(Self.event),
      samples: samples.map {
        LogSample(
          at: $0.at, spo2: $0.spo2, pulseRate: $0.pulseRate, perfusion: $0.perfusion,
          status: $0.status)
      },
      runs: try runs.map { run in
        LogRun(
          instant: run.instant, boot: run.boot, software: run.software, policyID: run.policyID,
          policy: try PlanText.policy(run.limits.split(separator: " ").map(String.init)))
      },
      manifests: manifests.compactMap { JSONValue($0) },
      staff: Dictionary(people, uniquingKeysWith: { $1 }),
      utcOffset: Self.localOffset)
  }

  /// The sessions of a chair, oldest first, as JSON.
  func sessions(of chair: ChairID) async throws -> String {
    let list = try await history.visits(of: chair).map { visit in
      var json = JSONLine()
      json.add("id", Self.name(of: visit))
      json.add("startedAt", visit.startedAt.description)
      json.add("report", "/sessions/\(Self.name(of: visit))/report.html")
      return json.line
    }
    return #"{"sessions":["# + list.joined(separator: ",") + "]}"
  }

  /// The visit of a name such as `s-20260314-8812`; `nil` when there is none.
  public func visit(named name: String) async throws -> History.Visit? {
    guard let first = name.split(separator: "-").last.flatMap({ Int64($0) }),
      let visit = try await history.visit(startingAt: first), Self.name(of: visit) == name
    else { return nil }
    return visit
  }

  /// The name of a session in addresses and on paper: the day, and the event that opened it.
  public static func name(of visit: History.Visit) -> String {
    let day = visit.startedAt.description.prefix(10).filter { $0 != "-" }
    return "s-\(day)-\(visit.first)"
  }

  private static func event(_ event: History.Event) -> LogEvent {
    LogEvent(sequence: event.sequence, at: event.at, wall: event.wall, line: event.line)
  }

  /// Seconds that this computer's time zone is ahead of UTC at a wall time.
  private static func localOffset(_ wall: WallTime) -> Int {
    var seconds = time_t(wall.milliseconds / 1000)
    var parts = tm()
    return localtime_r(&seconds, &parts) == nil ? 0 : Int(parts.tm_gmtoff)
  }
}
