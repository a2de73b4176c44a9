import DispatchKit

/// What opening a ``PortAddress`` gives.
private enum Opened: Sendable {
  case line(Line)
  case listener(Listener)

  init(_ address: PortAddress) throws(LineError) {
    switch address {
    case .serial(let path, let settings): self = .line(try Line.serial(path, settings))
    case .hid(let path): self = .line(try Line.hid(path))
    case .input(let path): self = .line(try Line.input(path))
    case .tcp(let address): self = .listener(try Listener.open(address))
    case .phdc(let port): self = .line(try Line.phdc(port))
    }
  }

  func close() {
    switch self {
    case .line(let line): line.close()
    case .listener(let listener): listener.close()
    }
  }
}

extension Ports {
  func open(_ port: Port<Token>) {
    port.retry = nil
    port.state = .opening
    let (id, address, lines) = (port.id, port.address, port.lines)
    lines.async { [weak self] in
      let result = Result { () throws(LineError) in try Opened(address) }
      guard let self else {
        if case .success(let opened) = result { opened.close() }
        return
      }
      executor.async(on: self) { $0.opened(id, result, lines) }
    }
  }

  private func opened(
    _ id: UInt64, _ result: Result<Opened, LineError>, _ lines: SerialQueueExecutor
  ) {
    guard let port = byID[id], !isShutDown else {
      // Removed meanwhile.
      if case .success(let opened) = result { lines.async { opened.close() } }
      return
    }
    do throws(LineError) {
      switch try result.get() {
      case .line(let line): try take(line, port)
      case .listener(let listener): try listen(listener, port)
      }
    } catch {
      fail(port, error)
    }
  }

  /// The port has a line to its device now.
  func take(_ line: Line, _ port: Port<Token>) throws(LineError) {
    port.state = .open(line)
    try poller.add(line.descriptor, token: port.id)
    port.reported = nil
    port.lastHeard = .now
    report(port.token, .opened)
  }

  /// The port cannot be had: says so once, and tries again for ever.
  func fail(_ port: Port<Token>, _ error: LineError) {
    release(port)
    let wait = waitToRetry(port)
    guard error != port.reported else { return }
    port.reported = error
    report(port.token, .failed(error, nextTrySeconds: wait / .seconds(1)))
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
    let appearance = Appearance(node)
    for port in byID.values where port.line == nil && appearance.mayBe(at: port.address) {
      port.backoff.reset()
      if case .waiting = port.state { open(port) }
    }
  }
}
