import Glibc
import Testing

@testable import Lines

@Suite struct LineErrorTests {
  @Test(arguments: [
    (
      LineError(.open, "/dev/ttyUSB0", code: EACCES),
      "open /dev/ttyUSB0: Permission denied (EACCES); add the service user to group dialout"
    ),
    (
      LineError(.open, "/dev/hidraw3", code: EACCES),
      "open /dev/hidraw3: Permission denied (EACCES); add the service user to group plugdev"
    ),
    (
      LineError(.open, "/dev/input/event3", code: EACCES),
      "open /dev/input/event3: Permission denied (EACCES); add the service user to group input"
    ),
    (
      LineError(.open, "/dev/ttyUSB0", code: EBUSY),
      "open /dev/ttyUSB0: Device or resource busy (EBUSY); "
        + "stop the other program (ModemManager, gpsd, brltty?)"
    ),
    (
      LineError(
        .configure, "/dev/ttyUSB0", code: EINVAL, detail: "921600 8N1 refused by the adapter"),
      "configure /dev/ttyUSB0: 921600 8N1 refused by the adapter (EINVAL); "
        + "use an adapter that offers these line settings"
    ),
    (
      LineError(.read, "/dev/ttyS0", code: ENOMEM),
      "read /dev/ttyS0: Cannot allocate memory (ENOMEM)"
    ),
    (LineError(.read, "x", code: 4095), "read x: Unknown error 4095 (errno 4095)"),
  ])
  func `an error says what, why and what to do`(_ error: LineError, _ text: String) {
    #expect(error.description == text)
  }

  @Test(arguments: [
    (
      "/dev/no-such-line",
      "open /dev/no-such-line: No such file or directory (ENOENT); "
        + "plug the device in, or correct the port in the configuration"
    ),
    ("/dev", "open /dev: Is a directory (EISDIR); name a device node"),
    (
      "/dev/null",
      "lock /dev/null: Inappropriate ioctl for device (ENOTTY); name a serial line"
    ),
  ])
  func `what is no serial line is refused`(_ path: String, _ text: String) {
    let error = #expect(throws: LineError.self) { try Line.serial(path, LineSettings("9600 8N1")) }
    #expect(error?.description == text)
  }
}
