import ArgumentParser
import Daemon
import Drivers
import Foundation
import Recording
import Vitals

/// `chairside simulate`: devices on ptys, for a running daemon.
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play the devices of one or more scenes on ptys.",
    discussion: """
      The n-th scene is chair n. Each device appears as DIR/CHAIR-ox, -cuff or -mon, a link to \
      its pty, to be named in the daemon's configuration. Ctrl-C pulls every cable.
      """)

  @Argument(help: "Scene files.")
  var scenes: [String]

  @Option(help: "The folder for the links; made if it is missing.")
  var dir = "/tmp/chairside-devices"

  @Option(help: "The oximeter's driver.")
  var oximeter = "contec-v7"

  @Option(help: "The cuff's driver.")
  var cuff = "suntech"

  @Option(help: "A monitor's driver: each chair has it in place of oximeter and cuff.")
  var monitor: String?

  @Option(
    help: ArgumentHelp(
      "Let every device misbehave; may be given again.",
      discussion: Misbehaviour.forms.joined(separator: ", ")))
  var fault: [String] = []

  @Option(help: "Misbehave in the same way again.")
  var seed: UInt64 = 1

  @Option(help: "How many chairs to play; scenes are repeated in turn.")
  var chairs: Int?

  @Option(help: "Begin at this second of the scenes; before 0 the patients are at baseline.")
  var from: Int?

  @Option(help: "Let time run this many times faster, as the daemon does.")
  var speed: Double = 1

  @Option(help: ArgumentHelp("The clock, as the daemon was given it.", visibility: .hidden))
  var clock: String?

  func run() async throws {
    guard speed > 0, speed <= 1000 else {
      throw ValidationError("--speed must be above 0 and at most 1000")
    }
    let models = try (monitor.map { [$0] } ?? [oximeter, cuff]).map { id in
      guard let model = Catalog.model(id: id) else {
        throw ValidationError("there is no driver “\(id)”; see chairside drivers")
      }
      return model
    }
    let ways = try fault.map { text in
      guard let way = Misbehaviour(text) else {
        throw ValidationError(
          "“\(text)” is no misbehaviour; there are: "
            + Misbehaviour.forms.joined(separator: ", "))
      }
      return way
    }
    let parsed = try scenes.map { path in
      let text = try Console.text(path)
      return try Console.badData { try Scene(text: text, file: path) }
    }
    try FileManager.default.createDirectory(atPath: dir, withIntermediateDirectories: true)
    let clock =
      clock.flatMap(WardClock.init) ?? WardClock(from: .zero, at: speed)
    let devices = SimulatedDevices(clock: clock)
    let start = clock.now
    let signals = SignalWatch()
    for index in 0..<(chairs ?? parsed.count) {
      let scene = parsed[index % parsed.count]
      let patient = ScenePatient(scene, zero: start - Duration.seconds(from ?? scene.start))
      for model in models {
        let path = "\(dir)/\(index + 1)-\(model.slot.rawValue)"
        let device = MisbehavingSimulator(
          model, patient: model.takesOrders ? patient.simulated : patient.selfMeasuring, ways,
          seed: seed &+ UInt64(index))
        try await devices.plug(device, at: path)
        Console.out("\(path)  \(model.id)  \(scene.id): \(scene.title)")
      }
    }
    for await signal in signals.received where signal != SIGHUP { break }
    await devices.unplug()
  }
}
