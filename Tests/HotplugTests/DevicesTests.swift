import Hotplug
import Lines
import Testing

extension UdevTests {
  @Suite struct Devices {
    @Test func `adapters that are alike in all their ids have a port each`() throws {
      let bed = try Testbed()
      let adapters = (0..<40).map(Adapter.init)
      // In another order than the sockets'.
      let plugged = try adapters.shuffled().enumerated().map { number, adapter in
        try adapter.plug(into: bed, number: number)
      }
      let devices = DeviceMonitor.devices()
      #expect(devices.map(\.port) == adapters.map(\.port).sorted())
      #expect(Set(devices.compactMap(\.idPath)).count == 40)
      #expect(Set(devices.compactMap(\.usbPort)).count == 40)
      for device in devices {
        #expect([device.vendorID, device.productID, device.serial] == ["10c4", "ea60", "0001"])
      }
      for one in plugged { try one.pull(from: bed) }
      #expect(DeviceMonitor.devices().isEmpty)
    }

    @Test func `a port is found by any of its device's names`() throws {
      let bed = try Testbed()
      let adapter = Adapter(socket: 13)
      let plugged = try adapter.plug(into: bed, number: 4)
      for name in [adapter.port, "/dev/ttyUSB4", plugged.pty.path] {
        #expect(PhysicalPort(node: name)?.idPath == adapter.idPath)
      }
      #expect(PhysicalPort(node: "/dev/ttyUSB5") == nil)
      #expect(PhysicalPort(idPath: adapter.idPath).devices().map(\.node) == ["/dev/ttyUSB4"])
      try plugged.pull(from: bed)
      #expect(PhysicalPort(idPath: adapter.idPath).devices().isEmpty)
    }

    @Test func `a hidraw node without ID_PATH has that of its USB port and interface`() throws {
      let bed = try Testbed()
      for port in 1...2 {
        try bed.add(
          """
          P: /devices/pci0000:00/0000:00:14.0/usb1/1-\(port)
          E: DEVTYPE=usb_device
          E: SUBSYSTEM=usb
          A: idVendor=0590
          A: idProduct=0028

          P: /devices/pci0000:00/0000:00:14.0/usb1/1-\(port)/1-\(port):1.0
          E: DEVTYPE=usb_interface
          E: SUBSYSTEM=usb

          P: /devices/pci0000:00/0000:00:14.0/usb1/1-\(port)/1-\(port):1.0/h/hidraw/hidraw\(port)
          E: DEVNAME=/dev/hidraw\(port)
          E: SUBSYSTEM=hidraw

          """)
      }
      let devices = DeviceMonitor.devices()
      #expect(devices.map(\.subsystem) == ["hidraw", "hidraw"])
      #expect(
        devices.map(\.idPath)
          == ["pci-0000:00:14.0-usb-0:1:1.0", "pci-0000:00:14.0-usb-0:2:1.0"])
      #expect(devices.map(\.vendorID) == ["0590", "0590"])
      #expect(devices.map(\.port) == [nil, nil])
    }

    @Test func `of bare USB devices only those of the healthcare class are told`() throws {
      let bed = try Testbed()
      for (port, code) in [(1, "0F"), (2, "03"), (3, "0F")] {
        try bed.add(PHDCEmulation.description(port, port, code))
      }
      #expect(DeviceMonitor.devices().map(\.port) == ["usb:1-1", "usb:1-3"])
      #expect(DeviceMonitor.devices().map(\.idPath).first == "pci-0000:00:14.0-usb-0:1")
    }
  }
}
