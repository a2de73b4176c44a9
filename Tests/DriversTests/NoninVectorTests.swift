import Drivers
import TestKit
import Testing
import Vitals

/// The packets of `protocols.md` 1.4 and of `protocol-vectors.json`, field by field.
@Suite struct `Nonin packets` {
  struct Second: Sendable, CustomTestStringConvertible {
    let hex: String
    let rate: UInt16
    let saturation: UInt8
    let status: SignalStatus
    let hasNumbers: Bool
    var testDescription: String { hex }
  }

  static let seconds = [
    Second(hex: "80 48 61", rate: 72, saturation: 97, status: [], hasNumbers: true),
    Second(hex: "91 16 58", rate: 150, saturation: 88, status: .lowPerfusion, hasNumbers: true),
    Second(
      hex: "E3 7F 7F", rate: 511, saturation: 127, status: [.sensorDisconnected, .poorSignal],
      hasNumbers: false),
    Second(
      hex: "80 48 61 20", rate: 72, saturation: 97, status: .highQuality, hasNumbers: true),
    Second(
      hex: "8D 23 5B 01", rate: 163, saturation: 91,
      status: [.marginalPerfusion, .artifact, .lowBattery], hasNumbers: true),
    Second(
      hex: "A3 7F 7F 08", rate: 511, saturation: 127, status: [.poorSignal, .sensorOff],
      hasNumbers: false),
    // The finger left within the last 10 s; the digits are old.
    Second(hex: "80 48 61 08", rate: 72, saturation: 97, status: .sensorOff, hasNumbers: false),
    Second(
      hex: "C0 48 61", rate: 72, saturation: 97, status: .sensorDisconnected,
      hasNumbers: false),
    Second(hex: "A0 48 61", rate: 72, saturation: 97, status: .poorSignal, hasNumbers: true),
  ]

  @Test(arguments: seconds) func `of formats 1 and 8`(_ c: Second) throws {
    let frame = try #require(NoninSecond(hex: c.hex))
    #expect(frame.heartRate == c.rate)
    #expect(frame.saturation == c.saturation)
    #expect(frame.encoded == hex(c.hex))
    let model = try #require(Catalog.model(id: hex(c.hex).count == 3 ? "nonin-1" : "nonin-8"))
    let reading = OximeterReading(
      saturation: c.hasNumbers ? Saturation(percent: Int(c.saturation)) : nil,
      pulseRate: c.hasNumbers ? PulseRate(perMinute: Int(c.rate)) : nil, status: c.status)
    #expect(Decoded(model, [hex(c.hex)]).outputs == [.oximetry(reading)])
  }

  @Test(
    arguments: [
      (.two, "01 81 01 00 83", 129, 1, 0), (.two, "01 80 01 48 CA", 128, 1, 72),
      (.two, "01 80 01 61 E3", 128, 1, 97), (.two, "01 80 01 30 B2", 128, 1, 48),
      (.two, "01 81 64 01 E7", 129, 100, 1), (.two, "01 80 68 0B F4", 128, 104, 11),
      (.two, "01 80 6E 60 4F", 128, 110, 96), (.two, "01 89 80 03 0D", 137, 128, 3),
      (.two, "01 88 80 7F 88", 136, 128, 127), (.seven, "81 80 12 01 14", 129, 32786, 1),
      (.seven, "82 7F F0 0B FC", 130, 32752, 11), (.seven, "80 80 00 60 60", 128, 32768, 96),
    ] as [(NoninFrame.Format, String, UInt8, UInt16, UInt8)])
  func `of formats 2 and 7`(
    _ format: NoninFrame.Format, _ text: String, _ status: UInt8, _ pleth: UInt16,
    _ float: UInt8
  ) throws {
    let frame = try #require(NoninFrame(hex: text, format: format))
    #expect(frame == NoninFrame(status: status, pleth: pleth, float: float))
    #expect(frame.encoded(as: format) == hex(text))
    var damaged = frame.encoded(as: format)
    damaged[4] ^= 0x10
    let isGood = NoninFrame(damaged.span, format: format) != nil
    #expect(!isGood)
  }

  struct Packet: Sendable, CustomTestStringConvertible {
    let id: String
    let hex: String
    let spo2: Int?
    let pr: Int?
    let status: SignalStatus
    var testDescription: String { hex }
  }

  @Test(arguments: [
    Packet(
      id: "nonin-2", hex: "01 81 01 00 83 01 80 01 48 CA 01 80 01 61 E3 01 80 01 30 B2",
      spo2: 97, pr: 72, status: []),
    Packet(
      id: "nonin-2", hex: "01 81 64 01 E7 01 80 68 0B F4 01 80 6E 60 4F", spo2: 96, pr: 139,
      status: []),
    Packet(
      id: "nonin-2", hex: "01 89 80 03 0D 01 88 80 7F 88 01 88 80 7F 88", spo2: nil, pr: nil,
      status: .sensorOff),
    Packet(
      id: "nonin-7", hex: "81 80 12 01 14 82 7F F0 0B FC 80 80 00 60 60", spo2: 96, pr: 139,
      status: []),
    // Digits beside "sensor alarm" are no numbers; beside "artifact" they are flagged ones.
    Packet(
      id: "nonin-2", hex: "01 89 01 00 8B 01 88 01 48 D2 01 88 01 61 EB", spo2: nil, pr: nil,
      status: .sensorOff),
    Packet(
      id: "nonin-2", hex: "01 A1 01 00 A3 01 A0 01 48 EA 01 A0 01 61 03", spo2: 97, pr: 72,
      status: .artifact),
  ])
  func `of formats 2 and 7 bring numbers with the third frame`(_ c: Packet) throws {
    let readings = Decoded(try #require(Catalog.model(id: c.id)), [hex(c.hex)]).readings
    #expect(readings.count >= 3)
    #expect(readings[2].carriesNumerics)
    #expect(readings[2].saturation?.percent == c.spo2)
    #expect(readings[2].pulseRate?.perMinute == c.pr)
    #expect(readings[2].status == c.status)
    #expect(readings.allSatisfy { $0.pleth != nil })
  }
}
