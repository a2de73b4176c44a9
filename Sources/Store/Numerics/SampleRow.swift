import Vitals

/// One second of one chair as the log keeps it.
struct SampleRow: Hashable {
  /// Milliseconds of the ward's instant.
  let time: Int64
  /// Percent, per minute, hundredths of a percent; ``ColumnText/absent`` for nothing.
  let spo2: Int32
  let pulseRate: Int32
  let perfusion: Int32
  /// `SignalStatus` bits.
  let status: Int32

  /// Whether the numbers may be believed.
  var isValid: Bool {
    SignalStatus(rawValue: UInt16(truncatingIfNeeded: status)).isDisjoint(with: .unusable)
  }
}

extension SampleRow {
  init(_ sample: Batch.Sample) {
    let reading = sample.reading
    self.init(
      time: sample.at.milliseconds, spo2: Self.column(reading?.saturation?.percent),
      pulseRate: Self.column(reading?.pulseRate?.perMinute),
      perfusion: Self.column(reading?.perfusionIndex?.hundredths),
      status: Int32(reading?.status.rawValue ?? 0))
  }

  private static func column(_ value: (some BinaryInteger)?) -> Int32 {
    value.map { Int32(truncatingIfNeeded: $0) } ?? ColumnText.absent
  }

  /// A value of a column; `nil` for nothing.
  static func value(_ column: Int32) -> Int? {
    column == ColumnText.absent ? nil : Int(column)
  }
}
