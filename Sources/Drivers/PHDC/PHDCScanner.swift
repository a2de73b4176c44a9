/// An object that reports others: at intervals, or when they change.
struct PHDCScanner {
  let handle: UInt16
  let isPeriodic: Bool
  /// What it reports of which object, in the order of its grouped reports.
  private(set) var maps: [(handle: UInt16, map: PHDCValueMap)] = []

  private static let mostMaps = 32

  /// Reads a scanner's attributes; `nil` when its map is missing, broken or beyond bounds.
  init?(handle: UInt16, isPeriodic: Bool, _ attributes: PHDCList, _ bytes: Span<UInt8>) {
    self.handle = handle
    self.isPeriodic = isPeriodic
    var isGood = false
    _ = attributes.read { element in
      guard case (let id, var value)? = element.attribute(bytes) else { return false }
      if id == PHDCAttribute.scannedValues.rawValue, let list = value.list(bytes) {
        isGood = list.count <= Self.mostMaps && readMaps(list, bytes)
      }
      return true
    }
    guard isGood else { return nil }
  }

  private mutating func readMaps(_ list: PHDCList, _ bytes: Span<UInt8>) -> Bool {
    list.read { element in
      guard let handle = element.u16(bytes), let map = PHDCValueMap(element.list(bytes), bytes)
      else { return false }
      maps.append((handle, map))
      return true
    }
  }

  /// Bytes of a grouped report.
  var length: Int { maps.reduce(0) { $0 + $1.map.length } }
}
