import DispatchKit
import Glibc

extension Ports {
  func watch() {
    source = onReadable(poller.descriptor, closer: { [poller] _ in _ = poller }) { $0.woke() }
  }

  private func woke() {
    guard crowd.gathers(look(), at: .now) else { return }
    source?.suspend()
    beat = onTick(every: Crowd.beat) { $0.beaten() }
  }

  private func beaten() {
    guard Crowd.isOver(look()) else { return }
    beat = nil
    crowd = Crowd()
    source?.resume()
  }

  /// Serves every line that is ready; returns how many were.
  private func look() -> Int {
    let ready = poller.ready()
    for one in ready {
      guard let port = byID[one.token & ~1] else { continue }
      if one.token & 1 == 1 {
        accept(port)
      } else {
        if one.isReadable { read(port, isHungUp: one.isHungUp) }
        if one.isWritable { flush(port) }
      }
    }
    return ready.count
  }

  private func read(_ port: Port<Token>, isHungUp: Bool) {
    guard let line = port.line else { return }
    let count = room.withUnsafeMutableBytes { room in
      Glibc.read(line.descriptor, room.baseAddress, room.count)
    }
    switch count {
    case 1...:
      port.backoff.reset()
      if port.listener != nil { port.lastHeard = .now }
      report(port.token, .bytes(Array(room[..<count])))
    case 0:
      lose(port, line.endReason)
    default:
      switch errno {
      case EAGAIN where !isHungUp, EINTR: break
      // EIO is how a tty says it when the far end goes in the middle of things, ENODEV a hidraw.
      case EAGAIN, EIO, ENODEV: lose(port, line.endReason)
      default: lose(port, LineError(.read, "\(port.address)").description)
      }
    }
  }
}
