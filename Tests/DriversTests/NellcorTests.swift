import Drivers
import TestKit
import Testing
import Vitals

/// Lines of `protocols.md` 1.6 and of the recording.
@Suite struct `Nellcor real-time text` {
  static let model = Catalog.model(id: "nellcor")!
  typealias Field = NellcorLine.Field

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let line: NellcorLine
    let reading: OximeterReading
    var testDescription: String { text }
  }

  static let cases = [
    Case(
      text: "07-Jan-04 11:24:50   100     105      88                   AO",
      line: NellcorLine(
        saturation: Field(100), pulseRate: Field(105), amplitude: Field(88), status: [.alarmOff]),
      reading: reading(100, 105)),
    Case(
      text: "07-Jan-04 11:24:54   100     102      36    MO             AO",
      line: NellcorLine(
        saturation: Field(100), pulseRate: Field(102), amplitude: Field(36),
        status: [.interference, .alarmOff]),
      reading: reading(100, 102, .artifact)),
    Case(
      text: "14-Mar-26 09:05:30   ---     ---     ---    SD",
      line: NellcorLine(
        saturation: Field(nil), pulseRate: Field(nil), amplitude: Field(nil),
        status: [.sensorDisconnected]),
      reading: OximeterReading(status: .sensorDisconnected)),
    Case(
      text: "14-Mar-26 09:05:32    84*    122      40    SL",
      line: NellcorLine(
        saturation: Field(84, isBeyondLimit: true), pulseRate: Field(122), amplitude: Field(40),
        status: [.saturationLow]),
      reading: reading(84, 122)),
    Case(
      text: "14-MAR-26 09:05:34    97     180*      7",
      line: NellcorLine(
        saturation: Field(97), pulseRate: Field(180, isBeyondLimit: true), amplitude: Field(7)),
      reading: reading(97, 180)),
  ]

  private static func reading(
    _ spo2: Int, _ pr: Int, _ status: SignalStatus = []
  ) -> OximeterReading {
    OximeterReading(
      saturation: Saturation(percent: spo2), pulseRate: PulseRate(perMinute: pr), status: status)
  }

  @Test(arguments: cases) func `says every field`(_ c: Case) {
    #expect(NellcorLine(ascii: c.text) == c.line)
    #expect(
      Decoded(Self.model, [Array((c.text + "\r\n").utf8)]).outputs == [.oximetry(c.reading)])
    let encoded = String(decoding: c.line.encoded(after: 0).dropLast(2), as: UTF8.self)
    #expect(NellcorLine(ascii: encoded) == c.line)
  }

  @Test func `takes bytes of any length`() {
    let text = Array(Self.cases[1].text.utf8)
    for length in text.indices {
      let line = NellcorLine(Array(text.prefix(length)).span)
      // Only the last code can be missing.
      #expect(line == nil || line?.amplitude.number == 36)
    }
  }

  @Test func `encodes the line of the page`() {
    let line = NellcorLine(
      saturation: Field(84, isBeyondLimit: true), pulseRate: Field(122), amplitude: Field(40),
      status: [.saturationLow])
    #expect(
      String(decoding: line.encoded(after: 332), as: UTF8.self)
        == "14-Mar-26 09:05:32    84*    122      40    SL\r\n")
  }

  @Test(
    arguments: [
      ("AO", [], true), ("AS", [], true), ("LB", .lowBattery, true),
      ("LM", [.nonPulsatile, .artifact], false), ("LP", .nonPulsatile, false),
      ("MO", .artifact, false), ("PH", [], true), ("PL", [], true), ("PS", .searching, false),
      ("SH", [], true), ("SL", [], true), ("SD", .sensorDisconnected, false),
      ("SO", .sensorOff, false),
    ] as [(String, SignalStatus, Bool)])
  func `means by a code`(_ code: String, _ status: SignalStatus, _ isUsable: Bool) throws {
    let text = "14-Mar-26 09:05:32    97     122      40    " + code
    let reading = try #require(NellcorLine(ascii: text)?.reading)
    #expect(reading.status == status)
    #expect(reading.isUsable == isUsable)
  }

  @Test(arguments: [
    // A letter too many or too few anywhere before, in and behind a number.
    "07-Jan-04 11:24:5   100     105      88                   AO",
    "07-Jan-04 11:24:500   100     105      88                   AO",
    "07-Jan-04 11:24:50  100     105      88                   AO",
    "07-Jan-04 11:24:50    100     105      88                   AO",
    "07-Jan-04 11:24:50   10     105      88                   AO",
    "07-Jan-04 11:24:50   1100     105      88                   AO",
    "07-Jan-04 11:24:50   100    105      88                   AO",
    "07-Jan-04 11:24:50   100     15      88                   AO",
    "07-Jan-04 11:24:50   100     1055      88                   AO",
    "07-Jan-04 11:24:50   100     105     88                   AO",
    "07-Jan-04 11:24:50   100     105      8",
    "07-Jan-04 11:24:50   100     105      888",
    "07-Jan-04 11:24:50   100     105",
    "07-Jan-04 11:24:50   100     105      88 1                 AO",
    "07-Jan-04 11:24:50   100     105     --",
    "07-Jan-04 11:24:50   100     105      88  AO",
    // Codes that are none.
    "07-Jan-04 11:24:50   100     105      88                   A",
    "07-Jan-04 11:24:50   100     105      88                   AAO",
    "07-Jan-04 11:24:50   100     105      88    SDAO",
    "07-Jan-04 11:24:50   100     105      88    XX",
    "07-Jan-04 11:24:50   100     105      88    so",
    // Other lines of the device that say nothing.
    "    Command?", "  AO", "TIME", "N-560", "Hello",
  ])
  func `refuses what is damaged`(_ text: String) {
    #expect(NellcorLine(ascii: text) == nil)
    let account = Decoded(Self.model, [Array((text + "\r\n").utf8)]).account
    #expect(account.frames == 0)
    #expect(account.damage.broken == text.utf8.count + 2)
  }

  @Test(arguments: [
    "N-560    VERSION 1.61.00    CRC:XXXX  SpO2 Limit: 95-100%    PR Limit: 59-148BPM",
    "NPB-290 VERSION 1.0.0.1 CRC: XXXX SpO2 Limit: 30-100% PR Limit: 100-180BPM",
    "                             ADULT           25SAT-S ",
    "          NEO   0SAT-S   SPO2 RESP MODE: NORMAL",
    "TIME                 %SpO2   BPM     PA     Status", "TIME %SPO2 BPM PA Status", "",
  ])
  func `has headings, which bring no reading`(_ text: String) {
    let decoded = Decoded(Self.model, [Array((text + "\r\n").utf8)])
    #expect(decoded.account.frames == 1)
    #expect(decoded.account.damagedBytes == 0)
    #expect(decoded.readings.isEmpty)
    let isTitle = text.hasPrefix("N")
    #expect(decoded.outputs.isEmpty != isTitle)
  }

  @Test(.enabled(if: Captures.areHere, "the recordings are not on this machine"))
  func `of a real N-560`() throws {
    let text = try Captures.text("nellcor_n560_real_lines.txt")
    let decoded = Decoded(Self.model, [Array(text.utf8)])
    #expect(decoded.account.frames == 8)
    #expect(decoded.account.damagedBytes == 0)
    #expect(decoded.readings.map { $0.saturation?.percent } == [100, 100, 100, 100, 100])
    #expect(decoded.readings.map { $0.pulseRate?.perMinute } == [105, 104, 102, 101, 101])
    #expect(decoded.readings.map(\.status) == [[], [], .artifact, .artifact, []])
    #expect(
      decoded.outputs.last == .identified(DeviceIdentity(model: "N-560", firmware: "1.61.00")))
    let lines = text.split(separator: "\n").prefix(5).compactMap {
      NellcorLine(ascii: String($0))
    }
    #expect(lines.map(\.amplitude.number) == [88, 23, 36, 104, 26])
    #expect(lines.map { $0.status.contains(.alarmOff) } == [true, true, true, true, true])
  }
}

/// The one byte that is ever sent to a Nellcor.
@Suite struct `A Nellcor that falls silent` {
  private static let resume = DriverOutput.send([0x11])
  private static let model = `Nellcor real-time text`.model

  private func line(_ second: Int) -> [UInt8] {
    NellcorLine(saturation: .init(97), pulseRate: .init(72), amplitude: .init(40))
      .encoded(after: second)
  }

  /// The seconds at which it was sent something.
  private func sends(_ script: [(Int, DriverInput)], until end: Int) -> [Int] {
    Self.play(Self.model.makeDriver(), script, until: end)
  }

  private static func play(
    _ prototype: some Driver, _ script: [(Int, DriverInput)], until end: Int
  ) -> [Int] {
    var driver = prototype
    var sends: [Int] = []
    func note(_ instant: Instant, _ output: DriverOutput) {
      if case .send = output {
        #expect(output == resume)
        sends.append(Int(instant.milliseconds / 1000))
      }
    }
    for (second, input) in script {
      driver.handle(input, at: .seconds(second), emit: note)
    }
    driver.advance(to: .seconds(end), emit: note)
    return sends
  }

  @Test func `is told to go on after six seconds, and ever more seldom`() {
    let script = [(0, .opened), (2, .bytes(line(2))), (4, .bytes(line(4)))] as [(Int, DriverInput)]
    #expect(sends(script, until: 60) == [10])
    #expect(sends(script, until: 3600) == [10, 70, 190, 430, 910, 1870, 2830])
  }

  @Test func `is told once for each time it falls silent`() {
    #expect(
      sends(
        [(0, .opened), (2, .bytes(line(2))), (20, .bytes(line(20))), (22, .bytes(line(22)))],
        until: 60) == [8, 28])
  }

  @Test func `is left alone before its first reading`() {
    let heading = Array("TIME %SpO2 BPM PA Status\r\n".utf8)
    #expect(sends([(0, .opened)], until: 3600).isEmpty)
    #expect(sends([(0, .opened), (1, .bytes(heading))], until: 3600).isEmpty)
    #expect(sends([(0, .opened), (1, .bytes([0x07, 0x0A, 0x13]))], until: 3600).isEmpty)
  }

  @Test func `is left alone once its line is closed or opened again`() {
    #expect(
      sends([(0, .opened), (2, .bytes(line(2))), (3, .closed)], until: 3600).isEmpty)
    #expect(
      sends([(0, .opened), (2, .bytes(line(2))), (3, .closed), (4, .opened)], until: 3600)
        .isEmpty)
  }

  @Test func `because of XOFF goes on at XON`() {
    var simulator = Self.model.makeSimulator(Course(stretch: .seconds(60)).patient)
    var sent: [Int64] = []
    func note(_ instant: Instant, _ bytes: [UInt8]) { sent.append(instant.milliseconds / 1000) }
    simulator.handle(.opened, at: .zero, emit: note)
    simulator.handle(.bytes([0x13]), at: .seconds(5), emit: note)
    simulator.handle(.bytes([0x11]), at: .seconds(11), emit: note)
    simulator.advance(to: .seconds(15), emit: note)
    #expect(sent == [0, 2, 4, 12, 14])
  }

  @Test func `comes with headings every 25 lines, a line every two seconds`() {
    var simulator = Self.model.makeSimulator(Course(stretch: .seconds(60)).patient)
    var lines: [Int] = []
    var seconds: [Int64] = []
    simulator.handle(.opened, at: .zero) { _, _ in }
    simulator.advance(to: .seconds(3600)) {
      seconds.append($0.milliseconds / 1000)
      lines.append($1.count(where: { $0 == 0x0A }))
    }
    #expect(seconds == Array(stride(from: 2, through: 3600, by: 2)))
    #expect(lines.indices.allSatisfy { lines[$0] == (($0 + 1) % 25 == 0 ? 4 : 1) })
  }
}

extension NellcorLine {
  init?(ascii text: String) { self.init(Array(text.utf8).span) }
}
