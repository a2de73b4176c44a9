import Drivers
import TestKit
import Testing
import Vitals

/// The frame of `protocols.md` 3.2, and records by the offsets given there.
@Suite struct `DRI frames` {
  private static let model = Catalog.model(id: "dri")!

  @Test func `of the request for a record every 5 s`() {
    #expect(
      DRIRequest(intervalSeconds: 5).encoded
        == hex(
          """
          7E 31 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 FF 00 00 00 00 00 00 00
          00 00 00 00 00 00 00 00 00 00 00 01 05 00 0E 00 00 00 00 00 44 7E
          """))
  }

  @Test func `are escaped, and summed up before that`() {
    // 7E s is the interval.
    let request = DRIRequest(intervalSeconds: 0x7E)
    let frame = request.encoded
    #expect(DRIFrame.record(in: frame.span) == request.record)
    #expect(frame.dropFirst().dropLast().contains(0x7E) == false)
    #expect(frame[42...44] == [0x7D, 0x5E, 0x00])
    #expect(frame.suffix(2) == [0xBD, 0x7E])
    for seed in seeds(50) {
      var random = Seeded(seed)
      var record = request.record + random.bytes(Int.random(in: 0...300, using: &random))
      for index in record.indices.dropFirst(2) where index.isMultiple(of: 3) {
        record[index] = [0x7E, 0x7D, 0x5E].randomElement(using: &random) ?? 0
      }
      record[0] = UInt8(record.count & 0xFF)
      record[1] = UInt8(record.count >> 8)
      #expect(DRIFrame.record(in: DRIFrame.encode(record).span) == record)
    }
  }

  @Test func `with a wrong sum, length or escape carry nothing`() {
    let good = DRIRequest(intervalSeconds: 5).encoded
    #expect(DRIFrame.record(in: good.span) != nil)
    for index in good.indices {
      var frame = good
      frame[index] ^= 0x10
      #expect(DRIFrame.record(in: frame.span) == nil, "byte \(index)")
      // A zero more or less leaves the sum as it is.
      frame = good
      frame.insert(0, at: index)
      #expect(DRIFrame.record(in: frame.span) == nil, "zero at \(index)")
    }
    for text in ["", "7E", "7E 7E", "7E 00 7E", "7E 7D 7E", "7E 7D 00 7E"] {
      #expect(DRIFrame.record(in: hex(text).span) == nil, "\(text)")
    }
  }

  /// A record as a monitor sends it: header, time, basic group, the words at these offsets.
  private func record(_ words: [Int: Int16], type: UInt8 = 1, mainType: UInt8 = 0) -> [UInt8] {
    var record = [UInt8](repeating: 0, count: 40 + 278)
    record[0] = UInt8(record.count & 0xFF)
    record[1] = UInt8(record.count >> 8)
    record[14] = mainType
    record[18] = type
    record[21] = 0xFF
    (record[40], record[41]) = (0x10, 0x20)
    for (offset, word) in words {
      let place = 44 + offset
      record[place] = UInt8(truncatingIfNeeded: word)
      record[place + 1] = UInt8(truncatingIfNeeded: word >> 8)
    }
    return record
  }

  private static let measured: [Int: Int16] = [
    72: 3, 78: 12_200, 80: 8240, 82: 9150, 84: 66, 118: 3, 124: 9750, 126: 61,
  ]

  private func outputs(_ record: [UInt8]) -> [DriverOutput] {
    Decoded(Self.model, [DRIFrame.encode(record)]).outputs
  }

  @Test func `of physiological data are a reading and a pressure`() {
    #expect(
      outputs(record(Self.measured)) == [
        .oximetry(
          OximeterReading(
            saturation: Saturation(percent: 98), pulseRate: PulseRate(perMinute: 61))),
        .determination(.result(Course.pressure(122, 82, 92, 66))),
      ])
  }

  @Test(arguments: [-32_001, -32_762, -32_767, .min] as [Int16])
  func `hold special values, which are no numbers`(_ special: Int16) {
    let none = OximeterReading(pulseRate: PulseRate(perMinute: 61))
    let saturation = Self.measured.merging([124: special, 78: special]) { $1 }
    #expect(outputs(record(saturation)) == [.oximetry(none)])
    let mean = Self.measured.merging([82: special, 84: special]) { $1 }
    #expect(
      outputs(record(mean)).last
        == .determination(
          .result(
            BloodPressure(systolic: 122, diastolic: 82)!)))
    let rate = Self.measured.merging([126: special, 80: special]) { $1 }
    #expect(
      outputs(record(rate)) == [.oximetry(OximeterReading(saturation: Saturation(percent: 98)))])
  }

  @Test(
    arguments: [
      (0, SignalStatus.sensorDisconnected), (2, .sensorDisconnected), (1, .sensorOff),
    ] as [(Int16, SignalStatus)])
  func `of a module that is not there, or does not measure, hold no numbers`(
    _ status: Int16, _ mark: SignalStatus
  ) {
    let words = Self.measured.merging([118: status, 72: status]) { $1 }
    #expect(outputs(record(words)) == [.oximetry(OximeterReading(status: mark))])
  }

  @Test func `with numbers that cannot be hold none`() {
    let words = Self.measured.merging([124: 12_700, 126: 0, 78: 8000, 80: 12_000]) { $1 }
    #expect(
      outputs(record(words)) == [
        .oximetry(OximeterReading()), .determination(.failed(.implausible)),
      ])
  }

  @Test func `of trends, waveforms and alarms are none of ours`() {
    for (type, mainType) in [(2, 0), (3, 0), (4, 0), (0xFF, 0), (1, 1), (1, 4)] {
      let other = record(Self.measured, type: UInt8(type), mainType: UInt8(mainType))
      let decoded = Decoded(Self.model, [DRIFrame.encode(other)])
      #expect(decoded.outputs.isEmpty)
      #expect(decoded.account.frames == 1)
    }
  }

  @Test func `whose subrecord lies outside hold nothing`() {
    for offset in [5, 6, 300, 0x7FFF, 0x8000, 0xFFFF] {
      var other = record(Self.measured)
      other[16] = UInt8(offset & 0xFF)
      other[17] = UInt8(offset >> 8)
      #expect(outputs(other).isEmpty, "\(offset)")
    }
  }

  @Test func `are read as they were encoded`() {
    var record = DRIRecord(time: 0x7D7E_5E5D)
    record.oximetry.status = .measures
    record.oximetry.saturation = 9125
    record.oximetry.pulseRate = 126
    record.pressure.status = .exists
    record.pressure.systolic = 12_600
    record.pressure.diastolic = 7500
    record.pressure.mean = 9000
    #expect(DRIRecord(record.encoded(number: 125).span) == record)
  }
}
