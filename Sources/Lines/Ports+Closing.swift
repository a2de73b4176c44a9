import DispatchKit

extension Ports {
  /// The line went away by itself: says so, and waits for the device or reconnects.
  func lose(_ port: Port<Token>, _ reason: String) {
    tell()
    let unsent = port.outgoing.count
    close(port)
    if unsent > 0 { report(port.token, .unsent(count: unsent, .closed)) }
    report(port.token, .closed(reason: reason))
    guard !isShutDown else { return }
    if port.listener != nil { welcome(port) } else { waitToRetry(port) }
  }

  /// Closes the line, if any, where blocking harms nobody.
  func close(_ port: Port<Token>) {
    guard let line = port.line else { return }
    port.state = port.listener == nil ? .waiting : .listening
    port.outgoing.clear()
    port.isWriting = false
    poller(of: port).remove(line.descriptor)
    (port.isInCrowd, port.pace) = (false, LinePace())
    away(port) { line.close() }
  }

  /// Closes all that the port has open.
  func release(_ port: Port<Token>) {
    close(port)
    port.verdict = nil
    port.newcomer?.close()
    port.newcomer = nil
    guard let listener = port.listener else { return }
    port.listener = nil
    port.state = .waiting
    poller.remove(listener.descriptor)
    away(port) { listener.close() }
  }

  /// Runs a close after the others of the port; ``shutdown()`` waits for it.
  private func away(_ port: Port<Token>, _ body: @escaping @Sendable () -> Void) {
    closing += 1
    port.lines.async { [executor, self] in
      body()
      executor.async(on: self) { ports in
        ports.closing -= 1
        ports.settle()
      }
    }
  }
}
