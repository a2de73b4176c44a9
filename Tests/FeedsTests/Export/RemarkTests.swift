import Feeds
import Recording
import Testing
import Vitals

/// What people wrote, and what happened, in the forms that have a place for it.
@Suite struct RemarkTests {
  private static let texts = [
    "plain", #"commas, "quotes"; and, more"#, "two\nlines\r\nand a\ttab", "Grüße, 患者, 🙂👩‍⚕️",
    "\u{14}\u{15}\u{0}\u{7f} control", "", "(1/2) looks like a part", "\u{301}combining first",
  ]

  private func log(note text: String) -> SessionLog {
    Handwritten.quiet(
      60, Handwritten.seconds(0..<60),
      (30, #""audit","what":"note","text":\#(JSONLine.quoted(text)),"by":"rn1""#))
  }

  /// Control characters are spaces in signal files.
  private func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7f ? " " : $0 }))
  }

  @Test(arguments: texts) func `a note is written as it was`(text: String) throws {
    let log = log(note: text)
    let line = log.lines.first { $0["what"]?.words == "note" }
    #expect(line?["text"] == .string(text))
    let words = text.isEmpty ? "note (rn1)" : "note: \(plain(text)) (rn1)"
    let told = try log.edf().annotations.first { $0.text.contains("note") }
    #expect(told?.text == words && told?.onset == 30)
    let remark = log.wfdb.annotations.first { $0.text.contains("note") }
    #expect(remark?.text == words && remark?.sample == 31)
    // A table of numbers stays one.
    #expect(log.rows(.csv).count == 60 && Set(log.rows(.csv).map(\.count)) == [12])
  }

  @Test(arguments: [
    "word ", "äöü€", "🙂", "👩‍👩‍👧‍👦", "e\u{301}\u{302}\u{303}",
    "o" + String(repeating: "\u{308}", count: 150),
  ])
  func `a text longer than a record comes in numbered parts`(piece: String) throws {
    let text = String(repeating: piece, count: 2400 / piece.utf8.count)
    let log = log(note: text)
    func joined(_ parts: [String]) -> String {
      parts.filter { $0.hasPrefix("(") }.map { part in
        String(part.unicodeScalars.drop { $0 != ")" }.dropFirst(2))
      }.joined()
    }
    let edf = try log.edf().annotations.map(\.text)
    #expect(joined(edf) == "note: \(text) (rn1)")
    #expect(edf.allSatisfy { $0.utf8.count <= 200 })
    let wfdb = log.wfdb.annotations.map(\.text)
    #expect(joined(wfdb) == joined(edf) && wfdb.allSatisfy { $0.utf8.count <= 255 })
    #expect(edf.first { $0.hasPrefix("(1/") } != nil)
  }

  @Test func `more annotations than records have room for are all there`() throws {
    let notes = (0..<300).map { number in
      (at: 3, body: #""audit","what":"note","text":"number \#(number)","by":"rn1""#)
    }
    let one = Handwritten(
      [(0, #""session","state":"baseline","by":"rn1""#)] + notes,
      samples: [Handwritten.sample(3000)]
    ).log
    let edf = try one.edf()
    #expect(edf.records.count == 1)
    #expect(edf.annotations.count { $0.text.hasPrefix("note: number") } == 300)
    // With many records the last ones of them need no larger ones.
    let many = Handwritten(
      [(0, #""session","state":"baseline","by":"rn1""#)] + notes,
      samples: Handwritten.seconds(0..<4)
    ).log
    #expect(try many.edf().annotations.count { $0.text.hasPrefix("note: number") } == 300)
    let long = Handwritten(
      [(0, #""session","state":"baseline","by":"rn1""#)]
        + notes.map { (at: 599, body: $0.body) }, samples: Handwritten.seconds(0..<600)
    ).log
    let wide = try long.edf()
    #expect(wide.annotations.count == 301 && wide.recordBytes < 120)
    #expect(wide.annotations.filter { $0.text.hasPrefix("note") }.allSatisfy { $0.onset == 599 })
  }

  @Test func `years between remarks are no difficulty`() throws {
    // 400 days are more than 24 bits of seconds.
    let days = 400 * 86_400
    let log = Handwritten(
      [
        (0, #""session","state":"scheduled","by":"rn1""#),
        (days, #""session","state":"baseline","by":"rn1""#),
        (days + 10, #""session","state":"aborted","by":"rn1""#),
        (3 * days, #""audit","what":"addendum","text":"much later","by":"rn1""#),
      ], samples: Handwritten.seconds(days..<(days + 10))
    ).log
    #expect(log.rows(.csv).map { $0["t"] }.last == "\(days + 9)")
    let edf = try log.edf()
    #expect(edf.records.map(\.onset) == (0..<10).map(Double.init))
    #expect(edf.annotations.map(\.onset).sorted() == [Double(-days), 0, 10, Double(2 * days)])
    #expect(log.wfdb.annotations.map(\.sample) == [1, 1, 11, 2 * days + 1])
    #expect(log.wfdb.annotations[0].text.hasPrefix("(-9600:00:00) session: scheduled"))
  }

  @Test func `alarms, session, pressures and signatures are told in words`() throws {
    let log = Handwritten(
      Handwritten.with(
        (
          400,
          #""alarm","alarm":"SPO2_LOW","change":"raised","priority":"medium","value":86,"limit":88,"id":1"#
        ),
        (
          420,
          #""alarm","alarm":"SPO2_LOW","change":"acknowledged","priority":"medium","id":1,"by":"rn1""#
        ),
        (
          500,
          #""reading","sbp":128,"dbp":79,"map":95,"pr":72,"source":"cuff","quality":"questionable""#
        ),
        (510, #""reading","sbp":121,"dbp":70,"map":87,"source":"manual","by":"rn1""#),
        (520, #""checkpoint","due":500.0,"result":"met""#),
        (530, #""device","slot":"ox","change":"disconnected","reason":"unplugged""#),
        (540, #""audit","what":"symptom","name":"nausea","severity":"mild","by":"rn1""#),
        (550, #""audit","what":"delivered","alarm":"SPO2_LOW","id":1"#),
        (4555, #""signature","result":"accepted","by":"rn1","number":1,"of":1,"meaning":"release""#)
      ),
      samples: Handwritten.seconds(0..<4560)
    ).log
    #expect(
      try log.edf().annotations.map(\.text) == [
        "session: baseline (rn1)", "session: infusing (rn1)",
        "alarm SPO2_LOW: raised, medium, value 86, limit 88",
        "alarm SPO2_LOW: acknowledged, medium (rn1)",
        "NIBP 128/79 (95) mmHg: cuff, questionable, pulse 72",
        "NIBP 121/70 (87) mmHg: manual (rn1)", "device ox: disconnected, unplugged",
        "symptom: name nausea, severity mild (rn1)", "session: observation, completed (rn1)",
        "session: readyForSignOff (system)", "signature: accepted, release (rn1)",
        "session: signedOff (rn1)",
      ])
    // A checkpoint's due time lies on the axis of t.
    let checkpoint = log.lines.first { $0["event"]?.words == "checkpoint" }
    #expect(checkpoint?["due"]?.words == "500.0" && checkpoint?["t"]?.words == "520.0")
  }

  @Test func `a corrected or marked pressure says so, and has the numbers in force`() {
    let log = Handwritten.quiet(
      100, [],
      (10, #""reading","sbp":180,"dbp":79,"map":113,"source":"manual","by":"rn1""#),
      (20, #""reading","sbp":128,"dbp":80,"map":96,"source":"cuff""#),
      (
        30,
        #""audit","what":"corrected","reading":1,"from":"180/79","to":"118/79","by":"rn1","reason":"typo""#
      ),
      (
        40, #""audit","what":"annotated","reading":2,"mark":"artefact","by":"rn1","reason":"moved""#
      ),
      (50, #""audit","what":"annotated","reading":9,"mark":"artefact","by":"rn1","reason":"none""#))
    let rows = log.rows(.csv).filter { $0["sbp"] != "" }
    #expect(rows.map { $0["sbp"] } == ["118", "128"] && rows.map { $0["map"] } == ["", "96"])
    #expect(rows.map { $0["nibp_quality"] } == ["corrected", "artefact"])
  }
}
