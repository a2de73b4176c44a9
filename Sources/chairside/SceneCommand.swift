import ArgumentParser
import Daemon
import Drivers
import Foundation
import Monitoring
import Recording
import Records
import Settings
import Store
import Vitals
import Ward

/// `chairside scene`: a clinical course, judged by its own expectations.
struct SceneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scene", abstract: "Play a scene, print its events, judge its expectations.")

  @Argument(help: "A scene file (JSON or YAML).")
  var file: String

  @Flag(help: "Events as JSON lines on standard output, with t on the scene's own time axis.")
  var json = false

  @Option(
    name: .customLong("through"),
    help: "Encode the scene as this driver's bytes; may be given once for oximeter and cuff each.")
  var drivers: [String] = []

  @Option(help: "Write what reached the ward as a recording (.wire).")
  var record: String?

  @Option(help: "Write the log (SQLite) that the daemon would have written; the file must be new.")
  var log: String?

  @Option(help: "The configuration whose clinic and staff the log names.")
  var config: String?

  @Option(help: "The chair it is played at.")
  var chair = "1"

  func run() async throws {
    let text = try Console.text(file)
    let scene = try Console.badData { try Scene(text: text, file: file) }
    let models = try drivers.map { name in
      guard let model = Catalog.model(id: name) else {
        throw ValidationError("there is no driver “\(name)”; see chairside drivers")
      }
      return model
    }
    guard Set(models.map(\.kind.rawValue)).count == models.count else {
      throw ValidationError("--through takes one oximeter and one cuff at most")
    }
    guard let chair = ChairID(chair) else {
      throw ValidationError("--chair takes letters, digits, - and _, at most 15")
    }
    var player = try Console.badData(file) {
      try ScenePlayer(scene, chair: chair, through: models)
    }
    let play = player.play()
    if json { play.events.forEach(Console.out) }
    if let record { try Console.write(play.recording.text, to: record) }
    if let log { try await write(scene, chair, startedAt: play.recording.startedAt, to: log) }
    let verdict = SceneVerdict(play, of: scene, through: models)
    verdict.inexpressible.forEach { Console.error("not expressible: \($0)") }
    verdict.failures.forEach { Console.error("\(file): \($0)") }
    Console.error(
      "\(scene.id): \(verdict.met) met, \(verdict.failures.count) failed, "
        + "\(verdict.inexpressible.count) not expressible")
    if !verdict.failures.isEmpty { throw ExitCode.finding }
  }

  /// Plays it once more, at reading level, into a log of its own.
  private func write(
    _ scene: Scene, _ chair: ChairID, startedAt: WallTime, to path: String
  ) async throws {
    guard !FileManager.default.fileExists(atPath: path) else {
      Console.error("\(path): is there already; a scene is written to a new log only")
      throw ExitCode.cannotCreate
    }
    let start = -SceneScript.preparationSeconds
    // Somewhere on a ward's time line, far from zero as boot time is.
    let zero = Instant.seconds(10_000)
    let policy = Policy.adultKetamineDefault1
    let settings = try config.map { try SettingsFile.read($0) }
    let names = (settings?.staff ?? []).map { ($0.id.name, $0.name) }
    let run = Run(
      boot: "scene", boottimeNanoseconds: 0, instant: zero + .seconds(start),
      wall: startedAt + .seconds(start), speed: 1, software: Daemon.version,
      policyID: policy.policyID, site: settings?.site ?? "",
      policyText: PolicyText.canonical(policy), names: Dictionary(names) { $1 })
    let part = ScenePast.Part(chair: chair, scene: scene, zero: zero, until: scene.end)
    let plan = WardPlan(policy: policy, chairs: [WardPlan.Chair(id: chair, drivers: [:])])
    do {
      try await ScenePast([part], plan: plan, run: run, end: zero + .seconds(scene.end))
        .write(to: path)
    } catch {
      Console.error("\(error)")
      throw ExitCode.cannotCreate
    }
  }
}
