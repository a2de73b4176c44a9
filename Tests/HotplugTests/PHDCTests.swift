import Glibc
import Hotplug
import Lines
import Testing

extension UdevTests {
  /// Through libusb, on an emulated usbfs: no real device was at hand.
  @Suite struct Healthcare {
    private let aarq: [UInt8] = [0xE2, 0x00, 0x00, 0x32] + (0..<0x32)
    private let aare: [UInt8] = [0xE3, 0x00, 0x00, 0x2C] + (0..<0x2C)

    @Test func `messages pass both ways while a read is under way`() async throws {
      let bed = try Testbed()
      let device = try PHDCEmulation(port: 4, number: 7, in: bed)
      var watch = try PortWatch()
      watch.ports.add(1, at: .phdc(USBPort("1-4")!))
      #expect(try await watch.next() == .opened)
      #expect(device.isClaimed)
      device.say(aarq)
      #expect(try await watch.next() == .bytes(aarq))
      watch.ports.send(aare, to: 1)
      try await until { device.heard.map(\.bytes) == [aare] }
      // A message of several packets, and an empty one, which is nothing.
      device.say(Array(0..<64), [], Array(64..<100))
      #expect(try await watch.bytes(100) == Array(0..<100))
      await watch.ports.shutdown()
      #expect(!device.isClaimed)
    }

    @Test func `each message to the device is one transfer, in order, with a clear end`()
      async throws
    {
      let bed = try Testbed()
      let device = try PHDCEmulation(port: 4, number: 7, in: bed)
      var watch = try PortWatch()
      watch.ports.add(1, at: .phdc(USBPort("1-4")!))
      #expect(try await watch.next() == .opened)
      let messages = [4, 64, 128, 1000].map { [UInt8](repeating: UInt8($0 & 0xFF), count: $0) }
      for message in messages { watch.ports.send(message, to: 1) }
      try await until { device.heard.count == messages.count }
      #expect(device.heard == messages.map { .init(bytes: $0, endsClearly: true) })
      await watch.ports.shutdown()
    }

    @Test func `what is sent last is still sent on shutdown`() async throws {
      let bed = try Testbed()
      let device = try PHDCEmulation(port: 4, number: 7, in: bed)
      var watch = try PortWatch()
      watch.ports.add(1, at: .phdc(USBPort("1-4")!))
      #expect(try await watch.next() == .opened)
      watch.ports.send([0xE4, 0x00, 0x00, 0x02, 0x00, 0x00], to: 1)
      await watch.ports.shutdown()
      try await until { !device.isClaimed }
      #expect(device.heard.map(\.bytes) == [[0xE4, 0x00, 0x00, 0x02, 0x00, 0x00]])
    }

    @Test func `a pulled device is told, and found again when udev tells of it`() async throws {
      let bed = try Testbed()
      let first = try PHDCEmulation(port: 4, number: 7, in: bed)
      var watch = try PortWatch()
      let monitor = DeviceMonitor { [ports = watch.ports] change in
        if case .added(let device) = change { ports.deviceAppeared(device.node) }
      }
      #expect(await monitor.start() == .watching(devices: 1))
      watch.ports.add(1, at: .phdc(USBPort("1-4")!))
      #expect(try await watch.next() == .opened)
      first.vanish()
      #expect(try await watch.next() == .closed(reason: "unplugged"))
      try bed.remove("/sys/devices/pci0000:00/0000:00:14.0/usb1/1-4")
      let second = try PHDCEmulation(port: 4, number: 8, in: bed)
      second.say([1])
      // Its ioctls may not be answered yet when it is first tried.
      while try await watch.next() != .bytes([1]) {}
      await watch.ports.shutdown()
      await monitor.stop()
    }

    @Test(arguments: [
      (
        3, "0F", 0,
        "open usb:1-4: No such file or directory (ENOENT); "
          + "plug the device in, or correct the port in the configuration"
      ),
      (
        4, "03", 0,
        "claim usb:1-4: no healthcare interface (EOPNOTSUPP); "
          + "bind a device of USB class 0f (healthcare)"
      ),
      (
        4, "0F", EBUSY,
        "claim usb:1-4: Resource busy (EBUSY); "
          + "stop the other program that uses the device"
      ),
    ])
    func `what cannot be had is told with a remedy`(
      _ port: Int, _ interfaceClass: String, _ refusal: Int32, _ text: String
    ) async throws {
      let bed = try Testbed()
      let device = try PHDCEmulation(
        port: port, number: 7, interfaceClass: interfaceClass, in: bed)
      device.refuseClaims(with: refusal)
      var watch = try PortWatch()
      watch.ports.add(1, at: .phdc(USBPort("1-4")!))
      guard case .failed(let error, _) = try await watch.next() else {
        Issue.record("opened")
        return
      }
      #expect(error.description == text)
      await watch.ports.shutdown()
    }
  }
}
