import ArgumentParser
import Monitoring
import Recording
import Vitals

/// `chairside alarm explain`: why an alarm rang and why not earlier.
struct AlarmExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell why an alarm rang, and why not earlier.",
    discussion: """
      The session is replayed from the log, or from a recording, and the alarm's rule is watched: \
      value, limit and where it came from, delay, signal quality, phase, hold, acknowledgement. With \
      a rule's name in place of an id, tells about its last alarm, or why it raised none.
      """)

  @Argument(
    help: "The alarm's “id” in the timeline, CHAIR/ID, or a rule such as SPO2_LOW or 7/SPO2_LOW.")
  var id: String

  @OptionGroup var source: SessionSource

  @Flag(help: "One JSON object with everything that is known.")
  var json = false

  func run() async throws {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let name = parts.last, let subject = Self.subject(name) else {
      throw ValidationError(
        "“\(id)” is neither an alarm's number, CHAIR/NUMBER, nor a rule; see chairside alarm list")
    }
    if parts.count == 2, let chair = source.chair, chair != parts[0] {
      throw ValidationError("“\(id)” is not of chair \(chair); leave out --chair")
    }
    let (recording, chair) = try await source.read(chair: parts.count == 2 ? parts[0] : nil)
    let explanation: Explanation
    do {
      explanation = try Explanation(recording, chair: chair, subject: subject)
    } catch {
      Console.error("\(error)")
      throw ExitCode(3)
    }
    guard !json else { return Console.out(explanation.json) }
    explanation.sentences.forEach(Console.out)
    guard !explanation.table.isEmpty else { return }
    Console.out("")
    explanation.table.forEach(Console.out)
  }

  private static func subject(_ name: String) -> Explanation.Subject? {
    if let serial = Int(name), serial > 0 { return .alarm(serial: serial) }
    return AlarmID(rawValue: name).map { .rule($0) }
  }
}
