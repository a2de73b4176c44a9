import CUSB
import Glibc

/// A claimed healthcare interface (USB class 0f), for one thread; lets go of it at the end.
///
/// No kernel driver binds to this class. Of its descriptors only the two bulk endpoints matter;
/// the interrupt endpoint and the metadata preamble are left alone.
final class PHDCDevice {
  /// Where the messages pass.
  struct Endpoints {
    let interface: Int32
    let input: UInt8
    /// Bytes of one packet of ``input``.
    let packet: Int
    let output: UInt8
  }

  private static let healthcare: UInt8 = 0x0F

  let context: OpaquePointer
  let handle: OpaquePointer
  let endpoints: Endpoints

  init(_ port: USBPort) throws(LineError) {
    var context: OpaquePointer?
    try Self.check(libusb_init(&context), .open, port)
    guard let context else { throw LineError(.open, "usb:\(port)", code: ENOMEM) }
    do throws(LineError) {
      (handle, endpoints) = try Self.claim(port, context)
    } catch {
      libusb_exit(context)
      throw error
    }
    self.context = context
  }

  deinit {
    libusb_release_interface(handle, endpoints.interface)
    libusb_close(handle)
    libusb_exit(context)
  }

  private static func claim(
    _ port: USBPort, _ context: OpaquePointer
  ) throws(LineError) -> (OpaquePointer, Endpoints) {
    guard let device = device(at: port, context) else {
      throw LineError(.open, "usb:\(port)", code: ENOENT)
    }
    defer { libusb_unref_device(device) }
    guard let endpoints = endpoints(of: device) else {
      throw LineError(.claim, "usb:\(port)", code: ENOTSUP, detail: "no healthcare interface")
    }
    var handle: OpaquePointer?
    try check(libusb_open(device, &handle), .open, port)
    guard let handle else { throw LineError(.open, "usb:\(port)", code: ENOMEM) }
    do throws(LineError) {
      try check(libusb_claim_interface(handle, endpoints.interface), .claim, port)
    } catch {
      libusb_close(handle)
      throw error
    }
    // Whoever was here before may have left in the middle of a message.
    libusb_clear_halt(handle, endpoints.input)
    libusb_clear_halt(handle, endpoints.output)
    return (handle, endpoints)
  }

  /// The device at a place, referenced.
  private static func device(at port: USBPort, _ context: OpaquePointer) -> OpaquePointer? {
    var list: UnsafeMutablePointer<OpaquePointer?>?
    let count = libusb_get_device_list(context, &list)
    guard let list else { return nil }
    defer { libusb_free_device_list(list, 1) }
    for device in UnsafeBufferPointer(start: list, count: max(0, count)) {
      guard let device, libusb_get_bus_number(device) == port.bus else { continue }
      let ports = [UInt8](unsafeUninitializedCapacity: 8) { room, count in
        count = Int(max(0, libusb_get_port_numbers(device, room.baseAddress, 8)))
      }
      if ports == port.ports { return libusb_ref_device(device) }
    }
    return nil
  }

  private static func endpoints(of device: OpaquePointer) -> Endpoints? {
    var configuration: UnsafeMutablePointer<libusb_config_descriptor>?
    guard libusb_get_active_config_descriptor(device, &configuration) == 0, let configuration
    else { return nil }
    defer { libusb_free_config_descriptor(configuration) }
    let interfaces = UnsafeBufferPointer(
      start: configuration.pointee.interface, count: Int(configuration.pointee.bNumInterfaces))
    return interfaces.lazy.compactMap { interface in
      // The others would have to be asked for; no device is known that has them.
      interface.altsetting.flatMap { endpoints(of: $0.pointee) }
    }.first
  }

  private static func endpoints(of interface: libusb_interface_descriptor) -> Endpoints? {
    guard interface.bInterfaceClass == healthcare else { return nil }
    let bulk = UnsafeBufferPointer(
      start: interface.endpoint, count: Int(interface.bNumEndpoints)
    ).filter { $0.bmAttributes & 0x03 == UInt8(LIBUSB_TRANSFER_TYPE_BULK.rawValue) }
    guard let input = bulk.first(where: { $0.bEndpointAddress & 0x80 != 0 }),
      let output = bulk.first(where: { $0.bEndpointAddress & 0x80 == 0 })
    else { return nil }
    return Endpoints(
      interface: Int32(interface.bInterfaceNumber), input: input.bEndpointAddress,
      packet: Int(input.wMaxPacketSize & 0x07FF), output: output.bEndpointAddress)
  }

  private static func check(
    _ code: Int32, _ operation: LineError.Operation, _ port: USBPort
  ) throws(LineError) {
    guard code != 0 else { return }
    throw LineError(
      operation, "usb:\(port)", code: numbers[code] ?? EIO,
      detail: String(cString: libusb_strerror(code)))
  }

  /// The system's numbers of libusb's errors, so that one table of remedies serves all.
  private static let numbers: [Int32: Int32] = [
    LIBUSB_ERROR_ACCESS.rawValue: EACCES, LIBUSB_ERROR_NO_DEVICE.rawValue: ENODEV,
    LIBUSB_ERROR_NOT_FOUND.rawValue: ENOENT, LIBUSB_ERROR_BUSY.rawValue: EBUSY,
    LIBUSB_ERROR_NO_MEM.rawValue: ENOMEM, LIBUSB_ERROR_NOT_SUPPORTED.rawValue: ENOTSUP,
  ]
}
