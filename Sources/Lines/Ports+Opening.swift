import DispatchKit
import Glibc

extension Ports {
  func open(_ port: Port<Token>) {
    port.retry = nil
    port.state = .opening
    let (id, path, settings, lines) = (port.id, port.path, port.settings, port.lines)
    lines.async { [weak self] in
      let result = Result { () throws(LineError) in try Line.open(path, settings) }
      guard let self else {
        if case .success(let line) = result { line.close() }
        return
      }
      executor.async(on: self) { $0.opened(id, result, lines) }
    }
  }

  private func opened(
    _ id: UInt64, _ result: Result<Line, LineError>, _ lines: SerialQueueExecutor
  ) {
    guard let port = byID[id], !isShutDown else {
      // Removed meanwhile.
      if case .success(let line) = result { lines.async { line.close() } }
      return
    }
    do throws(LineError) {
      let line = try result.get()
      port.state = .open(line)
      try poller.add(line.descriptor, token: id)
      port.reported = nil
      report(port.token, .opened)
    } catch {
      close(port)
      let wait = waitToRetry(port)
      guard error != port.reported else { return }
      port.reported = error
      report(port.token, .failed(error, nextTrySeconds: wait / .seconds(1)))
    }
  }

  /// Returns how long it will wait.
  @discardableResult
  func waitToRetry(_ port: Port<Token>) -> Duration {
    let wait = port.backoff.next()
    let id = port.id
    port.state = .waiting
    port.retry = onDeadline(after: wait) { ports in
      guard let port = ports.byID[id] else { return }
      ports.open(port)
    }
    return wait
  }

  func hurry(_ node: String) {
    let wanted = identity(of: node)
    for port in byID.values
    where port.path == node || (wanted != nil && identity(of: port.path) == wanted) {
      port.backoff.reset()
      if case .waiting = port.state { open(port) }
    }
  }

  /// Which file a path leads to, through any links.
  private func identity(of path: String) -> [UInt]? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return [UInt(status.st_dev), UInt(status.st_ino)]
  }

  /// Closes the line, if any, where blocking harms nobody, and leaves the port waiting.
  func close(_ port: Port<Token>) {
    guard let line = port.line else { return }
    port.state = .waiting
    port.outgoing.clear()
    port.isWriting = false
    poller.remove(line.descriptor)
    closing += 1
    port.lines.async { [executor, self] in
      line.close()
      executor.async(on: self) { ports in
        ports.closing -= 1
        ports.settle()
      }
    }
  }
}
