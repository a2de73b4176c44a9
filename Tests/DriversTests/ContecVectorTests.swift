import Drivers
import TestKit
import Testing
import Vitals

/// The packets of `protocols.md` 1.1, 1.2 and 1.7 and of `protocol-vectors.json`, field by field.
@Suite struct `Contec and BCI packets` {
  struct Five: Sendable, CustomTestStringConvertible {
    let hex: String
    let dialect: FiveByteDialect
    let raw: [UInt8]
    let isBeat: Bool
    let status: SignalStatus
    let spo2: Int?
    let pr: Int?
    var testDescription: String { hex }
  }

  /// `raw` is signal, pleth, bar.
  static let five = [
    Five(
      hex: "C5 3E 08 48 61", dialect: .contec, raw: [5, 62, 8], isBeat: true, status: .beat,
      spo2: 97, pr: 72),
    Five(
      hex: "86 28 45 05 63", dialect: .contec, raw: [6, 40, 5], isBeat: false, status: [],
      spo2: 99, pr: 133),
    Five(
      hex: "90 00 10 00 00", dialect: .contec, raw: [0, 0, 0], isBeat: false,
      status: .sensorOff, spo2: nil, pr: nil),
    Five(
      hex: "83 1E 62 7F 7F", dialect: .contec, raw: [3, 30, 2], isBeat: false,
      status: .searching, spo2: nil, pr: nil),
    Five(
      hex: "C4 37 07 58 62", dialect: .bci, raw: [4, 55, 7], isBeat: true, status: .beat,
      spo2: 98, pr: 88),
    Five(
      hex: "80 00 50 7F 7F", dialect: .bci, raw: [0, 0, 0], isBeat: false, status: .sensorOff,
      spo2: nil, pr: nil),
    Five(
      hex: "B0 00 40 7F 7F", dialect: .bci, raw: [0, 0, 0], isBeat: false,
      status: [.sensorDisconnected, .nonPulsatile], spo2: nil, pr: nil),
    // Digits beside a flag are no numbers; SpO2 falling is one that keeps them.
    Five(
      hex: "85 3E 18 48 61", dialect: .contec, raw: [5, 62, 8], isBeat: false,
      status: .sensorOff, spo2: nil, pr: nil),
    Five(
      hex: "85 3E 28 48 61", dialect: .bci, raw: [5, 62, 8], isBeat: false,
      status: .searching, spo2: nil, pr: nil),
    Five(
      hex: "A5 3E 08 48 61", dialect: .contec, raw: [5, 62, 8], isBeat: false,
      status: .desaturating, spo2: 97, pr: 72),
    Five(
      hex: "A5 3E 08 48 61", dialect: .bci, raw: [5, 62, 8], isBeat: false,
      status: .sensorDisconnected, spo2: nil, pr: nil),
    // One number missing: no sample.
    Five(
      hex: "85 3E 08 48 7F", dialect: .contec, raw: [5, 62, 8], isBeat: false, status: [],
      spo2: nil, pr: nil),
    Five(
      hex: "85 3E 48 7F 61", dialect: .contec, raw: [5, 62, 8], isBeat: false, status: [],
      spo2: nil, pr: nil),
  ]

  @Test(arguments: five) func `of five bytes`(_ c: Five) throws {
    let frame = try #require(FiveByteFrame(hex: c.hex))
    #expect([frame.signal, frame.pleth, frame.bar] == c.raw)
    #expect(frame.isBeat == c.isBeat)
    #expect(frame.encoded == hex(c.hex))
    let id = c.dialect == .bci ? "bci" : "contec-5"
    try expect(
      id, c.hex,
      OximeterReading(
        saturation: c.spo2.flatMap(Saturation.init(percent:)),
        pulseRate: c.pr.flatMap(PulseRate.init(perMinute:)), pleth: UInt16(c.raw[1]),
        status: c.status))
  }

  struct Live: Sendable, CustomTestStringConvertible {
    let hex: String
    /// Signal, pleth, bar.
    let raw: [UInt8]
    let status: SignalStatus
    let spo2: Int?
    let pr: Int?
    let pi: Int?
    var testDescription: String { hex }
  }

  static let live = [
    Live(
      hex: "01 E0 85 B3 96 C1 E1 FF FF", raw: [5, 51, 6], status: [], spo2: 97, pr: 65, pi: nil),
    Live(
      hex: "01 E0 C4 C4 98 BC E3 FF FF", raw: [4, 68, 8], status: .beat, spo2: 99, pr: 60,
      pi: nil),
    Live(
      hex: "01 E0 84 93 92 BC E3 FF FF", raw: [4, 19, 2], status: [], spo2: 99, pr: 60, pi: nil),
    Live(
      hex: "01 E0 85 D5 9A BD E3 FF FF", raw: [5, 85, 10], status: [], spo2: 99, pr: 61,
      pi: nil),
    Live(
      hex: "01 E1 84 C0 90 80 80 FF FF", raw: [4, 64, 0], status: .sensorOff, spo2: nil, pr: nil,
      pi: nil),
    Live(
      hex: "01 88 C7 DA 8C 8E DD CE 82", raw: [7, 90, 12], status: .beat, spo2: 93, pr: 142,
      pi: 590),
    Live(
      hex: "01 EA 82 94 91 FF FF FF FF", raw: [2, 20, 1], status: .searching, spo2: nil, pr: nil,
      pi: nil),
    // Digits beside "finger out" are no numbers.
    Live(
      hex: "01 E1 85 B3 96 C1 E1 FF FF", raw: [5, 51, 6], status: .sensorOff, spo2: nil, pr: nil,
      pi: nil),
  ]

  @Test(arguments: live) func `of V7 live data`(_ c: Live) throws {
    let packet = try #require(ContecV7Live(hex: c.hex))
    #expect([packet.signal, packet.pleth, packet.bar] == c.raw)
    #expect(packet.encoded == hex(c.hex))
    try expect(
      "contec-v7", c.hex,
      OximeterReading(
        saturation: c.spo2.flatMap(Saturation.init(percent:)),
        pulseRate: c.pr.flatMap(PulseRate.init(perMinute:)),
        perfusionIndex: c.pi.flatMap(PerfusionIndex.init(hundredths:)), pleth: UInt16(c.raw[1]),
        status: c.status))
  }

  /// A frame alone on the line, settled by silence.
  private func expect(_ id: String, _ text: String, _ reading: OximeterReading) throws {
    let decoded = Decoded(try #require(Catalog.model(id: id)), [hex(text)])
    #expect(decoded.outputs == [.oximetry(reading)])
    #expect(decoded.account.frames == 1)
  }

  @Test(arguments: [
    "02 80 80 B5 B0 C4 A8 C1 A9", "02 81 FF AB A0 A0 A0 A0 A0", "03 80 A0 A0 A0 A0 A0 A0 A0",
    "04 80 F5 F3 E5 F2 A0 A0 A0", "06 80 80 87", "07 80 80 80 94 8E 88 92",
    "12 80 80 80 82 A6 92 80", "08 84 80 80 CA 80 80 80", "08 84 80 80 C0 93 80 80",
    "0C 80", "0E 80 81", "0F 80 E2 BF E2 BF E2 BF", "0F 80 80 80 80 80 80 80",
    "09 80 E1 C4 CE 82", "11 80 81 81 80 80 80 80 80", "13 80 A0 A0 A0 A0 A0 A0 A0",
    "14 80 A0 A0 A0 A0 A0 80 80",
  ])
  func `of V7 that are not live data bring no numbers`(_ text: String) throws {
    let model = try #require(Catalog.model(id: "contec-v7"))
    let live = "01 E0 85 B3 96 C1 E1 FF FF"
    let decoded = Decoded(model, [hex(live + text + live)])
    #expect(decoded.account.frames == 3)
    #expect(decoded.account.damagedBytes == 0)
    #expect(decoded.readings.count == 2)
  }

  @Test func `of an unknown V7 type are stray`() throws {
    let model = try #require(Catalog.model(id: "contec-v7"))
    let live = "01 E0 85 B3 96 C1 E1 FF FF"
    let decoded = Decoded(model, [hex("7A 80 80 80" + live + live)])
    #expect(decoded.account.damage.stray == 4)
    #expect(decoded.account.frames == 2)
  }

  @Test(arguments: [
    (ContecV7Command.startLive, "7D 81 A1 80 80 80 80 80 80"),
    (.stopLive, "7D 81 A2 80 80 80 80 80 80"),
    (.stopTransfer, "7D 81 A7 80 80 80 80 80 80"),
    (.protocolVersion, "7D 81 A0 80 80 80 80 80 80"),
    (.storagePresent, "7D 81 B0 80 80 80 80 80 80"),
    (.perfusionSupport, "7D 81 AC 80 80 80 80 80 80"),
    (.model, "7D 81 A8 80 80 80 80 80 80"), (.segmentCount, "7D 81 A3 80 80 80 80 80 80"),
    (.downloadSegment, "7D 81 A6 80 80 80 80 80 80"),
    (.keepAlive, "7D 81 AF 80 80 80 80 80 80"),
  ])
  func `of V7 commands`(_ command: ContecV7Command, _ text: String) {
    #expect(command.encoded == hex(text))
    #expect(ContecV7Command(hex: text) == command)
  }

  @Test(
    arguments: [
      ("7D 81 B2 94 9A 83 8E 86 80", 0x7D, [0xB2, 20, 26, 3, 14, 6, 0]),
      ("7D 81 B1 89 85 9E 80 80 80", 0x7D, [0xB1, 9, 5, 30, 0, 0, 0]),
      ("08 84 80 80 CA 80 80 80", 0x08, [0, 0, 202, 0, 0, 0]),
      ("02 81 FF AB A0 A0 A0 A0 A0", 0x02, [0xFF] + Array("+     ".utf8)),
    ] as [(String, UInt8, [UInt8])])
  func `of V7 coding`(_ text: String, _ type: UInt8, _ data: [UInt8]) {
    #expect(ContecV7Packet.encode(type: type, data: data) == hex(text))
  }

  @Test(
    arguments: [
      ("0C 80", .done), ("06 80 80 87", .version(7)),
      ("02 80 80 B5 B0 C4 A8 C1 A9", .name(segment: 0, text: Array("50D(A)".utf8))),
      ("02 81 FF AB A0 A0 A0 A0 A0", .name(segment: 0xFF, text: Array("+     ".utf8))),
      ("0E 80 80", .perfusion(isSupported: true)), ("0E 80 81", .perfusion(isSupported: false)),
      ("11 80 81 81 80 80 80 80 80", .storage(isPresent: true)),
      ("11 80 81 80 80 80 80 80 80", .storage(isPresent: false)),
      ("11 80 82 80 80 80 80 80 80", nil), ("0A 80 80 83", .segments(user: 0, count: 3)),
      ("07 80 80 80 94 8E 88 92", .date(year: 2014, month: 8, day: 18)),
      ("12 80 80 80 82 A6 92 80", .time(hour: 2, minute: 38, second: 18)),
      ("08 84 80 80 CA 80 80 80", .length(bytes: 202)),
      ("08 84 80 80 C0 93 80 80", .length(bytes: 5056)),
      (
        "0F 80 E2 BF E2 BF E2 BF",
        .seconds(Array(repeating: ContecV7Second(saturation: 98, pulseRate: 63), count: 3))
      ),
      (
        "0F 80 80 80 80 80 80 80",
        .seconds(Array(repeating: ContecV7Second(saturation: 0, pulseRate: 0), count: 3))
      ),
      (
        "09 80 E1 C4 CE 82",
        .seconds([ContecV7Second(saturation: 97, pulseRate: 68, perfusion: 590)])
      ),
      ("03 80 A0 A0 A0 A0 A0 A0 A0", nil), ("04 80 F5 F3 E5 F2 A0 A0 A0", nil),
      ("01 E0 85 B3 96 C1 E1 FF FF", nil), ("0C", nil), ("06 80 80", nil),
    ] as [(String, ContecV7Answer?)])
  func `of V7 answers`(_ text: String, _ answer: ContecV7Answer?) {
    let read = ContecV7Answer(hex(text).span)
    #expect(read == answer)
  }

  @Test(
    arguments: [
      (ContecV7Second(saturation: 98, pulseRate: 63), 98, 63, nil),
      (ContecV7Second(saturation: 98, pulseRate: 142, perfusion: 590), 98, 142, 590),
      (ContecV7Second(saturation: 98, pulseRate: 63, perfusion: 0xFFFF), 98, 63, nil),
      (ContecV7Second(saturation: 0, pulseRate: 0), nil, nil, nil),
      (ContecV7Second(saturation: 127, pulseRate: 63), nil, nil, nil),
      (ContecV7Second(saturation: 98, pulseRate: 255), nil, nil, nil),
      (ContecV7Second(saturation: 98, pulseRate: 0, perfusion: 590), nil, nil, nil),
    ] as [(ContecV7Second, Int?, Int?, Int?)])
  func `of stored seconds`(_ second: ContecV7Second, _ spo2: Int?, _ pr: Int?, _ pi: Int?) {
    #expect(
      second.reading
        == OximeterReading(
          saturation: spo2.flatMap(Saturation.init(percent:)),
          pulseRate: pr.flatMap(PulseRate.init(perMinute:)),
          perfusionIndex: pi.flatMap(PerfusionIndex.init(hundredths:)),
          status: spo2 == nil ? .sensorOff : []))
  }
}
