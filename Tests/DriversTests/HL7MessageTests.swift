import Drivers
import TestKit
import Testing
import Vitals

/// Whole messages: the examples of `clinical.md` and what real monitors do to the rules.
@Suite struct `A message of HL7` {
  /// `clinical.md` 5.4, without the patient.
  private static let periodic = [
    HL7Text.header([7: "20260314101602.113-0500"]),
    "PID|||MRN-DEMO-0042^^^CLINIC01^MR||Doe^Alex^^^^^L||19840611|U",
    "OBR|1|KC-412|KC-412|182777000^monitoring of patient^SCT|||20260314101530-0500|20260314101600-0500",
    "OBX|1||69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC|1.0.0.0|||||||X|||||||CHAIR03^^0200",
    "OBX|2||69642^MDC_DEV_ANALY_SAT_O2_VMD^MDC|1.1.0.0|||||||X",
    "OBX|4|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.1.1.1|97|262688^MDC_DIM_PERCENT^MDC^%^%^UCUM|92-100||||R||||||AMEAS^auto-measurement^MDC~69123^MDC_OBS_CTS^MDC|||460500^MDC_UPEXT_FINGER^MDC",
    "OBX|5|NM|149530^MDC_PULS_OXIM_PULS_RATE^MDC|1.1.1.2|84|264864^MDC_DIM_BEAT_PER_MIN^MDC^/min^/min^UCUM|50-120||||R||||||AMEAS^auto-measurement^MDC~69123^MDC_OBS_CTS^MDC",
    "OBX|6|NM|150488^MDC_BLD_PERF_INDEX^MDC|1.1.1.3|2.4|262688^MDC_DIM_PERCENT^MDC^%^%^UCUM|||||R||||||AMEAS^auto-measurement^MDC~69123^MDC_OBS_CTS^MDC",
    "OBX|9|NM|150021^MDC_PRESS_BLD_NONINV_SYS^MDC|1.2.1.1|150|266016^MDC_DIM_MMHG^MDC^mm[Hg]^mm[Hg]^UCUM|90-160||||R|||20260314101541-0500|||AMEAS^auto-measurement^MDC~69124^MDC_OBS_NONCTS^MDC|||460532^MDC_UPEXT_ARM_UPPER^MDC",
    "OBX|10|NM|150022^MDC_PRESS_BLD_NONINV_DIA^MDC|1.2.1.2|90|266016^MDC_DIM_MMHG^MDC^mm[Hg]^mm[Hg]^UCUM|50-100||||R|||20260314101541-0500",
    "OBX|11|NM|150023^MDC_PRESS_BLD_NONINV_MEAN^MDC|1.2.1.3|110|266016^MDC_DIM_MMHG^MDC^mm[Hg]^mm[Hg]^UCUM|65-120||||R|||20260314101541-0500",
    "OBX|12|NM|149546^MDC_PULS_RATE_NON_INV^MDC|1.2.1.4|85|264864^MDC_DIM_BEAT_PER_MIN^MDC^/min^/min^UCUM|||||R|||20260314101541-0500",
  ]
  private let oximetry = OximeterReading(
    saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 84),
    perfusionIndex: PerfusionIndex(hundredths: 240))

  @Test(arguments: ["\r", "\n", "\r\n"])
  func `is read with any line end`(_ end: String) {
    var host = HL7Host(listening: true)
    host.tell(Self.periodic, end: end)
    #expect(host.readings == [oximetry])
    #expect(host.pressures == [Course.pressure(150, 90, 110, 85)])
    #expect(host.account.frames == 1)
    #expect(host.account.damagedBytes == 0)
  }

  @Test func `tells who sends it`() {
    var host = HL7Host()
    host.tell([HL7Text.header([3: "A\\T\\B^0200^EUI-64"]), HL7Text.rate])
    host.tell([HL7Text.header([3: "A\\T\\B^0200^EUI-64", 10: "2"]), HL7Text.rate])
    let identities = host.outputs.filter { if case .identified = $0 { true } else { false } }
    #expect(identities == [.identified(DeviceIdentity(model: "A&B", serial: "0200"))])
  }

  /// `clinical.md` 5.5, the last line: what was seen on real wires.
  @Test(
    arguments: [
      ("empty OBX-1", HL7Text.saturation.replacing("OBX|1|", with: "OBX||"), 97),
      ("-999", HL7Text.saturation.replacing("|97|", with: "|-999|"), nil),
      ("OBX-7", HL7Text.saturation.replacing("^MDC||||", with: "^MDC|90^160|||"), 97),
      ("a row without trailing fields", String(HL7Text.saturation.dropLast(2)), nil),
    ] as [(String, String, Int?)])
  func `keeps what real ones do`(_ name: String, _ row: String, _ percent: Int?) {
    var host = HL7Host()
    // No PID, no OBR.
    host.tell([HL7Text.header, row, HL7Text.rate], end: "\n")
    #expect(host.readings == [OximeterReading(saturation: percent, pulseRate: 72)], "\(name)")
    #expect(host.answers == ["CA KC-1"])
  }

  @Test func `of a demonstration has no numbers`() {
    var host = HL7Host(listening: true)
    let demo = HL7Text.saturation.replacing("^MDC|||||R", with: "^MDC||DEMO|||R")
    host.tell([HL7Text.header, demo, HL7Text.rate] + HL7Text.pressure())
    host.tell([HL7Text.header([11: "T"]), HL7Text.saturation] + HL7Text.pressure())
    host.tell([HL7Text.header([11: "D^A"]), HL7Text.saturation] + HL7Text.pressure())
    #expect(host.readings == Array(repeating: OximeterReading(status: .demonstration), count: 3))
    #expect(host.pressures.isEmpty)
  }

  @Test func `takes a pressure under a vendor's codes`() {
    var host = HL7Host(listening: true)
    let rows = HL7Text.pressure(142, 100, 114).map {
      $0.replacing("15002", with: "15030").replacing("BLD_NONINV", with: "CUFF")
    }
    host.tell([HL7Text.header] + rows)
    #expect(host.pressures.map(\.systolic) == [142])
    #expect(host.pressures.map(\.measuredMean) == [114])
    #expect(host.readings.isEmpty)
  }

  @Test func `takes a pressure without a mean, and none with half of it`() {
    var host = HL7Host(listening: true)
    let rows = HL7Text.pressure()
    host.tell([HL7Text.header] + rows.prefix(2))
    #expect(host.pressures.map(\.measuredMean) == [nil])
    for missing in 0..<2 {
      var half = rows
      half.remove(at: missing)
      host.tell([HL7Text.header] + half)
    }
    // Rows of different times, a mean that is none, a mean outside, a row under a flag.
    host.tell(
      [HL7Text.header] + rows.prefix(1) + HL7Text.pressure(at: "20260314101600").dropFirst())
    host.tell([HL7Text.header] + rows.prefix(2) + [rows[2].replacing("|110|", with: "|1x0|")])
    host.tell([HL7Text.header] + HL7Text.pressure(150, 90, 160))
    host.tell([HL7Text.header] + HL7Text.pressure(50, 90, 60))
    host.tell([HL7Text.header] + rows.map { $0.replacing("|||||R", with: "||QUES|||R") })
    #expect(host.pressures.count == 1)
  }

  @Test func `of an alarm is accepted and not read`() {
    var host = HL7Host()
    host.tell([
      HL7Text.header([9: "ORU^R40^ORU_R40"]),
      "OBR|1|KC-AR|alm-1|196616^MDC_EVT_ALARM^MDC|||20260314102144.512-0500",
      "OBX|4|ST|196674^MDC_EVT_LO_VAL_LT_LIM^MDC|1.1.1.1.1|Chair 03: SpO2 very low 87 < 88|||L~PH~SP|||R",
      "OBX|5|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.1.1.1.2|87|262688^MDC_DIM_PERCENT^MDC|||||R",
    ])
    #expect(host.readings.isEmpty)
    #expect(host.answers == ["CA KC-1"])
  }

  @Test(arguments: [
    "MSH|^~\\&", "MSH|^~\\&||||||ORU^R01|1|P|2.6", "MSG|^~\\&|||||||ORU^R01|1|P|2.6",
    "MSH|^~~&|||||||ORU^R01|1|P|2.6", "MSH|^~\\|||||||ORU^R01|1|P|2.6",
    "MSH|^~\\&X|||||||ORU^R01|1|P|2.6", "MSH|^~\\&|||||||ORU^R01||P|2.6",
    "MSH|^~\\&|||||||ORU^R01|1||2.6", "MSH|^~\\&|||||||ORU^R01|1|P|", "MSH|^~\\&||||||||1|P|2.6",
    "MSH|^~\\&|||||2026||ORU^R01|1|P|2.6", "MSH|^~\\&|||||||ORU^R01|1|P|3.0",
    "MSH|^~\\&|||||||ORU^R01|1|P|2.6\robx|1", "MSH|^~\\&|||||||ORU^R01|1|P|2.6\rOB|1",
    "MSH|^~\\&|||||||ORU^R01|1|P|2.6\rmore text", "MSH|^~\\&|||||||ORU^R01|1|P|2.6\u{1}", "", "\r",
  ])
  func `that is none is damage, and gets no answer`(_ text: String) {
    var host = HL7Host()
    host.tell([text, HL7Text.saturation])
    #expect(host.outputs.isEmpty)
    #expect(host.account.frames == 0)
    #expect(host.account.damagedBytes == HL7Text.bytes([text, HL7Text.saturation]).count)
  }

  @Test func `may choose its separators`() {
    var host = HL7Host()
    let lines = [HL7Text.header, HL7Text.saturation, HL7Text.rate].map {
      $0.replacing("|", with: "!").replacing("^", with: "*")
    }
    host.tell(lines)
    #expect(host.readings == [OximeterReading(saturation: 97, pulseRate: 72)])
    guard case .send(let answer) = host.outputs.last else {
      Issue.record("no answer")
      return
    }
    #expect(String(decoding: answer, as: UTF8.self).contains("\rMSA!CA!KC-1\r"))
  }
}
