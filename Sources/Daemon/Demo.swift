import Drivers
import Lines
public import Logging
import Monitoring
import Recording
import Settings
import Store
import Vitals
import Ward

/// A simulated clinic: the real daemon, real ptys, a scene for every chair.
///
/// The patients have been here for a while when it starts. That past is played through the same
/// ward in no time, at reading level, and written to the log; the daemon takes its sessions up from
/// there as it would after a restart. From then on everything comes over the ptys.
public struct Demo: Sendable {
  /// The ward's instant at which the demo starts.
  private static let curtain = Instant.seconds(10_000)

  private let folder: String
  private let port: Int
  private let speed: Double
  private let logger: Logger
  private let roles: [DemoRole]
  private let settings: Settings

  /// Prepares the demo; every file it opens lies in `folder`.
  public init(folder: String, port: Int, speed: Double, logger: Logger) throws {
    self.folder = folder
    self.port = port
    self.speed = speed
    self.logger = logger
    roles = try DemoRole.cast()
    settings = try Settings(
      text: Self.configuration(roles, folder: folder, port: port),
      file: "the demo's configuration", knownDrivers: Catalog.slots
    ) { _ in nil }
  }

  /// What will happen after the curtain if nobody touches anything, in its order.
  public struct Forecast: Sendable {
    /// Real seconds after the start.
    public let afterSeconds: Double
    public let text: String
  }

  /// Runs until `body` returns; `body` is given the station's port and the forecast.
  public func run(_ body: @escaping @Sendable (Int, [Forecast]) async -> Void) async throws {
    try await writePast()
    let milestones = milestones
    // Only now, with everything played out beforehand: at speed, every second of ours counts.
    let clock = WardClock(from: Self.curtain, at: speed)
    let devices = SimulatedDevices(clock: clock)
    for role in roles {
      let patient = ScenePatient(role.scene, zero: zero(of: role))
      for model in role.models {
        try await devices.plug(
          model.makeSimulator(patient.simulated), at: Self.path(folder, role.chair, model.slot))
      }
    }
    var daemon = Daemon(settings: settings, logger: logger)
    daemon.clock = clock
    daemon.isDemo = true
    daemon.isContinuation = true
    try await daemon.run { handle in
      let acting = Task { await playStaff(handle, clock) }
      let forecast = milestones.map { at, text in
        Forecast(afterSeconds: clock.realTime(until: at) / .seconds(1), text: text)
      }
      await body(handle.port, forecast)
      acting.cancel()
    }
    await devices.unplug()
  }

  /// The configuration file of the demo clinic.
  private static func configuration(_ roles: [DemoRole], folder: String, port: Int) -> String {
    var lines = [
      "site: Demo clinic", "store: \(folder)/chairside.db", "port: \(port)",
      "annunciator: off", "policy: adult-ketamine-default-1", "chairs:",
    ]
    for role in roles {
      lines.append("  - id: '\(role.chair)'")
      for model in role.models {
        let path = path(folder, role.chair, model.slot)
        lines.append("    \(model.slot.word): {driver: \(model.id), port: \(path)}")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Where a chair's dose start lies on the ward's time line.
  private func zero(of role: DemoRole) -> Instant {
    Self.curtain - Duration.seconds(role.begun)
  }

  private static func path(_ folder: String, _ chair: ChairID, _ slot: SlotName) -> String {
    "\(folder)/\(chair.name)-\(slot.rawValue)"
  }

  /// Plays everything before the curtain and writes it to the log as the daemon would have.
  private func writePast() async throws {
    let book = DemoStaff.book(at: WardClock.wall)
    let daemon = Daemon(settings: settings, logger: logger)
    let plan = daemon.plan(of: book)
    let run = Run(
      boot: BootID.current, instant: Self.curtain, speed: speed, settings: settings, plan: plan,
      names: daemon.names(of: book))
    let parts = roles.map {
      ScenePast.Part(chair: $0.chair, scene: $0.scene, zero: zero(of: $0), until: $0.begun)
    }
    try await ScenePast(parts, plan: plan, run: run, accounts: book.all, end: Self.curtain)
      .write(to: settings.storePath)
  }

  /// What the staff of each scene does after the curtain, at its time.
  private func playStaff(_ handle: Daemon.Handle, _ clock: WardClock) async {
    var steps: [(at: Instant, chair: ChairID, command: Command, by: StaffID)] = []
    for role in roles {
      let script = try? SceneScript(role.scene, chair: role.chair, measuresByDevice: true)
      for step in script?.steps ?? [] where step.at > role.begun {
        guard case .command(let chair, let command, let by) = step.input else { continue }
        let at = zero(of: role) + Duration.seconds(step.at)
        steps.append((at, chair, command, by))
      }
    }
    for step in steps.sorted(by: { $0.at < $1.at }) {
      try? await Task.sleep(for: clock.realTime(until: step.at))
      guard !Task.isCancelled else { return }
      _ = await handle.desk.submit(
        step.command, of: step.chair, by: step.by, secret: DemoStaff.pins[step.by], to: handle.ward)
    }
  }

  private var milestones: [(at: Instant, text: String)] {
    roles.flatMap { role -> [(at: Instant, text: String)] in
      guard var player = try? ScenePlayer(role.scene, chair: role.chair) else { return [] }
      let play = player.play()
      return play.milestones.filter { $0.at > .seconds(role.begun) }.map { at, text in
        (zero(of: role) + (at - Instant.zero), "chair \(role.chair): \(text)")
      }
    }.sorted { $0.at < $1.at }
  }
}

extension ScenePlayer.Play {
  /// What a person at the wall would notice.
  fileprivate var milestones: [(at: Instant, text: String)] {
    let alarms = alarmChanges.compactMap { at, change -> (at: Instant, text: String)? in
      switch change.step {
      case .raised, .escalated:
        (at, "\(change.alarm.id.rawValue) \(change.alarm.priority.name.uppercased())")
      case .cleared: (at, "\(change.alarm.id.rawValue) clears")
      case .latched: (at, "\(change.alarm.id.rawValue) has gone, stays until acknowledged")
      case .acknowledged, .reset, .resumed: nil
      }
    }
    return alarms + phases.map { ($0.at, "becomes \($0.phase.rawValue)") }
  }
}
