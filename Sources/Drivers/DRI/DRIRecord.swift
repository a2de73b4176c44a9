import Vitals

/// What concerns us of a record of physiological data (`protocols.md` 3.2).
public struct DRIRecord: Hashable, Sendable {
  /// When the monitor took the numbers, in seconds of Unix time by its own clock.
  public var time: UInt32
  /// The SpO2 group.
  public var oximetry: Oximetry
  /// The NIBP group.
  public var pressure: Pressure
  /// Breaths per minute by the electrodes of the ECG, and by the gas that is breathed out.
  public var impedance = Breathing(), gas = Breathing()

  static let headerLength = 40
  /// All groups of the basic class.
  private static let basicLength = 270

  /// A group's header: whether there is a module, and whether it measures.
  public struct Status: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32
    /// Creates a status from the bits on the wire.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The module is there.
    public static let exists = Status(rawValue: 1 << 0)
    /// It is at work.
    public static let active = Status(rawValue: 1 << 1)
    /// Both: without either there is no number.
    public static let measures: Status = [.exists, .active]
  }

  /// The SpO2 group.
  public struct Oximetry: Hashable, Sendable {
    /// The module.
    public var status: Status = []
    /// Hundredths of a percent.
    public var saturation: Int16 = DRIRecord.noData
    /// Beats per minute.
    public var pulseRate: Int16 = DRIRecord.noData

    static let offset = 118

    /// Creates a group without values.
    public init() {}
  }

  /// The NIBP group.
  public struct Pressure: Hashable, Sendable {
    /// The module.
    public var status: Status = []
    /// Hundredths of a mmHg.
    public var systolic: Int16 = DRIRecord.noData
    /// Hundredths of a mmHg.
    public var diastolic: Int16 = DRIRecord.noData
    /// Hundredths of a mmHg.
    public var mean: Int16 = DRIRecord.noData
    /// Beats per minute.
    public var pulseRate: Int16 = DRIRecord.noData

    static let offset = 72

    /// Creates a group without values.
    public init() {}
  }

  /// The part of the ECG group, or of the CO2 group, that is about breathing.
  public struct Breathing: Hashable, Sendable {
    /// The module.
    public var status: Status = []
    /// Breaths per minute.
    public var rate: Int16 = DRIRecord.noData

    /// Where a group begins, and where in it the rate stands.
    static let impedance = (offset: 0, rate: 14), gas = (offset: 132, rate: 10)

    /// Creates a group without values.
    public init() {}
  }

  /// "There is no valid data"; all from -32001 down have meanings of that kind.
  public static let noData: Int16 = -32767

  /// Creates a record without values.
  public init(time: UInt32 = 0) {
    (self.time, oximetry, pressure) = (time, Oximetry(), Pressure())
  }

  /// Reads a record with a good checksum; `nil` for one that has no basic group of current values.
  public init?(_ record: Span<UInt8>) {
    guard record.littleEndian(at: 14) == 0 as UInt16,
      let start = Self.currentValues(of: record), let time: UInt32 = record.littleEndian(at: start)
    else { return nil }
    let basic = start + 4
    func word(_ offset: Int) -> Int16 {
      record.littleEndian(at: basic + offset).map { Int16(bitPattern: $0) } ?? Self.noData
    }
    func status(_ offset: Int) -> Status {
      record.littleEndian(at: basic + offset).map(Status.init) ?? []
    }
    self.init(time: time)
    oximetry.status = status(Oximetry.offset)
    oximetry.saturation = word(Oximetry.offset + 6)
    oximetry.pulseRate = word(Oximetry.offset + 8)
    pressure.status = status(Pressure.offset)
    pressure.systolic = word(Pressure.offset + 6)
    pressure.diastolic = word(Pressure.offset + 8)
    pressure.mean = word(Pressure.offset + 10)
    pressure.pulseRate = word(Pressure.offset + 12)
    func breathing(_ place: (offset: Int, rate: Int)) -> Breathing {
      var breathing = Breathing()
      breathing.status = status(place.offset)
      breathing.rate = word(place.offset + place.rate)
      return breathing
    }
    impedance = breathing(Breathing.impedance)
    gas = breathing(Breathing.gas)
  }

  /// Where the first subrecord of displayed values begins, if all of its basic group is there.
  ///
  /// Further ones hold groups of other classes, and other types hold trends.
  private static func currentValues(of record: Span<UInt8>) -> Int? {
    for index in 0..<8 {
      let description = 16 + 3 * index
      guard let offset: UInt16 = record.littleEndian(at: description),
        record.count > description + 2
      else { return nil }
      switch record[description + 2] {
      case 0xFF: return nil
      case 0, 1:
        let start = headerLength + Int(offset)
        return offset <= Int16.max && start + 4 + basicLength <= record.count ? start : nil
      default: break
      }
    }
    return nil
  }

  /// The record on the wire, with its header, as number `number` of its row.
  public func encoded(number: UInt8) -> [UInt8] {
    var basic = [UInt8](repeating: 0, count: Self.basicLength)
    func put(_ word: Int16, _ offset: Int) {
      let bits = UInt16(bitPattern: word)
      basic[offset] = UInt8(truncatingIfNeeded: bits)
      basic[offset + 1] = UInt8(truncatingIfNeeded: bits >> 8)
    }
    func put(_ status: Status, _ offset: Int) {
      put(Int16(truncatingIfNeeded: status.rawValue), offset)
      put(Int16(truncatingIfNeeded: status.rawValue >> 16), offset + 2)
    }
    put(oximetry.status, Oximetry.offset)
    put(oximetry.saturation, Oximetry.offset + 6)
    put(oximetry.pulseRate, Oximetry.offset + 8)
    put(pressure.status, Pressure.offset)
    put(pressure.systolic, Pressure.offset + 6)
    put(pressure.diastolic, Pressure.offset + 8)
    put(pressure.mean, Pressure.offset + 10)
    put(pressure.pulseRate, Pressure.offset + 12)
    for (breathing, place) in [(impedance, Breathing.impedance), (gas, Breathing.gas)] {
      put(breathing.status, place.offset)
      put(breathing.rate, place.offset + place.rate)
    }
    var data: [UInt8] = []
    data.append(littleEndian: time)
    data += basic + [0, 0, 0, 0]
    return Self.header(
      length: Self.headerLength + data.count, number: number, time: time, subrecord: 1) + data
  }

  /// A header of main type 0, with one subrecord of this type at the start of the data.
  static func header(length: Int, number: UInt8, time: UInt32, subrecord: UInt8) -> [UInt8] {
    var header: [UInt8] = []
    header.append(littleEndian: UInt16(truncatingIfNeeded: length))
    header += [number, 0, 0, 0]
    header.append(littleEndian: time)
    // Reserved, main type, the subrecord, and the end of the list.
    header += [0, 0, 0, 0, 0, 0, 0, 0, subrecord, 0, 0, 0xFF]
    return header + [UInt8](repeating: 0, count: headerLength - header.count)
  }
}
