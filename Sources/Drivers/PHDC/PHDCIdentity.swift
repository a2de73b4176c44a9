import Vitals

/// What an agent says about itself when asked (the attributes of its MDS object).
struct PHDCIdentity {
  private(set) var device = DeviceIdentity()
  private(set) var clock: DeviceTime?

  private static let longestText = 40

  /// Reads the body of the answer.
  init?(_ body: PHDCFields, _ bytes: Span<UInt8>) {
    var body = body
    guard body.u16(bytes) == 0, let attributes = body.list(bytes) else { return nil }
    var systemID: String?
    let isWhole = attributes.read { element in
      guard case (let id, var value)? = element.attribute(bytes) else { return false }
      switch PHDCAttribute(rawValue: id) {
      case .systemModel: device.model = Self.model(value, bytes)
      case .systemID: systemID = value.octets(bytes).map { Self.hexadecimal($0, bytes) }
      case .productionSpecification: readSpecification(value.list(bytes), bytes)
      case .dateAndTime: clock = PHDCStamp(value, bytes).time
      default: break
      }
      return true
    }
    guard isWhole else { return nil }
    device.serial = device.serial ?? systemID
  }

  /// Manufacturer and model.
  private static func model(_ value: PHDCFields, _ bytes: Span<UInt8>) -> String? {
    var value = value
    guard let manufacturer = value.octets(bytes), let model = value.octets(bytes) else {
      return nil
    }
    let words = [text(manufacturer, bytes), text(model, bytes)].filter { !$0.isEmpty }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private mutating func readSpecification(_ list: PHDCList?, _ bytes: Span<UInt8>) {
    _ = list?.read { element in
      guard let kind = element.u16(bytes), element.u16(bytes) != nil,
        let value = element.octets(bytes)
      else { return false }
      let text = Self.text(value, bytes)
      switch (kind, text.isEmpty) {
      case (1, false): device.serial = text
      case (5, false): device.firmware = text
      default: break
      }
      return true
    }
  }

  /// The printable part of a text, up to a length that tables can show.
  private static func text(_ value: PHDCFields, _ bytes: Span<UInt8>) -> String {
    var value = value
    var text = ""
    while let byte = value.u8(bytes), byte != 0, text.utf8.count < longestText {
      if (0x20...0x7E).contains(byte) { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    }
    while text.last == " " { text.removeLast() }
    return text
  }

  private static func hexadecimal(_ value: PHDCFields, _ bytes: Span<UInt8>) -> String {
    var value = value
    var text = ""
    while let byte = value.u8(bytes), text.utf8.count < longestText {
      text += (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
    return text
  }
}
