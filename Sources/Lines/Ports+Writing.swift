import DispatchKit
import Glibc

extension Ports {
  func send(_ bytes: [UInt8], _ token: Token, isFeature: Bool) {
    guard let port = byToken[token] else { return }
    guard let line = port.line, !isShutDown else {
      return report(port.token, .unsent(count: bytes.count, .notOpen))
    }
    guard !isFeature || line.blocksOnWriting else {
      return report(port.token, .unsent(count: bytes.count, .notHID))
    }
    guard port.outgoing.append(bytes, isFeature: isFeature) else {
      return report(port.token, .unsent(count: bytes.count, .overflow))
    }
    if !port.isWriting { flush(port) }
  }

  /// Writes what the line takes; the rest goes when it has room again.
  func flush(_ port: Port<Token>) {
    guard let line = port.line else { return }
    guard !line.blocksOnWriting else { return writeReport(port, line) }
    while let message = port.outgoing.next {
      let count = line.write(message.bytes)
      if count > 0 {
        port.outgoing.took(count)
      } else if count == 0 || errno == EAGAIN {
        break
      } else if errno != EINTR {
        return lose(port, LineError(.write, "\(port.address)").description)
      }
    }
    wantRoom(port, line)
    settle()
  }

  /// Asks to be woken when the line has room, as long as something waits.
  private func wantRoom(_ port: Port<Token>, _ line: Line) {
    let wanted = !port.outgoing.isEmpty
    guard wanted != port.isWriting else { return }
    port.isWriting = wanted
    do throws(LineError) {
      try poller(of: port).add(line.descriptor, token: port.id, wantsWrite: wanted)
    } catch {
      lose(port, error.description)
    }
  }

  /// Writes one report elsewhere, since it may block.
  private func writeReport(_ port: Port<Token>, _ line: Line) {
    guard !port.isWriting, let message = port.outgoing.next else { return }
    port.isWriting = true
    let (id, address) = (port.id, port.address)
    // The close comes later on the same queue, so the descriptor is still this line's.
    port.lines.async { [executor, self] in
      let error = line.writeReport(message) ? nil : LineError(.write, "\(address)")
      executor.async(on: self) { $0.wrote(id, line, error) }
    }
  }

  private func wrote(_ id: UInt64, _ line: Line, _ error: LineError?) {
    guard let port = byID[id], port.line?.descriptor == line.descriptor, port.isWriting else {
      return
    }
    port.isWriting = false
    if let error { return lose(port, error.description) }
    if let count = port.outgoing.next?.bytes.count { port.outgoing.took(count) }
    writeReport(port, line)
    settle()
  }
}
