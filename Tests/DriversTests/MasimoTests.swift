import Drivers
import TestKit
import Testing
import Vitals

/// Lines of `protocols.md` 1.5 and of the recordings.
@Suite struct `Masimo ASCII 1` {
  static let model = Catalog.model(id: "masimo-ascii1")!

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    var serial: String?
    var spo2: Int?
    var bpm: Int?
    var pi: Int?
    var alarm: UInt32 = 0
    let exc: UInt32
    let status: SignalStatus
    /// Whether the numbers reach the reading.
    var hasNumbers = true
    var testDescription: String { text }
  }

  static let cases = [
    Case(
      text: "02/24/18 04:48:53 SN=0000145838 SPO2=097% BPM=080 PI=04.96% SPCO=--.-% "
        + "SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000800",
      serial: "0000145838", spo2: 97, bpm: 80, pi: 496, exc: 0x800, status: []),
    Case(
      text: "03/19/16 13:37:12 SN=0000093112 SPO2=---% BPM=--- PI=--.--% SPCO=--.-% "
        + "SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000001",
      serial: "0000093112", exc: 1, status: .sensorDisconnected, hasNumbers: false),
    Case(
      text: "03/17/16 19:19:36 SN=---------- SPO2=098% BPM=123 PI=00.55 SPCO=--% SPMET=--.-% "
        + "SPHB=--.- SPOC=-- RESVD=--- DESAT=-- PIDELTA=+-- PVI=--- ALARM=000000 EXC=0000C00 "
        + "EXC1=00000000",
      spo2: 98, bpm: 123, pi: 55, exc: 0xC00, status: .lowConfidence),
    Case(
      text: "12/01/05 11:56:29 SN=0123456789 SPO2=098% BPM=240 PI=20.00% SPCO=01.0% "
        + "SPMET=00.5% DESAT=01 PIDELTA=-02 PVI=027 ALARM=0000 EXC=000820",
      serial: "0123456789", spo2: 98, bpm: 240, pi: 2000, exc: 0x820, status: .sensorOff,
      hasNumbers: false),
    Case(
      text: "09/15/10 15:10:29 SPO2=097% BPM=064 PI=11.82% ALARM=20 EXC=800",
      spo2: 97, bpm: 64, pi: 1182, alarm: 0x20, exc: 0x800, status: []),
    // A later model's key is left alone.
    Case(
      text: "09/15/10 15:10:29 SPO2=097% ORI=0.42 BPM=064 ALARM=60 EXC=804",
      spo2: 97, bpm: 64, alarm: 0x60, exc: 0x804, status: [.lowPerfusion, .lowBattery]),
  ]

  @Test(arguments: cases) func `says every field`(_ c: Case) throws {
    let line = MasimoLine(ascii: c.text)
    #expect(line != nil)
    #expect(line?.serial == c.serial)
    #expect(line?.saturation == c.spo2)
    #expect(line?.pulseRate == c.bpm)
    #expect(line?.perfusionIndex == c.pi)
    #expect(line?.alarm == c.alarm)
    #expect(line?.exceptions == c.exc)
    let reading =
      c.hasNumbers
      ? OximeterReading(
        saturation: c.spo2.flatMap { Saturation(percent: $0) },
        pulseRate: c.bpm.flatMap { PulseRate(perMinute: $0) },
        perfusionIndex: c.pi.flatMap { PerfusionIndex(hundredths: $0) }, status: c.status)
      : OximeterReading(status: c.status)
    let outputs = Decoded(Self.model, [Array((c.text + "\r\n").utf8)]).outputs
    let identity = c.serial.map { DriverOutput.identified(DeviceIdentity(serial: $0)) }
    #expect(outputs == [identity, .oximetry(reading)].compactMap(\.self))
  }

  @Test(
    arguments: [
      // bit of EXC, status, whether the numbers may be judged
      (0x1, .sensorDisconnected, false), (0x2, .malfunction, false), (0x4, .lowPerfusion, true),
      (0x8, .searching, false), (0x10, .artifact, false), (0x20, .sensorOff, false),
      (0x40, .poorSignal, false), (0x80, .malfunction, false), (0x100, .lowConfidence, true),
      (0x200, [], true), (0x400, .lowConfidence, true), (0x800, [], true),
      (0x1000, .sensorDisconnected, false), (0x2000, [], true), (0x4000, .lowConfidence, true),
      (0x8000, .lowConfidence, true), (0x1_0000, .malfunction, false),
      (0x2_0000, .searching, false), (0x4_0000, [], true), (0x8_0000, .lowConfidence, true),
      (0x10_0000, .lowConfidence, true), (0x20_0000, [], true), (0x40_0000, [], true),
    ] as [(UInt32, SignalStatus, Bool)])
  func `means by an exception`(_ bit: UInt32, _ status: SignalStatus, _ isUsable: Bool) throws {
    var line = MasimoLine()
    (line.saturation, line.pulseRate, line.exceptions) = (97, 80, bit)
    #expect(MasimoLine(ascii: line.text) == line)
    #expect(line.reading.status == status)
    #expect(line.reading.isUsable == isUsable)
  }

  @Test func `says low battery in ALARM, and its own limits mean nothing to us`() {
    var line = MasimoLine()
    (line.saturation, line.pulseRate, line.alarm) = (85, 130, 0x7F)
    #expect(line.reading.status == .lowBattery)
    line.alarm = 0x3F | 0x3F00
    #expect(line.reading.status == [])
    #expect(line.reading.isUsable)
  }

  @Test(arguments: [
    "03/17/16 19:19:36 SPO2=98% BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=0998% BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098 BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=0-8% BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% BPM=12 PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=0.55 ALARM=0000 EXC=000800",
    // A digit of EXC or ALARM is gone: 1000 would be 100, 20 would be 2.
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 ALARM=0000 EXC=00800",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 ALARM=000000 EXC=000820",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 ALARM=0000 EXC=820",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 ALARM=000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 ALARM=00 EXC=000800",
    // Something is missing, or there twice.
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 ALARM=0000",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 EXC=000800",
    "03/17/16 19:19:36 BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% SPO2=097% BPM=123 ALARM=0000 EXC=000800",
    "SPO2=098% BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    // A known key, damaged, is no new one.
    "03/17/16 19:19:36 SPO2=098% BPM=123 PIX=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% BPM=123 P=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 NEW=a ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 NEW= ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 NEW ALARM=0000 EXC=000800",
    "03/17/16 19:19:36 SPO2=098%BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    "03/17/16 19:19:36  SPO2=098% BPM=123 PI=00.55 ALARM=0000 EXC=000800",
    "3/17/16 19:19:36 SPO2=098% BPM=123 PI=00.55 ALARM=0000 EXC=000800",
  ])
  func `refuses what is damaged`(_ text: String) {
    #expect(MasimoLine(ascii: text) == nil)
    let account = Decoded(Self.model, [Array((text + "\r\n").utf8)]).account
    #expect(account.frames == 0)
    #expect(account.damage.broken == text.utf8.count + 2)
  }

  @Test func `takes bytes of any length`() {
    let text = Array(Self.cases[0].text.utf8)
    for length in text.indices {
      let line = MasimoLine(Array(text.prefix(length)).span)
      #expect(line == nil)
    }
  }

  @Test func `encodes what it decodes`() throws {
    var line = MasimoLine()
    line.serial = "0000145838"
    (line.saturation, line.pulseRate, line.perfusionIndex) = (97, 80, 496)
    line.exceptions = 0x800
    #expect(
      String(decoding: line.encoded(after: 3661), as: UTF8.self)
        == "03/14/26 10:01:01 SN=0000145838 SPO2=097% BPM=080 PI=04.96% SPCO=--.-% "
        + "SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC=000800\r\n")
    #expect(MasimoLine(ascii: line.text) == line)
  }

  @Test(.enabled(if: Captures.areHere, "the recordings are not on this machine"))
  func `of a real Rad-8, six lines a second apart`() throws {
    let text = try Captures.text("masimo_ascii1_real_lines.txt")
    for lineEnd in ["\n", "\r\n"] {
      let bytes = Array(text.replacing("\n", with: lineEnd).utf8)
      let decoded = Decoded(Self.model, [bytes])
      #expect(decoded.account.frames == 6)
      #expect(decoded.account.damagedBytes == 0)
      #expect(decoded.account.pendingBytes == 0)
      #expect(decoded.readings.map { $0.saturation?.percent } == [97, 97, 97, 97, 97, 97])
      #expect(decoded.readings.map { $0.pulseRate?.perMinute } == [80, 81, 81, 81, 80, 80])
      #expect(
        decoded.readings.map { $0.perfusionIndex?.hundredths } == [496, 504, 504, 513, 526, 531])
      #expect(decoded.readings.allSatisfy { $0.status == [] && $0.isUsable })
      #expect(decoded.outputs.first == .identified(DeviceIdentity(serial: "0000145838")))
      #expect(decoded.outputs.count == 7)
    }
  }

  @Test(.enabled(if: Captures.areHere, "the recordings are not on this machine"))
  func `of three other real devices`() throws {
    let text = try Captures.text("masimo_ascii1_other_real_lines.txt")
    let decoded = Decoded(Self.model, [Array(text.utf8)])
    #expect(decoded.account.frames == 3)
    #expect(decoded.account.damagedBytes == 0)
    #expect(
      decoded.readings == [
        // Its middle is lost in the source; what is left says enough.
        OximeterReading(status: .sensorDisconnected),
        OximeterReading(
          saturation: Saturation(percent: 98), pulseRate: PulseRate(perMinute: 123),
          perfusionIndex: PerfusionIndex(hundredths: 55), status: .lowConfidence),
        OximeterReading(),
      ])
  }
}

extension MasimoLine {
  init?(ascii text: String) { self.init(Array(text.utf8).span) }

  /// Encoded, without its end.
  var text: String { String(decoding: encoded(after: 0).dropLast(2), as: UTF8.self) }
}
