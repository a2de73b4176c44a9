public import Vitals

/// One second out of the memory of a Contec.
public struct ContecV7Second: Hashable, Sendable {
  /// Percent; 0 and 127 are "no value".
  public let saturation: UInt8
  /// Beats per minute; 0 and 255 are "no value".
  public let pulseRate: UInt8
  /// Hundredths of a percent; `nil` from a device that stores none.
  public let perfusion: UInt16?

  /// Creates a second from what the memory holds.
  public init(saturation: UInt8, pulseRate: UInt8, perfusion: UInt16? = nil) {
    self.saturation = saturation
    self.pulseRate = pulseRate
    self.perfusion = perfusion
  }

  /// Bytes of memory that a second takes.
  var storedBytes: Int { perfusion == nil ? 2 : 4 }

  /// What the second says; with either number missing there was no finger.
  public var reading: OximeterReading {
    guard let percent = Saturation(percent: Int(saturation)), pulseRate != 255,
      let rate = PulseRate(perMinute: Int(pulseRate))
    else { return OximeterReading(status: .sensorOff) }
    return OximeterReading(
      saturation: percent, pulseRate: rate,
      perfusionIndex: perfusion.flatMap { PerfusionIndex(hundredths: Int($0)) })
  }
}
