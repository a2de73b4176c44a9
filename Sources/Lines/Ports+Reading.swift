import DispatchKit
import Glibc

extension Ports {
  func watch() {
    source = onReadable(poller.descriptor, closer: { [poller] _ in _ = poller }) { $0.woke() }
  }

  /// Reads the lines that wake us: all of them, or beside a crowd those that speak rarely.
  ///
  /// These cost next to nothing, and what a cuff says is an event more often than not.
  private func woke() {
    let ready = look(at: poller)
    guard nextLook == nil, crowd.gathers(ready, at: .now) else { return }
    nextLook = .now + Crowd.beat
    onPace { $0.paced() }
  }

  /// Looks at the crowd when it is time; returns how long to wait, nil when waking is cheaper again.
  private func paced() -> Duration? {
    guard let due = nextLook else { return nil }
    var wait = due - .now
    if wait <= .zero {
      guard !crowd.disperses(look(at: crowdPoller)) else { return dismiss() }
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
    for port in byID.values where port.isInCrowd { move(port, intoCrowd: false) }
    _ = onBeat(true)
    return nil
  }

  /// Serves every line of a set that is ready; returns how many were.
  private func look(at poller: Poller) -> Int {
    let ready = poller.ready()
    let now = SuspendingClock.now
    for one in ready {
      guard let port = byID[one.token & ~1] else { continue }
      if one.token & 1 == 1 {
        accept(port)
      } else {
        if one.isReadable { read(port, isHungUp: one.isHungUp, at: now) }
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

  /// Moves a line between those that wake us and those that are looked at on the beat.
  private func move(_ port: Port<Token>, intoCrowd: Bool) {
    guard let line = port.line else { return }
    poller(of: port).remove(line.descriptor)
    port.isInCrowd = intoCrowd
    do throws(LineError) {
      try poller(of: port).add(
        line.descriptor, token: port.id, wantsWrite: port.isWriting && !line.blocksOnWriting)
    } catch {
      lose(port, error.description)
    }
  }

  private func read(
    _ port: Port<Token>, isHungUp: Bool, at now: SuspendingClock.Instant
  ) {
    guard let line = port.line else { return }
    let count = room.withUnsafeMutableBytes { room in
      Glibc.read(line.descriptor, room.baseAddress, room.count)
    }
    switch count {
    case 1...:
      port.backoff.reset()
      if port.listener != nil { port.lastHeard = now }
      let isBusy = port.pace.isBusy(at: now)
      if nextLook != nil, isBusy != port.isInCrowd { move(port, intoCrowd: isBusy) }
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
