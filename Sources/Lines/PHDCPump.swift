import CUSB
import DispatchKit
import Glibc
import Synchronization

/// Carries messages between a USB healthcare device and one end of a pair of sockets.
///
/// So the other end reads, writes and hangs up like any line, and nothing else knows of USB. The
/// pump has a thread of its own, on which alone all of this is used. It ends when the device is
/// gone, or when the other end is closed, after what was written to it has been sent.
final class PHDCPump {
  /// What the outside has of a pump.
  final class Handle: Sendable {
    private let reason = Mutex("unplugged")
    private let thread = Mutex<pthread_t?>(nil)

    /// Why the pump ended, once it has.
    var endReason: String {
      get { reason.withLock { $0 } }
      set { reason.withLock { $0 = newValue } }
    }

    fileprivate func joins(_ other: pthread_t) { thread.withLock { $0 = other } }

    /// Waits for the pump's end, when the interface is free again; at most about 2 s.
    func join() {
      guard let thread = thread.withLock({ $0.take() }) else { return }
      pthread_join(thread, nil)
    }
  }

  /// For one message to the device, in milliseconds.
  private static let patience: UInt32 = 1000

  private let device: PHDCDevice
  private let socket: Int32
  private let input: USBTransfer
  private let output: USBTransfer
  private let handle = Handle()

  /// Claims the device at `port`; returns the descriptor to read and write, the caller's to close.
  ///
  /// One message a write; reads give a packet at a time, a message may come in several.
  static func start(_ port: USBPort) throws(LineError) -> (Int32, Handle) {
    let device = try PHDCDevice(port)
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_SEQPACKET.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw LineError(.open, "usb:\(port)") }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    guard let pump = PHDCPump(device, ends[1]) else {
      for end in ends { close(end) }
      throw LineError(.open, "usb:\(port)", code: ENOMEM)
    }
    let handle = pump.handle
    // The thread holds the only reference from here on.
    let baton = Unmanaged.passRetained(pump)
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { baton in
        baton.map { Unmanaged<PHDCPump>.fromOpaque($0).takeRetainedValue().run() }
        return nil
      }, baton.toOpaque())
    guard code == 0 else {
      baton.release()
      close(ends[0])
      throw LineError(.open, "usb:\(port)", code: code)
    }
    handle.joins(thread)
    return (ends[0], handle)
  }

  private init?(_ device: PHDCDevice, _ socket: Int32) {
    let endpoints = device.endpoints
    guard
      let input = USBTransfer(
        device, endpoints.input, capacity: max(8, endpoints.packet), timeout: 0),
      let output = USBTransfer(
        device, endpoints.output, capacity: WriteBuffer.capacity, timeout: Self.patience)
    else { return nil }
    self.device = device
    self.socket = socket
    self.input = input
    self.output = output
  }

  deinit { close(socket) }

  private func run() {
    if let reason = pump() { handle.endReason = reason }
    input.cancel()
    output.cancel()
    // A cancelled transfer ends within a frame; on a dead controller, never.
    for _ in 0..<100 where input.isPending || output.isPending { turn(waitingMilliseconds: 10) }
  }

  /// Runs until one side is gone; returns why, when that was the device.
  private func pump() -> String? {
    var wasSending = false
    var isListening = input.receive()
    guard isListening else { return "unplugged" }
    while true {
      let isWriteAsked = wait()
      turn(waitingMilliseconds: 0)
      if isListening, !input.isPending {
        if let failure = input.failure { return failure }
        guard hand(on: input.bytes) else { return nil }
        isListening = input.receive()
        guard isListening else { return "unplugged" }
      }
      if wasSending, !output.isPending {
        wasSending = false
        if let failure = output.failure { return failure }
      }
      guard isWriteAsked, !output.isPending else { continue }
      guard let message = nextMessage() else { return nil }
      guard output.send(message) else { return "unplugged" }
      wasSending = true
    }
  }

  /// Gives the other end what the device sent; false when nobody is there.
  private func hand(on bytes: UnsafeRawBufferPointer) -> Bool {
    // An empty message would read as the end.
    guard !bytes.isEmpty else { return true }
    while true {
      // Waits for room: a device that sends more than is read has to wait, too.
      if send(socket, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL)) >= 0 {
        return true
      }
      guard errno == EINTR else { return false }
    }
  }

  /// What the other end wrote; nil when it is closed.
  private func nextMessage() -> ArraySlice<UInt8>? {
    var room = [UInt8](repeating: 0, count: WriteBuffer.capacity)
    let count = recv(socket, &room, room.count, Int32(MSG_DONTWAIT))
    return count > 0 ? room[..<count] : nil
  }

  /// Waits until USB or the other end has something; true when the other end has, and may.
  private func wait() -> Bool {
    var watched: [pollfd] = []
    if let list = libusb_get_pollfds(device.context) {
      var next = list
      while let one = next.pointee {
        watched.append(pollfd(fd: one.pointee.fd, events: one.pointee.events, revents: 0))
        next += 1
      }
      libusb_free_pollfds(list)
    }
    // While a message is on its way, the next waits in the socket.
    if !output.isPending { watched.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0)) }
    guard poll(&watched, nfds_t(watched.count), 1000) > 0, !output.isPending else { return false }
    return watched.last.map { $0.revents != 0 } ?? false
  }

  /// Lets libusb end what is over.
  private func turn(waitingMilliseconds: Int) {
    var time = timeval(tv_sec: 0, tv_usec: waitingMilliseconds * 1000)
    libusb_handle_events_timeout_completed(device.context, &time, nil)
  }
}
