import ArgumentParser
import Hotplug
import Recording

/// `chairside device scan`: what is plugged in, and the name of its place.
struct Scan: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List what is plugged into this machine, by its place.",
    discussion: """
      PORT is what a configuration binds: it stays the same whatever is plugged in there. USB ids \
      are hints only; a bridge chip's are those of a hundred other gadgets.
      """)

  @Flag(help: "One JSON object a line.")
  var json = false

  func run() async throws {
    for device in await Self.present() {
      guard json else {
        let ids = [device.vendorID, device.productID].compactMap { $0 }.joined(separator: ":")
        Console.out(
          device.node.padded(to: 20) + ids.padded(to: 11) + (device.port ?? "no lasting name"))
        continue
      }
      var line = JSONLine()
      line.add("node", device.node)
      line.add("subsystem", device.subsystem)
      line.add(orNull: "port", device.port)
      line.add(orNull: "idPath", device.idPath)
      line.add(ifAny: "vendor", device.vendorID)
      line.add(ifAny: "product", device.productID)
      line.add(ifAny: "serial", device.serial)
      Console.out(line.line)
    }
  }

  /// Everything that is plugged in now.
  static func present() async -> [Device] {
    let (changes, continuation) = AsyncStream.makeStream(of: DeviceChange.self)
    let monitor = DeviceMonitor { continuation.yield($0) }
    _ = await monitor.start()
    await monitor.stop()
    continuation.finish()
    var devices: [Device] = []
    for await change in changes { if case .added(let device) = change { devices.append(device) } }
    return devices.sorted { $0.node < $1.node }
  }
}
