import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `Nonin spot-check records` {
  private let model = Catalog.model(id: "nonin-13")!
  private static let fresh =
    "00 02 00 0D 00 0E 20 26 03 14 09 05 30 00 02 00 00 48 00 61 46 03"
  private static let stored =
    "00 02 00 0D 00 0E 20 26 03 14 09 05 30 00 01 11 01 FF 00 7F 2C 03"
  private let time = DeviceTime(year: 2026, month: 3, day: 14, hour: 9, minute: 5, second: 30)

  @Test func `taken just now are readings`() throws {
    let decoded = Decoded(model, [hex(Self.fresh)])
    #expect(
      decoded.outputs == [
        .oximetry(
          OximeterReading(
            saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 72),
            status: .highQuality))
      ])
    #expect(decoded.account.frames == 1)
  }

  @Test func `out of the memory are late entries, and no measurement has no numbers`() throws {
    #expect(
      Decoded(model, [hex(Self.stored)]).outputs == [
        .stored(
          StoredReading(
            .oximetry(OximeterReading(status: [.sensorOff, .lowBattery])), deviceTime: time))
      ])
  }

  @Test(arguments: [fresh, stored]) func `are written as they are read`(_ text: String) throws {
    let record = NoninRecord(hex(text).span)
    #expect(record?.encoded == hex(text))
    #expect(record?.time == time)
  }

  @Test func `have no numbers without a measurement, whatever digits they carry`() {
    var record = NoninRecord()
    record.heartRate = 72
    record.saturation = 97
    record.isWithoutMeasurement = true
    #expect(
      Decoded(model, [record.encoded]).outputs == [.oximetry(OximeterReading(status: .sensorOff))])
  }

  @Test func `with an impossible time are stored without one`() {
    var record = NoninRecord()
    record.isFromMemory = true
    record.heartRate = 131
    record.saturation = 88
    #expect(
      Decoded(model, [record.encoded]).outputs == [
        .stored(
          StoredReading(
            .oximetry(
              OximeterReading(
                saturation: Saturation(percent: 88), pulseRate: PulseRate(perMinute: 131))),
            deviceTime: nil))
      ])
  }

  @Test(arguments: [
    // Checksum, end, a date that is not decimal, a rate of 512, a saturation of 128.
    "00 02 00 0D 00 0E 20 26 03 14 09 05 30 00 02 00 00 48 00 61 47 03",
    "00 02 00 0D 00 0E 20 26 03 14 09 05 30 00 02 00 00 48 00 61 46 04",
    "00 02 00 0D 00 0E 20 2A 03 14 09 05 30 00 02 00 00 48 00 61 4A 03",
    "00 02 00 0D 00 0E 20 26 03 14 09 05 30 00 02 00 02 00 00 61 00 03",
    "00 02 00 0D 00 0E 20 26 03 14 09 05 30 00 02 00 00 48 00 80 65 03",
    // Fewer data bytes than have a meaning.
    "00 02 00 0D 00 0D 20 26 03 14 09 05 30 00 02 00 00 48 00 E5 03",
  ])
  func `that cannot be are damage`(_ text: String) {
    let decoded = Decoded(model, [hex(text + Self.fresh)])
    #expect(decoded.outputs.count == 1)
    #expect(decoded.account.frames == 1)
    #expect(decoded.account.damagedBytes == hex(text).count)
  }

  @Test func `may be longer than we know`() {
    let text = "00 02 00 0D 00 10 20 26 03 14 09 05 30 00 02 00 00 48 00 61 11 22 79 03"
    #expect(Decoded(model, [hex(text)]).readings.first?.saturation?.percent == 97)
  }

  @Test func `grow old: one finger is one reading`() {
    var bedside = Bedside(
      model,
      patient: SimulatedPatient(
        oximetry: { $0 < .seconds(1) ? Course.reading(97, 72, 350) : nil },
        determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) }))
    bedside.open()
    bedside.pass(.seconds(60))
    #expect(bedside.readings.count == 1)
    #expect(bedside.stored.count == 2)
    #expect(bedside.sent.isEmpty)
  }
}
