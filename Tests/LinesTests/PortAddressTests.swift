import Lines
import Testing

@Suite struct PortAddressTests {
  @Test(arguments: [
    "/dev/serial/by-path/pci-0000:00:14.0-usb-0:3.2:1.0-port0", "tcp:192.168.7.1:2575",
    "tcp:0.0.0.0:1550", "tcp:[::1]:65535", "tcp:[fd00::7]:1", "usb:1-1", "usb:12-1.4.7",
  ])
  func `an address reads back as it was written`(_ text: String) throws {
    #expect(try PortAddress(text, settings: nil).description == text)
    #expect(try PortAddress(text, settings: settings()).description == text)
  }

  @Test func `line settings make a path a serial line, and without it is a hidraw or input node`()
    throws
  {
    #expect(try PortAddress("/dev/x", settings: settings()) == serial("/dev/x"))
    #expect(try PortAddress("/dev/x", settings: nil) == .hid(path: "/dev/x"))
    let button = "/dev/input/by-path/pci-0000:00:14.0-usb-0:3.3:1.0-event-kbd"
    #expect(try PortAddress(button, settings: nil) == .input(path: button))
  }

  @Test(arguments: [
    "tcp:", "tcp:2575", "tcp:192.168.7.1", "tcp:192.168.7.1:", "tcp:192.168.7.1:0",
    "tcp:192.168.7.1:65536", "tcp:192.168.7.1:+80", "tcp:192.168.7.300:80", "tcp:monitor:80",
    "tcp:::1:80", "tcp:[::1]", "tcp:[127.0.0.1]:80", "tcp: 127.0.0.1:80",
  ])
  func `what is no socket address is refused, with an example`(_ text: String) {
    let error = #expect(throws: LineError.self) { try PortAddress(text, settings: nil) }
    #expect(
      error?.description
        == "port \(text): wants tcp:ADDRESS:PORT in digits, such as tcp:192.168.7.1:2575")
  }

  @Test(arguments: [
    "usb:", "usb:1", "usb:1-", "usb:-1", "usb:0-1", "usb:1-0", "usb:1-1.", "usb:1-1..2",
    "usb:1-1.256", "usb:1-1.2.3.4.5.6.7.8", "usb:1-1:1.0", "usb:+1-1", "usb:0424:abcd",
  ])
  func `what is no place on the bus is refused, with an example`(_ text: String) {
    let error = #expect(throws: LineError.self) { try PortAddress(text, settings: nil) }
    #expect(
      error?.description
        == "port \(text): wants usb:BUS-PORT as in /sys/bus/usb/devices, such as usb:1-4.2")
  }

  @Test(arguments: ["", "ttyUSB0", "dev/ttyUSB0", "udp:1.2.3.4:80", "COM1", "0403:6001"])
  func `anything else is refused`(_ text: String) {
    let error = #expect(throws: LineError.self) { try PortAddress(text, settings: nil) }
    #expect(
      error?.description
        == "port \(text): is neither a path from / on, nor tcp:ADDRESS:PORT, nor usb:BUS-PORT")
  }
}
