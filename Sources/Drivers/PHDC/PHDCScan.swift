/// One object's part of a scan report.
enum PHDCObservation {
  /// Values without names, in the order of a value map.
  case fixed(handle: UInt16, PHDCFields)
  /// Attributes with their names.
  case variable(handle: UInt16, PHDCList)
  /// Values of all of a scanner's objects, in the order of the scanner's map.
  case grouped(PHDCFields)
}

/// How a scan report is laid out; its event type says so.
struct PHDCScanForm {
  enum Layout { case fixed, variable, grouped }

  let layout: Layout
  /// Observations come in groups, each with the number of a person.
  let isMultiPerson: Bool
  /// A scanner sends it: an object that reports others while the manager has it switched on.
  let isFromScanner: Bool

  init?(eventType: UInt16) {
    switch eventType {
    case 0x0D1D: self.init(.fixed)
    case 0x0D1E: self.init(.variable)
    case 0x0D1F: self.init(.fixed, isMultiPerson: true)
    case 0x0D20: self.init(.variable, isMultiPerson: true)
    case 0x0D22, 0x0D28: self.init(.variable, isFromScanner: true)
    case 0x0D23, 0x0D29: self.init(.fixed, isFromScanner: true)
    case 0x0D24, 0x0D2A: self.init(.grouped, isFromScanner: true)
    case 0x0D25, 0x0D2B: self.init(.variable, isMultiPerson: true, isFromScanner: true)
    case 0x0D26, 0x0D2C: self.init(.fixed, isMultiPerson: true, isFromScanner: true)
    case 0x0D27, 0x0D2D: self.init(.grouped, isMultiPerson: true, isFromScanner: true)
    default: return nil
    }
  }

  private init(_ layout: Layout, isMultiPerson: Bool = false, isFromScanner: Bool = false) {
    self.layout = layout
    self.isMultiPerson = isMultiPerson
    self.isFromScanner = isFromScanner
  }

  /// Walks through a report; false where its lengths and counts do not agree.
  ///
  /// What it visited until then may be nonsense, so walk once for the answer and once to read.
  func walk(
    _ info: PHDCFields, _ bytes: Span<UInt8>, visit: (PHDCObservation) -> Void
  ) -> Bool {
    var info = info
    // Who asked for it, and its number.
    guard info.part(4) != nil, let list = info.list(bytes), info.isAtEnd else { return false }
    return list.read { element in
      guard isMultiPerson else { return observation(&element, bytes, visit) }
      guard element.u16(bytes) != nil else { return false }
      if layout == .grouped { return observation(&element, bytes, visit) }
      guard let person = element.list(bytes) else { return false }
      return person.read { observation(&$0, bytes, visit) }
    }
  }

  private func observation(
    _ element: inout PHDCFields, _ bytes: Span<UInt8>, _ visit: (PHDCObservation) -> Void
  ) -> Bool {
    if layout == .grouped {
      guard let values = element.octets(bytes) else { return false }
      visit(.grouped(values))
      return true
    }
    guard let handle = element.u16(bytes) else { return false }
    if layout == .fixed {
      guard let values = element.octets(bytes) else { return false }
      visit(.fixed(handle: handle, values))
      return true
    }
    guard let attributes = element.list(bytes),
      attributes.read({ $0.attribute(bytes) != nil })
    else { return false }
    visit(.variable(handle: handle, attributes))
    return true
  }
}
