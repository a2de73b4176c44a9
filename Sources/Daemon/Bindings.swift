import DispatchKit
import Lines
import Logging
import Settings
import Synchronization
import Vitals
import Ward

/// Which port each device is on, as it is applied now.
final class Bindings: Sendable {
  private let ports: Ports<Slot>
  private let mailbox: Mailbox
  private let logger: Logger
  private let applied = Mutex<[Slot: Settings.Device]>([:])

  init(_ ports: Ports<Slot>, _ mailbox: Mailbox, _ logger: Logger) {
    self.ports = ports
    self.mailbox = mailbox
    self.logger = logger
  }

  /// Opens what is new or has moved, closes what is gone, and leaves the rest alone.
  func apply(_ settings: Settings) {
    var wanted: [Slot: Settings.Device] = [:]
    for chair in settings.chairs {
      for (name, device) in chair.devices { wanted[Slot(chair.id, name)] = device }
    }
    applied.withLock { current in
      for slot in current.keys where wanted[slot] == nil { letGo(slot) }
      for (slot, device) in wanted where current[slot] != device {
        if let old = current[slot], old.driver != device.driver {
          logger.warning("\(slot): driver \(device.driver) takes effect with the next start")
          wanted[slot] = old
        } else {
          letGo(slot)
          add(device, at: slot)
        }
      }
      current = wanted
    }
  }

  /// Where a device is bound now.
  func port(of slot: Slot) -> String? { applied.withLock { $0[slot]?.port } }

  /// Closes the slot's line, if it has one.
  private func letGo(_ slot: Slot) {
    // The ward has its last word to the device first; the two share a queue.
    mailbox.letGo(slot)
    ports.remove(slot)
  }

  private func add(_ device: Settings.Device, at slot: Slot) {
    do throws(LineError) {
      ports.add(slot, at: try device.address())
    } catch {
      logger.error("\(slot): \(error)")
    }
  }
}

/// Takes what ports report to the ward, which does not exist yet when the ports are made.
///
/// Called on the queue that ward and ports share; what people read is written elsewhere, since it may
/// block (a full pipe, a slow journal).
final class Mailbox: Sendable {
  private let scribe = SerialQueueExecutor(label: "log")
  private let logger: Logger
  private let ward = Mutex<WardActor?>(nil)
  private let open = Mutex<Set<Slot>>([])

  init(_ logger: Logger) { self.logger = logger }

  func open(_ actor: WardActor) { ward.withLock { $0 = actor } }

  /// The lines are read on a beat; returns how soon the ward has a deadline.
  func beat(isOver: Bool) -> Duration? {
    ward.withLock { $0 }?.assumeIsolated { $0.paced(isOver: isOver) }
  }

  func deliver(_ event: PortEvent, from slot: Slot) {
    guard let ward = ward.withLock({ $0 }) else { return }
    switch event {
    case .opened:
      note(.notice, "\(slot): device connected")
      open.withLock { _ = $0.insert(slot) }
      ward.take(.line(slot, .opened))
    case .bytes(let bytes): ward.assumeIsolated { $0.handle(.bytes(slot, bytes)) }
    case .closed(let reason):
      note(.warning, "\(slot): device gone: \(reason)")
      open.withLock { _ = $0.remove(slot) }
      ward.take(.line(slot, .closed(reason: reason)))
    case .failed(let error, let seconds):
      note(.warning, "\(slot): \(error); next try in \(seconds) s, and again for ever")
    case .unsent(let count, let reason):
      note(.warning, "\(slot): \(count) bytes could not be sent (\(reason.rawValue))")
    }
  }

  private func note(_ level: Logger.Level, _ text: @autoclosure @escaping @Sendable () -> String) {
    scribe.async { [logger] in logger.log(level: level, "\(text())") }
  }

  /// The configuration binds the slot to another port, or to none.
  func letGo(_ slot: Slot) {
    guard open.withLock({ $0.remove(slot) }) != nil else { return }
    ward.withLock { $0 }?.letGo(slot)
  }
}
