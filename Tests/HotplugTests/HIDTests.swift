import Glibc
import Lines
import Synchronization
import Testing

extension UdevTests {
  /// The node is a FIFO, which gives back what is written to it.
  @Suite struct HID {
    private final class Log: Sendable {
      let requests = Mutex<[String]>([])
    }

    private func plug(into bed: Testbed, _ log: Log, error: Int32 = 0) throws {
      try bed.add(
        """
        P: /devices/pci0000:00/0000:00:14.0/usb1/1-3/1-3:1.0/0003:0590:0028.0001/hidraw/hidraw0
        N: hidraw0
        E: DEVNAME=/dev/hidraw0
        E: SUBSYSTEM=hidraw
        A: dev=240:0

        """)
      let node = "\(try bed.root)/dev/hidraw0"
      unlink(node)
      mkfifo(node, 0o600)
      try IoctlServer.attach(to: "/dev/hidraw0", in: bed) { request in
        let bytes = UnsafeRawBufferPointer(start: request.address, count: request.size)
        log.requests.withLock {
          $0.append("\(request.family)\(request.number) \(Array(bytes))")
        }
        return error
      }
    }

    @Test func `reports carry a leading 0 out, none in, and features go by ioctl`() async throws {
      let (bed, log) = (try Testbed(), Log())
      try plug(into: bed, log)
      var watch = try PortWatch()
      watch.ports.add(1, at: .hid(path: "/dev/hidraw0"))
      #expect(try await watch.next() == .opened)
      watch.ports.send([7, 0x47, 0x44], to: 1)
      #expect(try await watch.next() == .bytes([0, 7, 0x47, 0x44]))
      watch.ports.send([1, 1], to: 1, asFeature: true)
      watch.ports.send([2, 2], to: 1)
      #expect(try await watch.next() == .bytes([0, 2, 2]))
      // No ioctl but these: a tty's on a hidraw node would be another device's.
      #expect(log.requests.withLock { $0 } == ["H6 [0, 1, 1]"])
      await watch.ports.shutdown()
    }

    @Test func `a feature report that is refused loses the line, and it is opened again`()
      async throws
    {
      let (bed, log) = (try Testbed(), Log())
      try plug(into: bed, log, error: EPIPE)
      var watch = try PortWatch()
      watch.ports.add(1, at: .hid(path: "/dev/hidraw0"))
      #expect(try await watch.next() == .opened)
      watch.ports.send([1, 1], to: 1, asFeature: true)
      #expect(try await watch.next() == .unsent(count: 2, .closed))
      #expect(
        try await watch.next() == .closed(reason: "write /dev/hidraw0: Broken pipe (EPIPE)"))
      #expect(try await watch.next() == .opened)
      await watch.ports.shutdown()
    }
  }
}
