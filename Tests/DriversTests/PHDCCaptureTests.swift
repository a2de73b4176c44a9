import Drivers
import TestKit
import Testing
import Vitals

/// The APDUs with which Antidote tests itself, read where they lie beside the repository.
@Suite(.enabled(if: Captures.areHere, "the recordings are not on this machine"))
struct `APDUs of Antidote` {
  private let apdus: [String: [UInt8]]

  init() throws {
    let lines = try Captures.text("antidote_apdu.hex.txt").split(whereSeparator: \.isNewline)
    var apdus: [String: [UInt8]] = [:]
    for line in lines where !line.hasPrefix("#") {
      let words = line.split(whereSeparator: \.isWhitespace)
      var bytes = hex(String(words[1]))
      // Two of them begin behind the header.
      if words[0].hasPrefix("data_apdu") {
        bytes = [0xE7, 0] + PHDCBytes.octets(PHDCBytes.octets(bytes))
      }
      apdus[String(words[0])] = bytes
    }
    self.apdus = apdus
  }

  /// Written by hand, with lengths that contradict each other or the bytes that are there.
  private let contradictory: Set = [
    "H221_ID_0190", "H221_ID_02BC", "pedometer_pedometer_noti_config", "scan_report_info_var",
    "pulse_oximeter_pulse_oximeter_buf_scan_report_mp_grouped",
  ]

  private func apdu(_ name: String) throws -> [UInt8] { try #require(apdus[name]) }

  @Test func `are all taken whole, those of scales and pedometers, too`() {
    #expect(apdus.count > 50)
    for (name, bytes) in apdus {
      let account = Decoded(Catalog.model(id: "phdc")!, [bytes]).account
      let isWhole = !contradictory.contains(name)
      #expect(account.frames == (isWhole ? 1 : 0), "\(name)")
      #expect(account.damagedBytes == (isWhole ? 0 : bytes.count), "\(name)")
    }
  }

  @Test func `bring no trap and no number of another device, whatever their order`() {
    for seed in seeds(40) {
      var random = Seeded(seed)
      var visit = PHDCVisit()
      let others = apdus.filter { name, _ in
        ["weighing", "pedometer", "H211", "H221", "H231", "H233", "rx_"].contains {
          name.hasPrefix($0) && !name.hasSuffix("0190") && !name.hasSuffix("02BC")
        }
      }
      for (_, bytes) in others.sorted(by: { $0.key < $1.key }).shuffled(using: &random) {
        visit.say(bytes)
      }
      let numbers = visit.readings.filter { if case .identified = $0 { false } else { true } }
      #expect(numbers.isEmpty, "seed \(seed)")
    }
  }

  @Test func `of an association are answered as Antidote does`() throws {
    var visit = PHDCVisit()
    visit.say(try apdu("pulse_oximeter_pulse_oximeter_association_request"))
    #expect(visit.answers() == [try apdu("H212")])
    visit.say(try apdu("H211_ID_0190"))
    var known = try apdu("H212")
    known[5] = 0
    var question = try apdu("H232")
    question.replaceSubrange(6..<8, with: [0, 0])
    #expect(visit.answers() == [known, question])
    visit.say(try apdu("rx_rlrq_normal"))
    #expect(visit.answers() == [try apdu("rx_rlre_normal")])
    visit.say(try apdu("H211_ID_05DC"))
    known[5] = 1
    #expect(visit.answers() == [known])
  }

  @Test func `of an Omron cuff are understood and answered`() throws {
    var visit = PHDCVisit()
    visit.say(try apdu("blood_pressure_aarq"))
    visit.say(try apdu("blood_pressure_roiv_mdc_noti_config"))
    let answers = visit.answers()
    #expect(
      Array(answers.prefix(2)) == [
        try apdu("blood_pressure_aare_accept_unknown_conf"),
        try apdu("blood_pressure_rors_accepted_config"),
      ])
    visit.say(try apdu("blood_pressure_roiv_mds_note_scan_report_mp_fixed"))
    #expect(visit.answers() == [PHDCBytes.confirmation(0x0D1F, invokeID: 1)])
    #expect(
      visit.readings == [
        .stored(
          StoredReading(
            .pressure(Course.pressure(113, 71, 85, 71)),
            deviceTime: DeviceTime("2010-07-21T15:35:53")))
      ])
  }

  @Test(arguments: ["0190", "02BC"])
  func `of standard configurations are understood, and who sends them`(_ id: String) throws {
    var visit = PHDCVisit()
    visit.say(try apdu("H211_ID_\(id)"))
    visit.say(PHDCBytes.call(0x0203, 0, Array(try apdu("H233_ID_\(id)").dropFirst(12))))
    visit.say(try apdu("H241_ID_\(id)"))
    let model = id == "0190" ? "TheCompany OximeterABC" : "TheCompany TheBPM ABC"
    #expect(
      visit.readings.first
        == .identified(DeviceIdentity(model: model, serial: "DE124567")))
    #expect(visit.readings.count == 2)
    guard case .stored = visit.readings.last else {
      Issue.record("\(visit.readings)")
      return
    }
  }

  @Test func `of reports are confirmed`() throws {
    var visit = PHDCVisit(associatedWith: 0x0190)
    _ = visit.answers()
    visit.say(try apdu("H241"))
    #expect(visit.outputs == [.send(try apdu("H242"))])
  }

  @Test(
    arguments: [
      "unbuf_scan_report_", "unbuf_scan_report_mp_", "buf_scan_report_", "buf_scan_report_mp_",
    ], ["fixed", "grouped", "var"])
  func `of scanners are present readings`(_ report: String, _ layout: String) throws {
    var visit = PHDCVisit(associatedWith: 0x4000)
    visit.say(try apdu("pulse_oximeter_pulse_oximeter_noti_config_with_scanner"))
    _ = visit.answers()
    let name = "pulse_oximeter_pulse_oximeter_\(report)\(layout)"
    guard !contradictory.contains(name) else { return }
    visit.say(try apdu(name))
    let isConfirmed = report.hasPrefix("unbuf")
    let rate = layout == "grouped" ? (isConfirmed ? 80 : 73) : 72
    #expect(visit.readings == [PHDCBytes.present(98, rate)])
    #expect(visit.answers().count == (isConfirmed ? 1 : 0))
  }

  @Test func `of a Nonin's configuration make its reports spot checks`() throws {
    var visit = PHDCVisit(associatedWith: 0x4000)
    visit.say(try apdu("pulse_oximeter_pulse_oximeter_noti_config"))
    let answer = try #require(visit.answers().dropFirst().first)
    #expect(answer == hex("E700 0016 0014 3212 0201 000E 0000 000F1090 0D1C 0004 0191 0000"))
    visit.say(try apdu("H241_ID_0190"))
    #expect(visit.readings == [PHDCBytes.stored(98, 72, "2007-12-06T12:10:00")])
  }
}
