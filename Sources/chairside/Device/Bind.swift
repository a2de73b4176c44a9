import ArgumentParser
import Drivers
import Foundation
import Hotplug
import Settings
import Vitals

/// `chairside device bind`: writes into the configuration where a chair's device is.
struct Bind: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bind a chair's device to a physical port, in the configuration file.",
    discussion: """
      With --learn, unplug and plug the device when asked: the place where it comes back is bound. \
      The file keeps its comments and its order. Tell the daemon with “systemctl reload chairside”.
      """)

  @Flag(help: "Learn the port by watching which device is plugged in.")
  var learn = false

  @Option(name: .customLong("to"), help: "The port, as “chairside device scan” shows it.")
  var port: String?

  @Option(help: "The driver; without it the one that is bound there now.")
  var driver: String?

  @Option(help: "The configuration file.")
  var config = "/etc/chairside/chairside.yaml"

  @Option(help: "How long to wait for the plug, in seconds.")
  var patience = 120

  @Flag(help: "Show what would be written, and write nothing.")
  var dryRun = false

  @Argument(help: "The chair.")
  var chair: String

  @Argument(help: "oximeter, cuff, monitor or button.")
  var slot: String

  func validate() throws {
    guard learn != (port != nil) else { throw ValidationError("give --learn or --to PORT") }
    guard ChairID(chair) != nil else { throw ValidationError("“\(chair)” is no chair") }
    guard SlotName.allCases.contains(where: { $0.word == slot }) else {
      throw ValidationError("“\(slot)” is none of: oximeter, cuff, monitor")
    }
  }

  func run() async throws {
    guard let id = ChairID(chair), let name = SlotName.allCases.first(where: { $0.word == slot })
    else { throw ExitCode.badData }
    let settings = try SettingsFile.read(config)
    guard let known = settings.chairs.first(where: { $0.id == id }) else {
      Console.error("\(config): there is no chair \(id)")
      throw ExitCode.badConfiguration
    }
    guard let driver = driver ?? known.devices[name]?.driver, let model = Catalog.model(id: driver)
    else {
      throw ValidationError(
        "name the driver with --driver; see chairside drivers, or chairside device identify")
    }
    guard model.slots.contains(name) else {
      throw ValidationError(
        "\(driver) is bound as \(model.slots.map(\.word).joined(separator: ", "))")
    }
    let place: String = if let port { port } else { try await learned(for: model) }
    let edit = BindingEdit(slot: Slot(id, name), driver: driver, port: place)
    let old = try Console.text(config)
    let new = try Console.badData { try edit.applied(to: old, file: config) }
    try check(new)
    if dryRun { return Console.out(new) }
    try Console.write(new, to: config)
    Console.out("chair \(id): \(slot) \(driver) at \(place)")
  }

  /// Waits for a device of the right kind to be plugged in, and says where.
  private func learned(for model: Model) async throws -> String {
    let (changes, continuation) = AsyncStream.makeStream(of: DeviceChange.self)
    let present = Set(await Scan.present().map(\.syspath))
    let monitor = DeviceMonitor { continuation.yield($0) }
    if case .blind(_, let reason) = await monitor.start() {
      Console.error("cannot watch plugs (\(reason)); give the port with --to")
      throw ExitCode.unavailable
    }
    let timer = Task {
      try await Task.sleep(for: .seconds(patience))
      continuation.finish()
    }
    defer { timer.cancel() }
    Console.error(
      "Unplug and plug the \(slot) of chair \(chair) now (\(model.vendor): \(model.id)).")
    var gone: Set<String> = []
    for await change in changes {
      switch change {
      case .removed(let node): gone.insert(node)
      case .added(let device):
        let isNew = !present.contains(device.syspath) || gone.contains(device.node)
        guard isNew, device.subsystem == model.link.subsystem else { continue }
        await monitor.stop()
        if let port = device.port { return port }
        Console.error("\(device.node) has no lasting name; is udev running?")
        throw ExitCode.noInput
      }
    }
    await monitor.stop()
    Console.error("nothing was plugged in for \(patience) s")
    throw ExitCode.noInput
  }

  /// Nothing is written that would not read.
  private func check(_ text: String) throws {
    let folder = URL(filePath: config).deletingLastPathComponent()
    do {
      _ = try Settings(text: text, file: config, knownDrivers: Catalog.slots) { name in
        try? String(contentsOf: URL(filePath: name, relativeTo: folder), encoding: .utf8)
      }
    } catch {
      Console.error("\(error)")
      throw ExitCode.badConfiguration
    }
  }
}

extension Link {
  /// udev's name for what such a device shows up as; `nil` for a network's.
  fileprivate var subsystem: String? {
    switch self {
    case .serial: "tty"
    case .hid: "hidraw"
    case .input: "input"
    case .phdc: "usb"
    case .tcp: nil
    }
  }
}
