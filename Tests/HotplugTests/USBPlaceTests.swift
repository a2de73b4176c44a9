import Testing

@testable import Hotplug

@Suite struct USBPlaceTests {
  private static let pci = "/sys/devices/pci0000:00/0000:00:14.0/usb1"

  @Test(arguments: [
    ("1-4", "1-4", "pci-0000:00:14.0-usb-0:4"),
    ("1-4/1-4:1.0/ttyUSB0/tty/ttyUSB0", "1-4", "pci-0000:00:14.0-usb-0:4:1.0"),
    ("1-4/1-4.2/1-4.2:1.0/ttyUSB7/tty/ttyUSB7", "1-4.2", "pci-0000:00:14.0-usb-0:4.2:1.0"),
    (
      "1-4/1-4.2/1-4.2.3/1-4.2.3:1.1/0003:1A61:3650.0001/hidraw/hidraw0", "1-4.2.3",
      "pci-0000:00:14.0-usb-0:4.2.3:1.1"
    ),
  ])
  func `the place is read from the name in sysfs`(
    _ path: String, _ port: String, _ idPath: String
  ) {
    let place = USBPlace(syspath: "\(Self.pci)/\(path)")
    #expect(place?.port == port)
    #expect(place?.idPath == idPath)
  }

  @Test func `a board without PCI has a place, too`() {
    let place = USBPlace(syspath: "/sys/devices/platform/xhci-hcd.0.auto/usb2/2-1/2-1:1.0/x")
    #expect(place?.idPath == "platform-xhci-hcd.0.auto-usb-0:1:1.0")
  }

  @Test(arguments: [
    "", "/sys/devices/pnp0/00:00/tty/ttyS0", "/sys/devices/virtual/tty/tty0",
    "/sys/devices/pci0000:00/0000:00:14.0/usb1", "/usb1/1-1",
  ])
  func `what hangs on no USB has none`(_ path: String) { #expect(USBPlace(syspath: path) == nil) }

  /// Device, configuration, interface, two bulk endpoints.
  private static let descriptors: [UInt8] =
    [18, 1, 0, 2, 0, 0, 0, 64, 0x24, 4, 0xCD, 0xAB, 0, 1, 0, 0, 0, 1]
    + [9, 2, 32, 0, 1, 1, 0, 0x80, 50]
    + [9, 4, 0, 0, 2, 0x0F, 0, 0, 0]
    + [7, 5, 0x81, 2, 64, 0, 0] + [7, 5, 2, 2, 64, 0, 0]

  @Test func `a healthcare interface is found in the descriptors, and nothing else is one`() {
    #expect(HealthcareInterface.isPresent(in: Self.descriptors))
    var other = Self.descriptors
    other[32] = 3
    #expect(!HealthcareInterface.isPresent(in: other))
    // Cut short anywhere it is none, or was there already; nothing traps.
    for count in 0..<Self.descriptors.count {
      let isThere = HealthcareInterface.isPresent(in: Array(Self.descriptors[..<count]))
      #expect(isThere == (count >= 36))
    }
    #expect(!HealthcareInterface.isPresent(in: [0, 4, 0, 0, 0, 0x0F]))
  }

  @Test(arguments: [
    (":0f0000:", true), (":030000:0F0000:", true), (":030000:", false), ("", false),
  ])
  func `udev's own list is believed`(_ interfaces: String, _ isPresent: Bool) {
    #expect(HealthcareInterface.isPresent(syspath: "/", interfaces: interfaces) == isPresent)
  }
}
