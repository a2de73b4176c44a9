public import Vitals

/// One second of one chair as the log keeps it.
public struct StoredSample: Hashable, Sendable {
  /// Milliseconds of the ward's instant.
  let time: Int64
  // Columns, where ``ColumnText/absent`` stands for nothing: a day of them must fit a cache.
  let spo2Column: Int32
  let pulseRateColumn: Int32
  let perfusionColumn: Int32
  let statusColumn: Int32

  public var at: Instant { .milliseconds(time) }
  /// Percent.
  public var spo2: Int? { Self.value(spo2Column) }
  /// Per minute.
  public var pulseRate: Int? { Self.value(pulseRateColumn) }
  /// Perfusion index in hundredths of a percent.
  public var perfusion: Int? { Self.value(perfusionColumn) }
  /// What the device said of its signal.
  public var status: SignalStatus {
    SignalStatus(rawValue: UInt16(truncatingIfNeeded: statusColumn))
  }

  /// Whether the numbers may be believed.
  public var isValid: Bool { status.isDisjoint(with: .unusable) }

  private static func value(_ column: Int32) -> Int? {
    column == ColumnText.absent ? nil : Int(column)
  }
}

extension StoredSample {
  init(_ sample: Batch.Sample) {
    let reading = sample.reading
    self.init(
      time: sample.at.milliseconds, spo2Column: Self.column(reading?.saturation?.percent),
      pulseRateColumn: Self.column(reading?.pulseRate?.perMinute),
      perfusionColumn: Self.column(reading?.perfusionIndex?.hundredths),
      statusColumn: Int32(reading?.status.rawValue ?? 0))
  }

  private static func column(_ value: (some BinaryInteger)?) -> Int32 {
    value.map { Int32(truncatingIfNeeded: $0) } ?? ColumnText.absent
  }
}
