import Glibc
import Synchronization

/// A USB healthcare device: what the kernel's usbfs would do for one that is plugged in.
///
/// Unchecked: the addresses of transfers are only followed with the lock held.
final class PHDCEmulation: @unchecked Sendable {
  private struct State {
    /// Transfers that wait for something from the device.
    var reading: [UnsafeMutableRawPointer] = []
    /// Transfers that are over and not fetched yet.
    var done: [UnsafeMutableRawPointer] = []
    var fromDevice: [[UInt8]] = []
    var toDevice: [Message] = []
    var isGone = false
    var isClaimed = false
    var refusal: Int32 = 0
  }
  struct Message: Equatable {
    let bytes: [UInt8]
    /// Whether its end would show even with the last packet full.
    let endsClearly: Bool
  }

  private let state = Mutex(State())

  /// Plugs it into a socket of bus 1; the kernel counts every plugging.
  init(port: Int, number: Int, interfaceClass: String = "0F", in bed: Testbed) throws {
    try bed.add(Self.description(port, number, interfaceClass))
    try IoctlServer.attach(to: "/dev/bus/usb/001/00\(number)", in: bed) { self.answer($0) }
  }

  /// Says `packets`, one a transfer.
  func say(_ packets: [UInt8]...) { state.withLock { $0.fromDevice += packets } }

  /// What it was told so far.
  var heard: [Message] { state.withLock { $0.toDevice } }
  var isClaimed: Bool { state.withLock { $0.isClaimed } }

  /// Pulls it while transfers are under way.
  func vanish() { state.withLock { $0.isGone = true } }

  /// Lets claiming fail, as when another program was first.
  func refuseClaims(with error: Int32) { state.withLock { $0.refusal = error } }

  private func answer(_ request: IoctlServer.Request) -> Int32 {
    guard request.family == "U" else { return ENOTTY }
    let (number, bits) = (request.number, UInt(bitPattern: request.address))
    return state.withLock { state in
      guard let address = UnsafeMutableRawPointer(bitPattern: bits) else { return 0 }
      switch number {
      case 26:  // GET_CAPABILITIES: zero packets, no limit of size
        address.storeBytes(of: 0x05, as: UInt32.self)
      case 15:  // CLAIMINTERFACE
        guard state.refusal == 0 else { return state.refusal }
        state.isClaimed = true
      case 16:  // RELEASEINTERFACE
        state.isClaimed = false
      case 10: return submit(address, &state)
      case 11: discard(address, &state)
      case 12, 13: return reap(address, &state)
      default: break
      }
      return 0
    }
  }

  /// Offsets in `struct usbdevfs_urb`.
  private enum Field {
    static let endpoint = 1
    static let status = 4
    static let flags = 8
    static let buffer = 16
    static let length = 24
    static let actual = 28
  }

  private func submit(_ urb: UnsafeMutableRawPointer, _ state: inout State) -> Int32 {
    guard !state.isGone else { return ENODEV }
    if urb.load(fromByteOffset: Field.endpoint, as: UInt8.self) & 0x80 != 0 {
      state.reading.append(urb)
      return 0
    }
    let length = urb.load(fromByteOffset: Field.length, as: Int32.self)
    let buffer = urb.load(fromByteOffset: Field.buffer, as: UnsafeRawPointer.self)
    let flags = urb.load(fromByteOffset: Field.flags, as: UInt32.self)
    let bytes = Array(UnsafeRawBufferPointer(start: buffer, count: Int(length)))
    state.toDevice.append(Message(bytes: bytes, endsClearly: flags & 0x40 != 0))
    finish(urb, 0, count: length, &state)
    return 0
  }

  private func discard(_ urb: UnsafeMutableRawPointer, _ state: inout State) {
    guard let index = state.reading.firstIndex(of: urb) else { return }
    state.reading.remove(at: index)
    finish(urb, -ENOENT, count: 0, &state)
  }

  private func reap(_ address: UnsafeMutableRawPointer, _ state: inout State) -> Int32 {
    while !state.reading.isEmpty, state.isGone || !state.fromDevice.isEmpty {
      let urb = state.reading.removeFirst()
      guard !state.isGone else {
        finish(urb, -ESHUTDOWN, count: 0, &state)
        continue
      }
      let bytes = state.fromDevice.removeFirst()
      let buffer = urb.load(fromByteOffset: Field.buffer, as: UnsafeMutableRawPointer.self)
      let length = Int(urb.load(fromByteOffset: Field.length, as: Int32.self))
      precondition(bytes.count <= length, "babble")
      buffer.copyMemory(from: bytes, byteCount: bytes.count)
      finish(urb, 0, count: Int32(bytes.count), &state)
    }
    guard !state.done.isEmpty else { return state.isGone ? ENODEV : EAGAIN }
    address.storeBytes(of: state.done.removeFirst(), as: UnsafeMutableRawPointer.self)
    return 0
  }

  private func finish(
    _ urb: UnsafeMutableRawPointer, _ status: Int32, count: Int32, _ state: inout State
  ) {
    urb.storeBytes(of: status, toByteOffset: Field.status, as: Int32.self)
    urb.storeBytes(of: count, toByteOffset: Field.actual, as: Int32.self)
    state.done.append(urb)
  }

  /// What the bed needs: device, configuration, one interface, two bulk endpoints of 64 bytes.
  static func description(
    _ port: Int, _ number: Int, _ interfaceClass: String = "0F"
  ) -> String {
    """
    P: /devices/pci0000:00/0000:00:14.0/usb1/1-\(port)
    N: bus/usb/001/00\(number)
    E: DEVNAME=/dev/bus/usb/001/00\(number)
    E: DEVTYPE=usb_device
    E: SUBSYSTEM=usb
    E: BUSNUM=001
    E: DEVNUM=00\(number)
    A: busnum=1\\n
    A: devnum=\(number)\\n
    A: idVendor=0424\\n
    A: idProduct=abcd\\n
    A: speed=480\\n
    A: bConfigurationValue=1\\n
    A: dev=189:\(number - 1)
    H: descriptors=\(descriptors(interfaceClass))

    """
  }

  private static func descriptors(_ interfaceClass: String) -> String {
    "12010002000000402404CDAB000100000001" + "090220000101008032"
      + "0904000002\(interfaceClass)000000" + "07058102400000" + "07050202400000"
  }
}
