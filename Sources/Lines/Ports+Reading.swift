import DispatchKit
import Glibc

extension Ports {
  func watch() {
    source = onReadable(poller.descriptor, closer: { [poller] _ in _ = poller }) { $0.woke() }
  }

  private func woke() {
    guard crowd.gathers(look(), at: .now) else { return }
    source?.suspend()
    nextLook = .now + Crowd.beat
    onPace { $0.paced() }
  }

  /// Looks at the crowd when it is time; returns how long to wait, nil when waking is cheaper again.
  private func paced() -> Duration? {
    guard let due = nextLook else { return nil }
    var wait = due - .now
    if wait <= .zero {
      guard !crowd.disperses(look()) else { return dismiss() }
      nextLook = .now + Crowd.beat
      wait = Crowd.beat
    }
    guard let wish = onBeat(false), wish < wait else { return wait }
    return max(wish, Crowd.shortest)
  }

  /// Goes back to being woken by every line.
  private func dismiss() -> Duration? {
    nextLook = nil
    crowd = Crowd()
    source?.resume()
    _ = onBeat(true)
    return nil
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
    tell()
    return ready.count
  }

  /// Reports what was read, once all lines were: so the kernel's code and that of whoever decides
  /// do not drive each other out of the processor's cache with every line.
  func tell() {
    while !heard.isEmpty {
      let (token, bytes) = heard.removeFirst()
      report(token, .bytes(bytes))
    }
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
      heard.append((port.token, Array(room[..<count])))
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
