import CUSB

/// One bulk transfer with its buffer, used again and again; for one thread.
final class USBTransfer {
  /// Kept so that libusb outlives its transfer.
  private let device: PHDCDevice
  private let transfer: UnsafeMutablePointer<libusb_transfer>
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  /// Submitted, and not yet told how it ended; nothing may be touched meanwhile.
  private(set) var isPending = false

  /// Nil when there is no memory.
  ///
  /// - Parameters:
  ///   - capacity: the most bytes of one transfer.
  ///   - timeout: milliseconds; 0 waits for ever.
  init?(_ device: PHDCDevice, _ endpoint: UInt8, capacity: Int, timeout: UInt32) {
    guard let transfer = libusb_alloc_transfer(0) else { return nil }
    self.device = device
    self.transfer = transfer
    buffer = .allocate(capacity: capacity)
    libusb_fill_bulk_transfer(
      transfer, device.handle, endpoint, buffer.baseAddress, Int32(capacity),
      { transfer in
        guard let transfer, let owner = transfer.pointee.user_data else { return }
        Unmanaged<USBTransfer>.fromOpaque(owner).takeUnretainedValue().isPending = false
      }, nil, timeout)
    transfer.pointee.user_data = Unmanaged.passUnretained(self).toOpaque()
  }

  deinit {
    // A transfer that never ended is the kernel's still: better lost than reused.
    guard !isPending else { return }
    libusb_free_transfer(transfer)
    buffer.deallocate()
  }

  /// Asks the device for at most `capacity` bytes; false when that is impossible.
  func receive() -> Bool { submit(Int32(buffer.count)) }

  /// Sends one whole message of at most `capacity` bytes; false when that is impossible.
  func send(_ message: ArraySlice<UInt8>) -> Bool {
    // Its end must show, even when the last packet is full.
    transfer.pointee.flags = UInt8(LIBUSB_TRANSFER_ADD_ZERO_PACKET.rawValue)
    _ = buffer.update(fromContentsOf: message)
    return submit(Int32(message.count))
  }

  private func submit(_ count: Int32) -> Bool {
    transfer.pointee.length = count
    isPending = libusb_submit_transfer(transfer) == 0
    return isPending
  }

  func cancel() {
    if isPending { _ = libusb_cancel_transfer(transfer) }
  }

  /// What came, or went, when the transfer ended.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<transferred])
  }

  private var transferred: Int { Int(max(0, transfer.pointee.actual_length)) }

  /// Why the transfer failed; nil for one that went well.
  var failure: String? {
    switch transfer.pointee.status {
    case LIBUSB_TRANSFER_COMPLETED:
      transferred <= Int(transfer.pointee.length) ? nil : "USB transfer overrun"
    case LIBUSB_TRANSFER_NO_DEVICE: "unplugged"
    case LIBUSB_TRANSFER_TIMED_OUT: "the device takes no message"
    case LIBUSB_TRANSFER_STALL: "the device refuses the message (stall)"
    case LIBUSB_TRANSFER_OVERFLOW: "the device sends more than a packet holds"
    default: "USB transfer failed"
    }
  }
}
