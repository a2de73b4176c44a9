/// The objects of an agent that concern us, and how their values are laid out.
///
/// Bounded, whatever counts the agent sends: a configuration with more than that is not supported.
struct PHDCConfiguration {
  private static let mostObjects = 32
  private static let mostScanners = 4

  var objects: [PHDCObject] = []
  var scanners: [PHDCScanner] = []

  init(objects: [PHDCObject]) { self.objects = objects }

  /// Reads the report of a configuration; `nil` when it has nothing for us, or is beyond bounds.
  init?(_ info: PHDCFields, _ bytes: Span<UInt8>) {
    var isGood = true
    let isWhole = Self.walk(info, bytes) { objectClass, handle, attributes in
      guard isGood else { return }
      switch objectClass.flatMap(PHDCObjectClass.init(rawValue:)) {
      case .numeric, .enumeration:
        guard let object = PHDCObject(handle: handle, attributes, bytes) else { return }
        objects.append(object)
      case .episodicScanner, .periodicScanner:
        guard
          let scanner = PHDCScanner(
            handle: handle, isPeriodic: objectClass == PHDCObjectClass.periodicScanner.rawValue,
            attributes, bytes)
        else { return }
        scanners.append(scanner)
      case nil: return
      }
      isGood = objects.count <= Self.mostObjects && scanners.count <= Self.mostScanners
    }
    guard isWhole, isGood, !objects.isEmpty else { return nil }
    keepPlain()
  }

  /// Leaves out what is averaged faster or slower than usual, where the usual number is there.
  private mutating func keepPlain() {
    for kind in PHDCKind.allCases {
      let hasPlain = objects.contains { $0.kind == kind && !$0.isFastOrSlow }
      if hasPlain { objects.removeAll { $0.kind == kind && $0.isFastOrSlow } }
    }
  }

  /// The identity that a report gives itself.
  static func id(_ info: PHDCFields, _ bytes: Span<UInt8>) -> UInt16? {
    var info = info
    return info.u16(bytes)
  }

  /// Walks through a report, object by object; false where lengths and counts do not agree.
  static func walk(
    _ info: PHDCFields, _ bytes: Span<UInt8>,
    visit: (_ objectClass: UInt16?, _ handle: UInt16, _ attributes: PHDCList) -> Void
  ) -> Bool {
    var info = info
    guard info.u16(bytes) != nil, let list = info.list(bytes), info.isAtEnd else { return false }
    return list.read { element in
      guard let objectClass = element.u16(bytes), let handle = element.u16(bytes),
        let attributes = element.list(bytes), attributes.read({ $0.attribute(bytes) != nil })
      else { return false }
      visit(objectClass, handle, attributes)
      return true
    }
  }

  /// The object of an observation with named values, which are those of a compound number or not.
  func object(_ handle: UInt16, isCompound: Bool) -> PHDCObject? {
    objects.first { $0.handle == handle && ($0.kind == .pressure) == isCompound }
  }

  /// The object of a fixed observation, with the map that fits the length of its values.
  ///
  /// First the scanner's own map, then the object's, then the object's with a time stamp behind it
  /// (as 10404's examples send standard configuration 0190).
  func object(
    _ handle: UInt16, in scanner: UInt16, length: Int
  ) -> (object: PHDCObject, map: PHDCValueMap)? {
    let scanned = scanners.first { $0.handle == scanner }?.maps
      .first { $0.handle == handle && $0.map.length == length }
    for object in objects where object.handle == handle {
      if let scanned { return (object, scanned.map) }
      if object.map.length == length { return (object, object.map) }
      let stamped = object.map.stamped
      if stamped.length == length { return (object, stamped) }
    }
    return nil
  }
}
