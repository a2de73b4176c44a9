import DispatchKit
import Drivers
import Lines
import Logging
import Settings
import Synchronization
import Vitals
import Ward

/// Which port each device is on, as it is applied now.
final class Bindings: Sendable {
  private let ports: Ports<Slot>
  private let logger: Logger
  private let applied = Mutex<[Slot: Settings.Device]>([:])

  init(_ ports: Ports<Slot>, _ logger: Logger) {
    self.ports = ports
    self.logger = logger
  }

  /// Opens what is new or has moved, closes what is gone, and leaves the rest alone.
  func apply(_ settings: Settings) {
    var wanted: [Slot: Settings.Device] = [:]
    for chair in settings.chairs {
      wanted[Slot(chair.id, .oximeter)] = chair.oximeter
      wanted[Slot(chair.id, .cuff)] = chair.cuff
    }
    applied.withLock { current in
      for slot in current.keys where wanted[slot] == nil { ports.remove(slot) }
      for (slot, device) in wanted where current[slot] != device { add(device, at: slot) }
      current = wanted
    }
  }

  private func add(_ device: Settings.Device, at slot: Slot) {
    guard let line = device.line ?? Catalog.model(id: device.driver)?.line else { return }
    do {
      ports.add(slot, path: device.port, settings: try LineSettings(line))
    } catch {
      logger.error("\(slot): \(error)")
    }
  }
}

/// Takes what ports report to the ward, which does not exist yet when the ports are made.
final class Mailbox: Sendable {
  private let ward = Mutex<WardActor?>(nil)

  func open(_ actor: WardActor) { ward.withLock { $0 = actor } }

  func deliver(_ event: PortEvent, from slot: Slot, _ logger: Logger) {
    guard let ward = ward.withLock({ $0 }) else { return }
    switch event {
    case .opened:
      logger.notice("\(slot): device connected")
      ward.take(.line(slot, .opened))
    case .bytes(let bytes): ward.take(.bytes(slot, bytes))
    case .closed(let reason):
      logger.warning("\(slot): device gone: \(reason)")
      ward.take(.line(slot, .closed(reason: reason)))
    case .failed(let error, let seconds):
      logger.warning("\(slot): \(error); next try in \(seconds) s, and again for ever")
    case .unsent(let count, let reason):
      logger.warning("\(slot): \(count) bytes could not be sent (\(reason.rawValue))")
    }
  }
}
