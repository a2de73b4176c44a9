import Drivers
import TestKit
import Testing
import Vitals

/// One row of a message, and whether it is a number (`clinical.md` 5.2, 5.5).
@Suite struct `A row of HL7` {
  /// What the row says beside a good pulse rate, and how the message is answered.
  private func hear(_ row: String) -> (reading: OximeterReading?, answer: String?) {
    var host = HL7Host()
    host.tell([HL7Text.header, HL7Text.rate, row])
    return (host.readings.last, host.answers.last)
  }

  private func row(
    type: String = "NM", code: String = "150456^MDC_PULS_OXIM_SAT_O2^MDC",
    subID: String = "1.3.1.150456", value: String = "97",
    unit: String = "262688^MDC_DIM_PERCENT^MDC", range: String = "", flags: String = "",
    status: String = "R", rest: String = ""
  ) -> String {
    "OBX|1|\(type)|\(code)|\(subID)|\(value)|\(unit)|\(range)|\(flags)|||\(status)\(rest)"
  }

  @Test func `is the example of the page`() {
    let row =
      "OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.1.1.150456|97|262688^MDC_DIM_PERCENT^MDC|||||F"
    let (reading, answer) = hear(row)
    #expect(reading == OximeterReading(saturation: 97, pulseRate: 72))
    #expect(answer == "CA KC-1")
  }

  @Test(arguments: [
    "150456^MDC_PULS_OXIM_SAT_O2^MDC", "150456", "150456^^MDC", "19384^MDC_PULS_OXIM_SAT_O2^MDC",
    "59408-5^Oxygen saturation^LN", "59408-5^^LN^150456^MDC_PULS_OXIM_SAT_O2^MDC",
    "SPO2^Saturation^LOCAL^150456^MDC_PULS_OXIM_SAT_O2^MDC",
  ])
  func `counts under any of the known codes`(_ code: String) {
    #expect(hear(row(code: code, subID: "")).reading?.saturation?.percent == 97)
  }

  @Test(arguments: [
    // A wrong code seen in a public guide: the saturation of an arterial sample.
    "150324^MDC_PULS_OXIM_SAT_O2^MDC", "150324^MDC_SAT_O2_ART^MDC", "160^SpO2^LOCAL", "",
    "150456^MDC_PULS_OXIM_SAT_O2^LN", "59408-5^Oxygen saturation", "15045^^MDC", "1504560^^MDC",
  ])
  func `is nothing under another code`(_ code: String) {
    let (reading, answer) = hear(row(code: code, subID: ""))
    #expect(reading == OximeterReading(pulseRate: 72))
    #expect(answer == "CA KC-1")
  }

  @Test(arguments: [
    "150456^MDC_SAT_O2_ART^MDC", "150456^MDC_PULS_OXIM_PULS_RATE^MDC",
    "150456^MDC_PULS_OXIM_SAT_O2^MDC^8889-8^Pulse^LN", "150456^MDC_PULS_OXIM_SAT_O^MDC",
  ])
  func `is refused when code and name disagree`(_ code: String) {
    let (reading, answer) = hear(row(code: code, subID: ""))
    #expect(reading == OximeterReading(pulseRate: 72))
    #expect(answer == "CE KC-1")
  }

  @Test(arguments: [
    "262688^MDC_DIM_PERCENT^MDC", "262688^MDC_DIM_PERCENT^MDC^%^%^UCUM", "262688", "544^^MDC", "%",
    "%^percent^UCUM",
  ])
  func `counts in its unit`(_ unit: String) {
    #expect(hear(row(unit: unit)).reading?.saturation?.percent == 97)
  }

  @Test(arguments: [
    "", "264864^MDC_DIM_BEAT_PER_MIN^MDC", "262688^MDC_DIM_MMHG^MDC", "/min", "kPa", "1", "26268",
    "262688^MDC_DIM_PERCENT^MDC^/min^/min^UCUM", "percent",
  ])
  func `is no number in another unit`(_ unit: String) {
    let (reading, answer) = hear(row(unit: unit))
    #expect(reading == OximeterReading(pulseRate: 72))
    #expect(answer == "CE KC-1")
  }

  @Test(arguments: ["F", "R", "P"])
  func `counts with a status that vouches for it`(_ status: String) {
    #expect(hear(row(status: status)).reading?.saturation?.percent == 97)
  }

  @Test(arguments: ["X", "D", "W", "C", "I", "N", "O", "S", "U", ""])
  func `is no number with any other status`(_ status: String) {
    let (reading, answer) = hear(row(status: status))
    #expect(reading == OximeterReading(pulseRate: 72))
    #expect(answer == "CA KC-1")
  }

  @Test(arguments: [
    ("97", 97), ("97.0", 97), ("97.4", 97), ("97.5", 98), ("+97", 97), ("097", 97), ("99.99", 100),
  ])
  func `has a decimal number`(_ value: String, _ percent: Int) {
    #expect(hear(row(value: value)).reading?.saturation?.percent == percent)
  }

  @Test(arguments: ["", "\"\"", "-999", "-100", "0", "0.0", "127", "32767", "101"])
  func `is missing with a sentinel`(_ value: String) {
    let (reading, answer) = hear(row(value: value))
    #expect(reading == OximeterReading(pulseRate: 72))
    #expect(answer == "CA KC-1")
  }

  @Test(arguments: [
    "9x", "9 7", " 97", "97 ", "9.", ".97", "97.0.0", "--", "-", "+", "97%", "97^97", "97~96",
    "1e2", "9,7", "1234567", "\\T\\", "？",
  ])
  func `is refused when it is no number`(_ value: String) {
    let (reading, answer) = hear(row(value: value))
    #expect(reading == OximeterReading(pulseRate: 72))
    #expect(answer == "CE KC-1")
  }

  @Test(arguments: ["ST", "TX", "CWE", "SN", "", "N", "NMM"])
  func `is refused when its type is not NM`(_ type: String) {
    let (reading, answer) = hear(row(type: type))
    #expect(reading == OximeterReading(pulseRate: 72))
    #expect(answer == "CE KC-1")
  }

  @Test(arguments: [
    ("INV", OximeterReading(pulseRate: 72)), ("NAV", OximeterReading(pulseRate: 72)),
    ("L~PH~SP", OximeterReading(saturation: 97, pulseRate: 72)),
    ("N", OximeterReading(saturation: 97, pulseRate: 72)),
    (">", OximeterReading(pulseRate: 72)),
    ("QUES", OximeterReading(saturation: 97, pulseRate: 72, status: .lowConfidence)),
    ("DEMO", OximeterReading(status: .demonstration)),
    ("N~DEMO", OximeterReading(status: .demonstration)),
    ("TEST", OximeterReading(status: .demonstration)),
  ])
  func `obeys its flags`(_ flags: String, _ reading: OximeterReading) {
    #expect(hear(row(flags: flags)).reading == reading)
  }

  @Test func `of an old observation is no number`() {
    func hear(_ time: String) -> Int? {
      self.hear(row(rest: "|||\(time)")).reading?.saturation?.percent
    }
    #expect(hear("20260314101600-0500") == 97)
    #expect(hear("20260314101502-0500") == 97)
    #expect(hear("20260314101501-0500") == nil)
    // The same instant elsewhere, and a wall without a zone.
    #expect(hear("20260314151602+0000") == 97)
    #expect(hear("20260314101602") == 97)
    #expect(hear("20260314") == nil)
    #expect(hear("2026031410160-0500") == nil)
    #expect(hear("20260314106602") == nil)
    #expect(hear("20260230101602") == nil)
  }

  @Test func `is refused when its fields ran into others`() {
    // One separator lost or too many, at every place.
    let good = row(value: "88", range: "92-100", rest: "|||20260314101602-0500")
    #expect(hear(good).reading?.saturation?.percent == 88)
    for (index, character) in good.enumerated() where character == "|" && index > 3 {
      for edit in ["", "||", "|^|"] {
        var damaged = Array(good)
        damaged.replaceSubrange(index...index, with: Array(edit))
        let heard = hear(String(damaged)).reading?.saturation?.percent
        #expect(heard == nil || heard == 88, "\(String(damaged))")
      }
    }
  }

  @Test func `that runs into the next one brings no number of it`() {
    let (reading, _) = hear(row() + row(value: "12"))
    #expect(reading?.saturation == nil)
    let long = row() + String(repeating: "|", count: 40)
    #expect(hear(long).reading?.saturation == nil)
  }

  @Test func `that contradicts another of its kind is no number`() {
    var host = HL7Host()
    host.tell([HL7Text.header, HL7Text.rate, row(value: "97"), row(value: "85")])
    #expect(host.readings == [OximeterReading(pulseRate: 72)])
    host.tell([HL7Text.header([10: "KC-2"]), HL7Text.rate, row(value: "97"), row(value: "97")])
    #expect(host.readings.last == OximeterReading(saturation: 97, pulseRate: 72))
    #expect(host.answers == ["CE KC-1", "CA KC-2"])
  }
}

extension OximeterReading {
  init(saturation: Int? = nil, pulseRate: Int?, status: SignalStatus = []) {
    self.init(
      saturation: saturation.flatMap { Saturation(percent: $0) },
      pulseRate: pulseRate.flatMap { PulseRate(perMinute: $0) }, status: status)
  }
}
