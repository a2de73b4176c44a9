import ArgumentParser
import Monitoring
import Recording
import Vitals

/// `chairside alarm list`: every alarm of a chair's latest session.
struct AlarmList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the alarms of a chair's latest session.",
    discussion: "Times are seconds of the session's timeline, as export events gives it.")

  @OptionGroup var source: SessionSource

  @Flag(help: "One JSON object a line.")
  var json = false

  func run() async throws {
    let (recording, chair) = try await source.read()
    let alarms = AlarmCourses(recording).latest(of: chair)
    guard !json else { return alarms.map(\.json).forEach(Console.out) }
    guard !alarms.isEmpty else {
      return Console.out("chair \(chair): no alarm in its latest session")
    }
    TextTable.lines(
      [["id", "alarm", "priority", "raised", "ended", "acknowledged", "now"]]
        + alarms.map(\.cells), rightAligned: [0, 3, 4]
    ).forEach(Console.out)
  }
}

extension AlarmCourse {
  fileprivate var cells: [String] {
    let acknowledged = acknowledgement.map {
      "\(Seconds.short($0.at)) by \($0.by?.name ?? StaffID.system.name)"
    }
    let priority =
      highest == raised.priority ? highest.name : "\(raised.priority.name) to \(highest.name)"
    return [
      "\(serial)", id.rawValue, priority, Seconds.short(raised.at),
      endedAt.map(Seconds.short) ?? "-", acknowledged ?? "-", standing,
    ]
  }
}
