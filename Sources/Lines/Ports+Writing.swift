import DispatchKit
import Glibc

extension Ports {
  func send(_ bytes: [UInt8], _ port: Port<Token>) {
    guard port.line != nil, !isShutDown else {
      return report(port.token, .unsent(count: bytes.count, .notOpen))
    }
    guard port.outgoing.append(bytes) else {
      return report(port.token, .unsent(count: bytes.count, .overflow))
    }
    if !port.isWriting { flush(port) }
  }

  /// Writes what the line takes; the rest goes when it has room again.
  func flush(_ port: Port<Token>) {
    guard let line = port.line else { return }
    guard port.settings != nil else { return writeReport(port, line) }
    while let message = port.outgoing.next {
      let count = message.withUnsafeBytes { write(line.descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        port.outgoing.took(count)
      } else if count == 0 || errno == EAGAIN {
        break
      } else if errno != EINTR {
        return lose(port, LineError(.write, port.path).description)
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
      try poller.add(line.descriptor, token: port.id, wantsWrite: wanted)
    } catch {
      lose(port, error.description)
    }
  }

  /// Writes one report elsewhere: hidraw ignores O_NONBLOCK here and may block for 5 s.
  private func writeReport(_ port: Port<Token>, _ line: Line) {
    guard !port.isWriting, let message = port.outgoing.next else { return }
    port.isWriting = true
    let (id, path) = (port.id, port.path)
    // The close comes later on the same queue, so the descriptor is still this line's.
    port.lines.async { [executor, self] in
      let count = message.withUnsafeBytes { write(line.descriptor, $0.baseAddress, $0.count) }
      let error = count == message.count ? nil : LineError(.write, path)
      executor.async(on: self) { $0.wrote(id, line, error) }
    }
  }

  private func wrote(_ id: UInt64, _ line: Line, _ error: LineError?) {
    guard let port = byID[id], port.line?.descriptor == line.descriptor, port.isWriting else {
      return
    }
    port.isWriting = false
    if let error { return lose(port, error.description) }
    if let count = port.outgoing.next?.count { port.outgoing.took(count) }
    writeReport(port, line)
    settle()
  }
}
