import Drivers
import TestKit
import Testing
import Vitals

/// The packets of `protocols.md` 1.8 and of `protocol-vectors.json`, field by field.
@Suite struct `IEEE 11073 packets` {
  private let model = Catalog.model(id: "phdc")!

  @Test(
    arguments: [
      (0x0062, 98), (0xF3CF, 97.5), (0xF258, 60), (0x0078, 120), (0x07FF, nil), (0x0800, nil),
      (0x07FE, nil), (0x0801, nil), (0x0802, nil), (0x0000, 0), (0x07FD, 2045), (0x0803, -2045),
      (0xFFF6, -1), (0x1062, 980), (0x8001, 1e-8), (0x7001, 1e7), (0xF7FF, 204.7),
    ] as [(UInt16, Double?)])
  func `of decimal numbers`(_ raw: UInt16, _ value: Double?) {
    #expect(SFloat(rawValue: raw).value == value)
  }

  @Test func `take every number they can hold, and none that reads as missing`() {
    for exponent in -8...7 {
      for mantissa in -2048...2047 {
        let isSpecial = exponent == 0 && (mantissa >= 2046 || mantissa <= -2046)
        let number = SFloat(mantissa: mantissa, exponent: exponent)
        #expect((number == nil) == isSpecial)
      }
    }
    #expect(SFloat(mantissa: 2048) == nil)
    #expect(SFloat(mantissa: 1, exponent: 8) == nil)
  }

  static let oximeterEvent =
    "E700 0036 0034 1238 0101 002E 0000 FFFFFFFF 0D1D 0024 F000 0000 0002 001C"
    + "0001 000A 0062 20071206 12100000  000A 000A 0048 20071206 12100000"

  static let cuffEvent =
    "E700 003E 003C 0054 0101 0036 0000 00490050 0D1D 002C F000 0000 0002 0024"
    + "0001 0012 0003 0006 0078 0050 0064 2007120612100000  0002 000A F258 2007120612100000"

  /// As Omron's agents report, to one of several people.
  static let omronEvent =
    "E700 0052 0050 0001 0101 004A 0000 FFFFFFFF 0D1F 0040 F000 0001 0001 0038 0042 0003 0032"
    + "0001 0012 0003 0006 0071 0047 0055 2010072115355300"
    + "0002 000A 0047 2010072115355300  0003 000A 0000 2010072115355300"

  private func stored(_ pressure: BloodPressure, _ time: String) -> DriverOutput {
    .stored(StoredReading(.pressure(pressure), deviceTime: DeviceTime(time)))
  }

  @Test func `of oximetry and blood pressure, read from a file`() {
    let oximetry = Decoded(model, [hex(Self.oximeterEvent)])
    #expect(oximetry.outputs == [PHDCBytes.stored(98, 72, "2007-12-06T12:10:00")])
    let pressure = Decoded(model, [hex(Self.cuffEvent)])
    #expect(
      pressure.outputs == [stored(Course.pressure(120, 80, 100, 60), "2007-12-06T12:10:00")])
    for account in [oximetry.account, pressure.account] {
      #expect(account.frames == 1)
      #expect(account.damagedBytes == 0)
    }
  }

  @Test(arguments: [0x0190, 0x0191])
  func `of a stamped oximeter are memory, since no clock proves otherwise`(_ id: Int) {
    var visit = PHDCVisit(associatedWith: id)
    #expect(visit.answers() == [PHDCBytes.answer(0), PHDCBytes.question()])
    visit.say(hex(Self.oximeterEvent))
    #expect(visit.answers() == [hex("E700 0012 0010 1238 0201 000A 0000 00000000 0D1D 0000")])
    #expect(visit.readings == [PHDCBytes.stored(98, 72, "2007-12-06T12:10:00")])
  }

  @Test func `of a standard blood pressure monitor`() {
    var visit = PHDCVisit(associatedWith: 0x02BC)
    visit.say(hex(Self.cuffEvent))
    #expect(visit.readings == [stored(Course.pressure(120, 80, 100, 60), "2007-12-06T12:10:00")])
  }

  @Test func `of a blood pressure monitor with a status, to a person`() {
    let status = PHDCBytes.object(
      3, type: 0xF012, unit: 0x0200, map: [(0x0A4C, 2), (0x0990, 8)])
    let objects = PHDCMeanings.cuff(unit: 0x0F20) + [status]
    var visit = PHDCVisit(configuredWith: objects)
    visit.say(hex(Self.omronEvent))
    let pressure = Course.pressure(113, 71, 85, 71)
    #expect(visit.readings == [stored(pressure, "2010-07-21T15:35:53")])
    // The manufacturer's status is not 0: whatever it means, the number is not taken.
    visit = PHDCVisit(configuredWith: objects)
    visit.say(hex(Self.omronEvent.replacing("0003 000A 0000", with: "0003 000A 0001")))
    #expect(visit.readings.isEmpty)
  }

  @Test func `of a Nonin 9560, whose map has the clock's code for the time stamp`() {
    // The real values: system 001C0501000028A1, configuration 0191, SpO2 100, pulse 97.
    let spot = PHDCBytes.attribute(0x0A61, hex("0001 0004 0002 4C3C"))
    var visit = PHDCVisit(configuredWith: [
      PHDCBytes.object(
        1, type: 0x4BB8, unit: 0x0220, map: [(0x0A4C, 2), (0x0987, 8)], extra: [spot]),
      PHDCBytes.object(
        10, type: 0x481A, unit: 0x0AA0, map: [(0x0A4C, 2), (0x0987, 8)], extra: [spot]),
    ])
    let system = PHDCBytes.attribute(0x0984, hex("0008 001C0501000028A1"))
    visit.say(PHDCBytes.call(0x0203, 0, [0, 0] + PHDCBytes.list([system])))
    visit.report(
      PHDCBytes.fixed(1, "0064 2026031409053000"), PHDCBytes.fixed(10, "0061 2026031409053000"))
    #expect(
      visit.readings == [
        .identified(DeviceIdentity(serial: "001C0501000028A1")),
        PHDCBytes.stored(100, 97, "2026-03-14T09:05:30"),
      ])
  }
}
