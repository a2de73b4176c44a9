import Drivers
import Foundation
import TestKit
import Testing
import Vitals

/// Frames of `protocols.md` 3.3 and of the recording.
@Suite struct `Ivy Ansar-B` {
  static let model = Catalog.model(id: "ivy")!

  static let lines = [
    "HR=1;80;ECG-II-DIAG;", "RR=1;35;APNEA: 20 SEC;", "ETCO2=1;;;", "SPO2=1;100;PR=80 ;",
    "NIBP=4;121;75;92;80;;", "P1=3;111;73;88;;", "P2=3;;;;NO TRANSDUCER;", "T1=1;;;", "T2=1;;;",
  ]

  static let pressure = Course.pressure(121, 75, 92, 80)

  static func frame(
    _ spo2: String = lines[3], _ nibp: String = lines[4], waves: [UInt8]? = nil
  ) -> [UInt8] {
    var lines = lines
    (lines[3], lines[4]) = (spo2, nibp)
    return frame(lines: lines, waves: waves)
  }

  static func frame(lines: [String], waves: [UInt8]? = nil) -> [UInt8] {
    [0xFF] + Array("ANSAR-B ".utf8) + (waves ?? Array(repeating: 0x7A, count: 400))
      + Array(lines.map { $0 + "\r" }.joined().utf8) + [0xFE]
  }

  static func reading(
    _ spo2: Int?, _ pr: Int?, _ status: SignalStatus = []
  ) -> OximeterReading {
    OximeterReading(
      saturation: spo2.flatMap { Saturation(percent: $0) },
      pulseRate: pr.flatMap { PulseRate(perMinute: $0) }, status: status)
  }

  struct Oxygen: Sendable, CustomTestStringConvertible {
    let line: String
    let reading: OximeterReading
    var testDescription: String { line }
  }

  @Test(arguments: [
    Oxygen(line: "SPO2=1;100;PR=80 ;", reading: reading(100, 80)),
    Oxygen(line: "SPO2=1;97;PR=102;", reading: reading(97, 102)),
    Oxygen(line: "SPO2=1;97;PR=102 ;", reading: reading(97, 102)),
    Oxygen(line: "SPO2=1;84;PR=131;SPO2 LOW", reading: reading(84, 131)),
    Oxygen(line: "SPO2=1;97;PR=   ;", reading: reading(97, nil)),
    Oxygen(line: "SPO2=1;;;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;;PR=   ;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;97;SENSOR OFF;", reading: reading(nil, nil, .sensorOff)),
    Oxygen(line: "SPO2=1;97;PR=80 ;CHECK PROBE", reading: reading(nil, nil, .sensorOff)),
    Oxygen(line: "SPO2=1;;PULSE SEARCH;", reading: reading(nil, nil, .searching)),
    Oxygen(line: "SPO2=1;97;PR=80 ;MOTION", reading: reading(97, 80, .artifact)),
    // Words that nobody knows, and digits that are none.
    Oxygen(line: "SPO2=1;97;HELLO;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;97;PR=--;", reading: reading(nil, nil)),
    // A digit was lost or came twice: 10 of 100, 8 of 80, 880 of 80, 80 of 180.
    Oxygen(line: "SPO2=1;10;PR=80 ;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;00;PR=80 ;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;9;PR=80 ;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;998;PR=80 ;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;98;PR=8 ;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;98;PR=880 ;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;98;PR=80;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;98;PR=1800;", reading: reading(nil, nil)),
    Oxygen(line: "SPO2=1;98;PR=17;", reading: reading(nil, nil)),
  ])
  func `says oxygen`(_ c: Oxygen) {
    let decoded = Decoded(Self.model, [Self.frame(c.line)])
    #expect(decoded.outputs == [.oximetry(c.reading)])
    #expect(decoded.account.frames == 1)
    #expect(decoded.account.damagedBytes == 0)
  }

  @Test(
    arguments: [
      ("NIBP=4;121;75;92;80;;", .init(systolic: 121, diastolic: 75, mean: 92, pulseRate: 80)),
      ("NIBP=4;221;135;162;;;SYS HIGH", .init(systolic: 221, diastolic: 135, mean: 162)),
      ("NIBP=4;121;75;;80;STAT;", .init(systolic: 121, diastolic: 75, pulseRate: 80)),
      ("NIBP=4;;;;;;", nil), ("NIBP=4;;;;;CUFF LEAK;", nil), ("NIBP=4;121;;92;80;;", nil),
    ] as [(String, IvyFrame.Pressure?)])
  func `says blood pressure`(_ line: String, _ pressure: IvyFrame.Pressure?) {
    let bytes = Self.frame(Self.lines[3], line)
    let frame = IvyFrame(bytes.span)
    #expect(frame != nil)
    #expect(frame?.pressure == pressure)
    // Said twice, it is believed; by a listener also the first time.
    let decoded = Decoded(Self.model, [bytes + bytes + bytes])
    let results = decoded.numbers.filter { if case .determination = $0 { true } else { false } }
    #expect(results == [pressure?.result].compactMap { $0.map { .determination(.result($0)) } })
  }

  @Test(arguments: [
    // Counts and fields that disagree, fields lost, doubled, torn apart.
    ["SPO2=1;100;PR=80 ;", "NIBP=3;121;75;92;80;;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;12175;92;80;;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;121;75;92;80;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;121;75;92;80;;;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;1;21;75;92;80;;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;1x1;75;92;80;;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;1211;75;92;80;;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;121;05;92;80;;"],
    ["SPO2=2;100;PR=80 ;", "NIBP=4;121;75;92;80;;"],
    ["SPO2=1;100PR=80 ;", "NIBP=4;121;75;92;80;;"],
    ["SPO2=;100;PR=80 ;", "NIBP=4;121;75;92;80;;"],
    ["SPO2=11;100;PR=80 ;", "NIBP=4;121;75;92;80;;"],
    ["SPO2 1;100;PR=80 ;", "NIBP=4;121;75;92;80;;"], ["SPO2=1;100;PR=80 ;", ""],
    ["SPO=1;100;PR=80 ;", "NIBP=4;121;75;92;80;;"], ["SPO2=1;100;PR=80 ;", "NIP=4;121;75;92;80;;"],
    ["SPO2=1;100;PR=80 ;", "SPO2=1;98;PR=80 ;", "NIBP=4;121;75;92;80;;"],
    ["SPO2=1;100;PR=80 ;", "NIBP=4;121;75;92;80;;", "NIBP=4;122;75;92;80;;"],
    ["SPO2=1;100;PR=80 ;"], ["NIBP=4;121;75;92;80;;"],
  ])
  func `refuses what is damaged`(_ lines: [String]) {
    let bytes = Self.frame(lines: lines)
    let account = Decoded(Self.model, [bytes]).account
    #expect(account.frames == 0)
    #expect(account.damage.broken == bytes.count)
  }

  @Test func `takes bytes of any length`() {
    let bytes = Self.frame()
    for length in 0..<bytes.count {
      #expect(IvyFrame(Array(bytes.prefix(length)).span) == nil)
    }
    #expect(IvyFrame(bytes.span) != nil)
    #expect(IvyFrame(Self.frame(lines: []).span) == nil)
  }

  @Test func `lets waves have any value`() {
    let waves: [[UInt8]] = [
      Array(repeating: 0xFF, count: 400), Array(repeating: 0xFE, count: 400),
      (0..<400).map { UInt8(truncatingIfNeeded: $0) },
      Array(repeatElement(Array("\u{0D}HR=1;80;".utf8), count: 45).joined().prefix(400)),
    ]
    for wave in waves {
      let bytes = Self.frame(waves: wave)
      let decoded = Decoded(Self.model, [bytes + bytes])
      #expect(decoded.account.frames == 2)
      #expect(decoded.account.damagedBytes == 0)
      // And when the first frame lost a sample, the second one is found.
      let damaged = Decoded(Self.model, [Array(bytes.dropFirst(60)) + bytes])
      #expect(damaged.account.frames == 1)
      #expect(damaged.readings == [Self.reading(100, 80)])
    }
  }

  @Test func `encodes what it decodes`() {
    var frame = IvyFrame()
    (frame.saturation, frame.pulseRate) = (93, 121)
    frame.pressure = .init(systolic: 118, diastolic: 71, mean: 90, pulseRate: 66)
    let bytes = frame.encoded(pleth: (0..<50).map { 0x60 + $0 })
    #expect(IvyFrame(bytes.span) == frame)
    #expect(Array(bytes[259..<309]) == (0..<50).map { 0x60 + $0 })
    for status in [.sensorOff, .searching] as [SignalStatus] {
      var frame = IvyFrame()
      frame.status = status
      #expect(IvyFrame(frame.encoded().span) == frame)
    }
  }
}

/// A pressure stands on the monitor's screen until the next one; its age is not in the protocol.
@Suite struct `The blood pressure of an Ivy` {
  typealias Pressure = IvyFrame.Pressure

  private static let first = Pressure(systolic: 121, diastolic: 75, mean: 92, pulseRate: 80)
  private static let second = Pressure(systolic: 134, diastolic: 81, mean: 99, pulseRate: 84)

  /// Gives the driver a frame a second and returns the seconds at which it told of a pressure.
  private func results(
    _ shown: [Pressure?], pauseBefore: Int? = nil, reopenBefore: Int? = nil
  ) -> [Int: Pressure] {
    Self.play(`Ivy Ansar-B`.model.makeDriver(), shown, pauseBefore, reopenBefore)
  }

  private static func play(
    _ prototype: some Driver, _ shown: [Pressure?], _ pauseBefore: Int?, _ reopenBefore: Int?
  ) -> [Int: Pressure] {
    var driver = prototype
    var results: [Int: Pressure] = [:]
    var now = Instant.zero
    driver.handle(.opened, at: now) { _, _ in }
    for (index, pressure) in shown.enumerated() {
      now = now + .seconds(index == pauseBefore ? 20 : 1)
      if index == reopenBefore {
        driver.handle(.closed, at: now) { _, _ in }
        driver.handle(.opened, at: now) { _, _ in }
      }
      var frame = IvyFrame()
      (frame.saturation, frame.pulseRate, frame.pressure) = (97, 72, pressure)
      driver.handle(.bytes(frame.encoded()), at: now) { _, output in
        guard case .determination(let determination) = output else { return }
        #expect(determination == pressure?.result.map { .result($0) } ?? .failed(.implausible))
        results[index] = pressure
      }
    }
    return results
  }

  @Test func `is not new when it stood there from the beginning`() {
    #expect(results([Self.first, Self.first, Self.first, Self.first]).isEmpty)
  }

  @Test func `is new when it changes, once it was said twice`() {
    #expect(
      results([Self.first, Self.first, Self.second, Self.second, Self.second])
        == [3: Self.second])
    #expect(
      results([nil, nil, Self.first, Self.first, Self.first, Self.second, Self.second])
        == [3: Self.first, 6: Self.second])
  }

  @Test func `is not new when one frame said another one`() {
    // 121 lost a digit in one frame.
    let damaged = Pressure(systolic: 221, diastolic: 75, mean: 92, pulseRate: 80)
    #expect(
      results([Self.first, Self.first, damaged, Self.first, Self.first, damaged, Self.first])
        .isEmpty)
    #expect(results([nil, damaged, Self.first, damaged, nil, damaged, nil]).isEmpty)
  }

  @Test func `is not new when it comes back after a blank`() {
    #expect(results([Self.first, Self.first, nil, nil, nil, Self.first, Self.first]).isEmpty)
  }

  @Test func `is of unknown age after a pause or a new beginning`() {
    let shown = [Self.first, Self.first, Self.second, Self.second, Self.second]
    #expect(results(shown, pauseBefore: 2).isEmpty)
    #expect(results(shown, reopenBefore: 2).isEmpty)
  }

  @Test func `is a failure when the numbers cannot be one`() {
    let impossible = Pressure(systolic: 75, diastolic: 121)
    #expect(results([nil, impossible, impossible, impossible]) == [2: impossible])
  }

  @Test func `reaches the ward from a simulated monitor`() {
    let course = Course(stretch: .seconds(4))
    var bedside = Bedside(`Ivy Ansar-B`.model, patient: course.patient)
    bedside.open()
    bedside.pass(course.length)
    // Three stood there in turn, the first from the beginning.
    #expect(bedside.determinations.count == 2)
    #expect(bedside.driver.account.damagedBytes == 0)
    #expect(bedside.driver.account.frames == 37)
  }
}

@Suite struct `The pulse rate of an Ivy` {
  private func rates(_ texts: [String]) -> [Int?] {
    let bytes = texts.flatMap { `Ivy Ansar-B`.frame("SPO2=1;97;PR=\($0);") }
    return Decoded(`Ivy Ansar-B`.model, [bytes]).readings.map { $0.pulseRate?.perMinute }
  }

  @Test func `does not lose its first digit`() {
    #expect(rates(["180 ", "80 ", "181 ", "181 "]) == [180, nil, nil, 181])
    #expect(rates(["80 ", "180 ", "80 ", "80 "]) == [80, nil, nil, 80])
  }

  @Test func `may change`() {
    #expect(rates(["98 ", "99 ", "100", "101", "99 "]) == [98, 99, 100, 101, 99])
    // By as much as nobody's does: believed when it stays.
    #expect(rates(["60 ", "160", "160"]) == [60, nil, 160])
  }
}

@Suite(.enabled(if: IvyCapture.isHere, "the recordings are not on this machine"))
struct `A recording of a real Ivy 450C` {
  @Test func `decodes to 27 frames`() throws {
    let bytes = try IvyCapture.bytes()
    let decoded = Decoded(`Ivy Ansar-B`.model, [bytes])
    #expect(decoded.account.frames == 27)
    #expect(decoded.account.framedBytes == 27 * 562)
    // It begins in the middle of a frame.
    #expect(decoded.account.damage.stray == 252)
    #expect(decoded.account.damagedBytes == 252)
    #expect(decoded.account.pendingBytes == 0)
    #expect(decoded.readings.count == 27)
    #expect(
      decoded.readings.allSatisfy {
        $0 == `Ivy Ansar-B`.reading(100, 80) && $0.isUsable && $0.carriesNumerics
      })
    let results = decoded.outputs.filter { if case .determination = $0 { true } else { false } }
    #expect(results == [.determination(.result(`Ivy Ansar-B`.pressure))])
  }

  @Test func `has the same text in every frame but for an arterial pressure`() throws {
    let bytes = try IvyCapture.bytes()
    for index in 0..<27 {
      let start = 252 + index * 562
      let frame = Array(bytes[start..<start + 562])
      let lines = String(decoding: frame[409..<561], as: UTF8.self)
        .split(separator: "\r").map(String.init)
      #expect(lines.count == 9)
      for (line, expected) in zip(lines, `Ivy Ansar-B`.lines) where !line.hasPrefix("P1=") {
        #expect(line == expected)
      }
      #expect(IvyFrame(frame.span)?.pressure?.result == `Ivy Ansar-B`.pressure)
      #expect(IvyFrame(frame.span)?.saturation == 100)
      #expect(IvyFrame(frame.span)?.pulseRate == 80)
    }
  }

  @Test func `reports no pressure that stood there already`() throws {
    let bytes = try IvyCapture.bytes()
    #expect(Self.determinations(`Ivy Ansar-B`.model.makeDriver(), bytes) == 0)
  }

  private static func determinations(_ prototype: some Driver, _ bytes: [UInt8]) -> Int {
    var driver = prototype
    var count = 0
    driver.handle(.opened, at: .zero) { _, _ in }
    for (index, chunk) in stride(from: 0, to: bytes.count, by: 562).enumerated() {
      let end = min(bytes.count, chunk + 562)
      driver.handle(.bytes(Array(bytes[chunk..<end])), at: .seconds(index)) {
        if case .determination = $1 { count += 1 }
      }
    }
    return count
  }
}

/// The only recording here that is not text.
private enum IvyCapture {
  private static let file = Fixtures.root
    .appending(path: "../shared/captures/ivy450c_ansarb.bin").standardized

  static var isHere: Bool { FileManager.default.fileExists(atPath: file.path) }

  static func bytes() throws -> [UInt8] { Array(try Data(contentsOf: file)) }
}

extension IvyFrame.Pressure {
  /// As it must reach the ward.
  var result: BloodPressure? {
    BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: mean,
      pulseRate: pulseRate.flatMap { PulseRate(perMinute: $0) })
  }
}
