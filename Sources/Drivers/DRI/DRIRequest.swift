import Vitals

/// What we ask a monitor for: its displayed values, every so often.
public struct DRIRequest: Hashable, Sendable {
  /// Seconds between records; 0 stops them, -1 asks for one.
  public let intervalSeconds: Int16

  /// Creates a request.
  public init(intervalSeconds: Int16) { self.intervalSeconds = intervalSeconds }

  /// Header and body.
  static let length = DRIRecord.headerLength + 9
  private static let displayedValues: UInt8 = 1
  /// The three extended classes beside the basic one, as the requests do that are known to work.
  private static let allClasses: UInt32 = 0x0E

  /// The record, without its frame.
  public var record: [UInt8] {
    var record = DRIRecord.header(length: Self.length, number: 0, time: 0, subrecord: 0)
    record.append(Self.displayedValues)
    record.append(littleEndian: UInt16(bitPattern: intervalSeconds))
    record.append(littleEndian: Self.allClasses)
    record += [0, 0]
    return record
  }

  /// The whole frame on the wire.
  public var encoded: [UInt8] { DRIFrame.encode(record) }

  /// Reads a record, or `nil` when it is no request for displayed values.
  init?(_ record: Span<UInt8>) {
    guard record.count == Self.length, record.littleEndian(at: 14) == 0 as UInt16,
      record[DRIRecord.headerLength] == Self.displayedValues,
      let interval: UInt16 = record.littleEndian(at: DRIRecord.headerLength + 1)
    else { return nil }
    self.init(intervalSeconds: Int16(bitPattern: interval))
  }
}
