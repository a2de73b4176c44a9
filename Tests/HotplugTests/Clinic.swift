import DispatchKit
import Hotplug
import Lines
import Logging
import Vitals

@testable import Daemon
@testable import Settings

/// The daemon's own hands on an emulated clinic: configuration, bindings, ports and udev are the
/// real ones; what they say is told to a test instead of a ward.
struct Clinic {
  enum Seen {
    case port(Slot, PortEvent)
    case device(DeviceChange)
  }

  let bed: Testbed
  let ports: Ports<Slot>
  private let monitor: DeviceMonitor
  private let bindings: Bindings
  private var seen: AsyncStream<Seen>.Iterator

  /// Watches chairs whose oximeters are bound to the sockets of the adapters, chair 1 to the first.
  init(_ adapters: [Adapter]) async throws {
    let bed = try Testbed()
    let (stream, continuation) = AsyncStream.makeStream(of: Seen.self)
    let ports = try Ports<Slot> { continuation.yield(.port($0, $1)) }
    self.bed = bed
    self.ports = ports
    seen = stream.makeAsyncIterator()
    monitor = DeviceMonitor { change in
      if case .added(let device) = change { ports.deviceAppeared(device.node) }
      continuation.yield(.device(change))
    }
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    bindings = Bindings(ports, Mailbox(logger), logger)
    guard case .watching = await monitor.start() else { throw Testbed.Problem(text: "no udev") }
    var lines = ["chairs:"]
    for adapter in adapters {
      // Below the bed's root, where these are links to ptys that the bed does not emulate: it can
      // have no more than a few dozen ttys open.
      let port = "\(try bed.root)\(adapter.port)"
      lines.append("  - id: '\(adapter.socket + 1)'")
      lines.append("    oximeter: {driver: contec-5, port: \(port)}")
    }
    bindings.apply(
      try Settings(
        text: lines.joined(separator: "\n"), file: "test", knownDrivers: ["contec-5": [.oximeter]]
      ) { _ in nil })
  }

  mutating func next() async throws -> Seen {
    guard let next = await seen.next(isolation: #isolation) else {
      throw Testbed.Problem(text: "nothing more to see")
    }
    return next
  }

  /// Waits until udev has told of `count` devices; returns what the ports said meanwhile.
  mutating func waitForDevices(_ count: Int) async throws -> [(Slot, PortEvent)] {
    var (told, events) = (0, [(Slot, PortEvent)]())
    while told < count {
      switch try await next() {
      case .device: told += 1
      case .port(let slot, let event): events.append((slot, event))
      }
    }
    return events
  }

  /// Collects what the ports say until `isEnough` of it.
  mutating func collect(
    _ before: [(Slot, PortEvent)] = [], until isEnough: ([(Slot, PortEvent)]) -> Bool
  ) async throws -> [(Slot, PortEvent)] {
    var events = before
    while !isEnough(events) {
      if case .port(let slot, let event) = try await next() { events.append((slot, event)) }
    }
    return events
  }

  func close() async {
    await ports.shutdown()
    await monitor.stop()
  }
}
