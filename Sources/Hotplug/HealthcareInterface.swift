import Glibc

/// Whether a USB device has an interface of the personal healthcare class (PHDC).
enum HealthcareInterface {
  /// The class's number.
  private static let code: UInt8 = 0x0F
  /// A descriptor's type: interface.
  private static let interface: UInt8 = 0x04

  /// `interfaces` is udev's `ID_USB_INTERFACES`, such as `:0f0000:030000:`; without it the kernel's
  /// copy of the descriptors is read.
  static func isPresent(syspath: String, interfaces: String?) -> Bool {
    if let interfaces { return interfaces.lowercased().contains(":0f") }
    return isPresent(in: descriptors(syspath))
  }

  /// Looks through descriptors as the device gave them: each its length, its type, its content.
  static func isPresent(in descriptors: [UInt8]) -> Bool {
    var rest = descriptors[...]
    while let length = rest.first, length >= 2, rest.count >= Int(length) {
      let one = Array(rest.prefix(Int(length)))
      if one.count > 5, one[1] == interface, one[5] == code { return true }
      rest = rest.dropFirst(Int(length))
    }
    return false
  }

  private static func descriptors(_ syspath: String) -> [UInt8] {
    let file = open("\(syspath)/descriptors", O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return [] }
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: 4096) { room, count in
      count = max(0, read(file, room.baseAddress, room.count))
    }
  }
}
