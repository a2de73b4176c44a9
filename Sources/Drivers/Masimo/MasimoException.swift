import Vitals

/// What the bits of `EXC` and `ALARM` mean for the numbers beside them.
///
/// Numbers are usable when `EXC` has none of 1, 2, 8, 20, 40, 80, 1000, 10000 and 20000
/// (`protocols.md` 1.5); with interference (10) we do not judge them either.
enum MasimoException {
  /// Bits of `EXC`, the usual one for a status first.
  ///
  /// Not here, because they say nothing about the numbers: 800, SET is active (normal); 2000 and
  /// 40000, cable or sensor is near its end; 200000 and 400000, of SpCO and SpMet.
  private static let meanings: [(bit: UInt32, status: SignalStatus)] = [
    (0x000001, .sensorDisconnected),  // no sensor
    (0x000002, .malfunction),  // defective sensor
    (0x000004, .lowPerfusion),
    (0x000008, .searching),  // pulse search
    (0x000010, .artifact),  // interference
    (0x000020, .sensorOff),
    (0x000040, .poorSignal),  // too much light
    (0x000080, .malfunction),  // unrecognised sensor
    (0x000400, .lowConfidence),  // low signal IQ
    (0x000100, .lowConfidence),  // incompatible sensor
    (0x001000, .sensorDisconnected),  // no cable
    (0x004000, .lowConfidence),  // incompatible cable
    (0x008000, .lowConfidence),  // unrecognised cable
    (0x010000, .malfunction),  // defective cable
    (0x020000, .searching),  // sensor is calibrating
    (0x080000, .lowConfidence),  // temperature of the emitter
    (0x100000, .lowConfidence),  // current limit
  ]

  /// SET is active: there whenever all is well.
  private static let setActive: UInt32 = 0x800
  private static let lowBattery: UInt32 = 0x40

  /// Every mark a line can carry.
  static let reports = meanings.reduce(into: SignalStatus.lowBattery) {
    $0.formUnion($1.status)
  }

  static func status(exceptions: UInt32, alarm: UInt32) -> SignalStatus {
    var status: SignalStatus = alarm & lowBattery == 0 ? [] : .lowBattery
    for meaning in meanings where exceptions & meaning.bit != 0 {
      status.formUnion(meaning.status)
    }
    return status
  }

  /// `EXC` and `ALARM` of a device in this state.
  static func bits(for status: SignalStatus) -> (exceptions: UInt32, alarm: UInt32) {
    var exceptions = setActive
    var left = status
    if left.remove(.nonPulsatile) != nil { left.insert(.searching) }
    for meaning in meanings where left.contains(meaning.status) {
      exceptions |= meaning.bit
      left.subtract(meaning.status)
    }
    return (exceptions, status.contains(.lowBattery) ? lowBattery : 0)
  }
}
