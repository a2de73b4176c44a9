import Vitals

/// Observations of one moment, of oximetry or of blood pressure, which belong together.
struct PHDCFinding {
  private(set) var values: [PHDCKind: PHDCValue] = [:]
  private(set) var stamp: PHDCStamp?

  /// Adds an observation; false when it is of another moment: it says something again, or bears
  /// another time.
  mutating func add(_ value: PHDCValue) -> Bool {
    guard values[value.kind] == nil else { return false }
    if let stamp, let other = value.stamp, stamp != other { return false }
    values[value.kind] = value
    stamp = stamp ?? value.stamp
    return true
  }

  subscript(_ kind: PHDCKind) -> PHDCValue? { values[kind] }

  var isSpotCheck: Bool { values.values.contains { $0.isSpot } }

  var isOfCuff: Bool { values.keys.contains { $0.isOfCuff } }

  var isEmpty: Bool { values.isEmpty }

  /// What the numbers' own status says of them.
  var oximetryStatus: SignalStatus {
    [self[.saturation], self[.pulseRate]].reduce([]) { $0.union($1?.status ?? []) }
  }

  var saturation: Saturation? {
    self[.saturation]?.whole.flatMap(Saturation.init(percent:))
  }

  var pulseRate: PulseRate? {
    self[.pulseRate]?.whole.flatMap(PulseRate.init(perMinute:))
  }

  /// What the cuff found; `nil` without an observation of pressure.
  ///
  /// A status other than 0 is the manufacturer's own. Whatever it means, the pressures are not
  /// trusted with it.
  var determination: Determination? {
    guard let value = self[.pressure] else { return nil }
    if let status = self[.cuffStatus], status.whole != 0 { return .failed(.implausible) }
    let rate = self[.cuffPulseRate]?.whole.flatMap(PulseRate.init(perMinute:))
    return value.pressure(pulseRate: rate).map(Determination.result) ?? .failed(.implausible)
  }
}
