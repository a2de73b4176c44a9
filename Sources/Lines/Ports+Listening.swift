import DispatchKit

/// A port that a device connects to has one connection at a time.
///
/// A monitor that was switched off and on again connects anew, and its old connection says nothing
/// of it. So a newcomer is let in at once when nobody is connected, and otherwise when the one who
/// is has been silent for ``silence``; who speaks keeps its place, or two monitors would take
/// turns at one chair. Nobody waits longer than that: what a newcomer has sent meanwhile would be
/// old when it is read.
extension Ports {
  /// How long a connection is silent before a newer one may replace it.
  private static var silence: Duration { .seconds(3) }
  /// Connections looked at in one go; the rest are still there the next time.
  private static var many: Int { 8 }

  func listen(_ listener: Listener, _ port: Port<Token>) throws(LineError) {
    port.listener = listener
    port.state = .listening
    port.reported = nil
    try poller.add(listener.descriptor, token: port.id | 1)
  }

  /// Somebody connects.
  func accept(_ port: Port<Token>) {
    for _ in 0..<Self.many {
      guard let listener = port.listener else { return }
      do throws(LineError) {
        guard let line = try listener.accept("\(port.address)") else { return }
        port.newcomer?.close()
        port.newcomer = line
        if port.line == nil { welcome(port) } else { judge(port) }
      } catch {
        // The connection that could not be had would wake us for ever.
        port.newcomer?.close()
        port.newcomer = nil
        if port.line != nil { lose(port, error.description) }
        return fail(port, error)
      }
    }
  }

  /// Lets the newcomer in, if there is one.
  func welcome(_ port: Port<Token>) {
    port.verdict = nil
    guard let line = port.newcomer else { return }
    port.newcomer = nil
    // Without a descriptor to spare: the device will try again.
    do throws(LineError) { try take(line, port) } catch { close(port) }
  }

  /// Decides between the connection there is and the newcomer, once the silence is long enough.
  private func judge(_ port: Port<Token>) {
    let (id, heard) = (port.id, port.lastHeard)
    port.verdict = onDeadline(after: heard + Self.silence - .now) { ports in
      guard let port = ports.byID[id], port.newcomer != nil else { return }
      port.verdict = nil
      if port.lastHeard == heard { return ports.lose(port, "replaced by a newer connection") }
      port.newcomer?.close()
      port.newcomer = nil
    }
  }
}
