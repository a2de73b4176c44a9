import Vitals

/// What an agent's bits say of the numbers beside them.
enum PHDCStatus {
  /// The measurement status, attribute 0947 (`protocols.md` 1.8).
  ///
  /// Invalid, not available, calibrating, test and demo: no number. "Ongoing" means that the number
  /// is of the measurement before; "early", that it is an estimate.
  static let ofMeasurement: [(bit: UInt16, status: SignalStatus)] = [
    (0x8000, .poorSignal), (0x4000, .lowConfidence), (0x2000, .poorSignal), (0x1000, .searching),
    (0x0800, .demonstration), (0x0400, .demonstration), (0x0040, .lowConfidence),
    (0x0020, .lowConfidence),
  ]
  private static let withoutNumber: UInt16 = 0xBC00
  private static let ongoing: UInt16 = 0x0020

  /// The status of an oximeter and its sensor, object 4C4C: the bits of 10404.
  ///
  /// The last is "extended display update": the device goes on showing a number that it cannot
  /// renew.
  static let ofOximeter: [(bit: UInt16, status: SignalStatus)] = [
    (0x8000, .sensorDisconnected), (0x4000, .malfunction), (0x2000, .sensorOff),
    (0x1000, .malfunction), (0x0800, .sensorOff), (0x0400, .artifact), (0x0200, .searching),
    (0x0100, .artifact), (0x0080, .nonPulsatile), (0x0040, .poorSignal), (0x0020, .lowPerfusion),
    (0x0010, .poorSignal), (0x0008, .poorSignal), (0x0004, .poorSignal), (0x0002, .malfunction),
    (0x0001, .poorSignal),
  ]

  /// Every mark that can come of it.
  static let reports: SignalStatus = [
    .sensorOff, .sensorDisconnected, .malfunction, .searching, .nonPulsatile, .artifact,
    .poorSignal, .lowPerfusion, .demonstration, .lowConfidence,
  ]

  static func marks(
    _ bits: UInt16, _ table: [(bit: UInt16, status: SignalStatus)]
  ) -> SignalStatus {
    table.reduce(into: []) { if bits & $1.bit != 0 { $0.formUnion($1.status) } }
  }

  /// The bits by which an agent says so, one a mark.
  static func bits(
    _ status: SignalStatus, _ table: [(bit: UInt16, status: SignalStatus)]
  ) -> UInt16 {
    var (bits, said) = (UInt16(0), SignalStatus())
    for (bit, mark) in table where status.contains(mark) && !said.contains(mark) {
      bits |= bit
      said.formUnion(mark)
    }
    return bits
  }

  /// Whether a measurement with this status has a number at all.
  static func hasNumber(_ bits: UInt16) -> Bool { bits & withoutNumber == 0 }

  /// Whether a single measurement with this status is done; what it shows until then is older.
  static func isDone(_ bits: UInt16) -> Bool { hasNumber(bits) && bits & ongoing == 0 }
}
