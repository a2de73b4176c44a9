import Feeds
import Testing
import Vitals

/// What a report says of courses that no scene has.
@Suite struct ReportContentTests {
  private func page(_ log: SessionLog) -> PageReader { PageReader(Report(log).html) }

  @Test func `what is missing is said to be, and an empty log has a report`() {
    for lines in [[], [(at: 0, body: #""session","state":"baseline","by":"rn1""#)]] {
      let html = Report(Handwritten(lines).log).html
      #expect(html.contains("none recorded"))
      #expect(html.contains("None recorded."))
      #expect(html.contains("not a certified medical device"))
    }
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "\"><img src=x>", "</span></td></style>", "&amp; & 'x'",
    "a\u{0}b\u{1b}[31m", "\u{202e}", "} @import url(x); {", "\\\"}",
  ])
  func `no word of anybody becomes markup, style or script`(hostile: String) {
    let html = report(hostile)
    let plain = report("x")
    // The same elements, whatever the words.
    #expect(PageReader(html).elements.map(\.name) == PageReader(plain).elements.map(\.name))
    #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("\u{202e}"))
    let sheet = html.split(separator: "<style>")[1].split(separator: "</style>")[0]
    #expect(!sheet.contains("@import") && sheet.count { $0 == "{" } == sheet.count { $0 == "}" })
  }

  /// A report in which everybody said this, and everything is called so.
  private func report(_ words: String) -> String {
    let note = "\"audit\",\"what\":\"note\",\"text\":\(quoted(words)),\"by\":\"rn1\""
    var log = Handwritten(
      Handwritten.with((400, note)),
      commands: [LogCommand(at: .zero, name: "checkIn", by: "rn1", fields: ["patient": words])]
    ).log
    log.site = words
    log.chair = words
    log.id = words
    log.staff["rn1"] = SessionLog.Person(name: words, role: words)
    return Report(log).html
  }

  private func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      out +=
        scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
        ? "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        : String(scalar)
    }
    return out + "\""
  }

  @Test func `a page asks for nothing and runs nothing`() throws {
    let html = Report(try PlayedLog.play("S02").log).html
    for word in ["http", "<script", "<link", "<iframe", "@import", " onload", " src=", "style=\""] {
      #expect(!html.contains(word), "\(word)")
    }
  }

  @Test func `a gap has its reason, and completeness counts it`() {
    let lines = Handwritten.with(
      (1000, #""session","state":"infusing","substate":"away","by":"rn1","reason":"rn1""#),
      (1100, #""session","state":"infusing","substate":"returned","by":"rn1""#),
      (1560, #""audit","what":"interrupted","seconds":60"#))
    let samples =
      Handwritten.seconds(0..<1000) + Handwritten.seconds(1100..<1300)
      + Handwritten.seconds(1300..<1400, spo2: nil, status: .sensorOff)
      + Handwritten.seconds(1400..<1500) + Handwritten.seconds(1560..<4560)
    let page = page(Handwritten(lines, samples: samples).log)
    let gaps = page.rows(below: "Gaps in monitoring")
    #expect(gaps.map { $0[2] } == ["1:41", "1:41", "1:01"])
    #expect(
      gaps.map { $0[4] } == [
        "patient away, rn1", "the device said sensorOff",
        "monitoring was interrupted: the software did not run for 60 s",
      ])
    let dose = page.rows(below: "Completeness of the oximetry").first { $0.first == "dose" }
    // 2400 s less 100 away, 100 off, 60 interrupted.
    #expect(dose?.dropFirst(3) == ["2140", "89"])
  }

  @Test func `a step of the clock and a changed offset are marked`() {
    // The end of daylight saving, an hour after the start; a step of -180 s at 4000 s.
    let page = page(
      Handwritten(
        Handwritten.with((4000, #""audit","what":"wallClockStepped","milliseconds":-180000"#))
      ) { wall in wall < Handwritten.start + .seconds(3600) ? -4 * 3600 : -5 * 3600 }.log)
    #expect(page.words(at: "event 2 wall").contains("01:05:00"))
    #expect(page.words(at: "event 1 wall").contains("UTC-04:00"))
    #expect(page.words(at: "event 5 wall").contains("01:12:00 (-05:00)*"))
    #expect(
      page.rows(below: "Steps of the wall clock").contains([
        "2026-11-01 01:03:40 (-05:00)*", "-180000",
      ]))
    // Lengths know nothing of either.
    #expect(page.rows(below: "Patient and visit").contains { $0.count == 6 && $0[3] == "30:00" })
  }

  @Test func `no two rows of vital signs are further apart than the chart allows`() throws {
    for name in ["S01", "S02", "S18"] {
      let page = page(try PlayedLog.play(name).log)
      let rows = page.rows(below: "Vital signs").filter { $0.count == 12 }
      let seconds = rows.map { $0[1].split(separator: ":").compactMap { Int($0) } }
        .map { parts in
          let size = parts.reduce(0) { $0 * 60 + abs($1) }
          return (parts.first ?? 0) < 0 ? -size : size
        }
      #expect(rows.count > 8)
      for (index, pair) in zip(seconds, seconds.dropFirst()).enumerated() {
        #expect(pair.1 - pair.0 <= (rows[index][2] == "dose" ? 300 : 900), "\(name): \(pair)")
      }
    }
  }

  @Test func `an alarm has its life in one row`() {
    let page = page(
      Handwritten(
        Handwritten.with(
          (
            400,
            #""alarm","alarm":"SPO2_LOW","change":"raised","priority":"medium","value":91,"limit":92,"id":1"#
          ),
          (
            410,
            #""alarm","alarm":"SPO2_VLOW","change":"raised","priority":"high","value":87,"limit":88,"id":2"#
          ),
          (
            420,
            #""alarm","alarm":"SPO2_VLOW","change":"acknowledged","priority":"high","id":2,"by":"rn1""#
          ),
          (430, #""alarm","alarm":"SPO2_VLOW","change":"latched","priority":"high","id":2"#),
          (460, #""alarm","alarm":"SPO2_LOW","change":"cleared","priority":"medium","id":1"#))
      ).log)
    #expect(
      page.rows(below: "Alarms") == [
        ["1", "05:06:40", "1:40", "SPO2_LOW", "medium", "91", "92", "–", "–", "1:00"],
        ["2", "05:06:50", "1:50", "SPO2_VLOW", "high", "87", "88", "05:07:00", "rn1", "0:20"],
      ])
  }

  @Test func `a correction shows both values, a late entry says so`() {
    let page = page(
      Handwritten(
        Handwritten.with(
          (
            2000,
            #""audit","what":"corrected","reading":2,"from":"183/90","to":"138/90","by":"rn1","reason":"typing""#
          ),
          (
            2100,
            #""audit","what":"lateEntry","text":"was dizzy","secondsAgo":1200,"late":true,"by":"rn1","reason":"forgot""#
          ))
      ).log)
    #expect(page.rows(below: "Corrections").contains { $0[1...3] == ["2", "183/90", "138/90"] })
    #expect(
      page.rows(below: "Notes, late entries, corrections, addenda").contains {
        $0.contains("was dizzy") && $0.contains("late entry, occurred s ago: 1200, late: yes")
      })
  }

  @Test func `both clocks are there, and the credit lacks the absence`() throws {
    let page = page(try PlayedLog.play("S09").log)
    let clocks = try #require(page.rows(below: "Observation").first { $0.count == 5 })
    let away = try #require(page.rows(below: "Away from the chair").first)
    #expect(away[2] == "7:00")
    func seconds(_ text: String) -> Int {
      text.split(separator: ":").reduce(0) { $0 * 60 + (Int($1) ?? 0) }
    }
    #expect(seconds(clocks[3]) - seconds(clocks[4]) == 420)
  }

  @Test func `every not yet has its reason, and the minute is computed`() {
    let page = page(
      Handwritten(
        Handwritten.with(
          (2700, #""audit","what":"criteria","unmet":["time","escort"]"#),
          (3000, #""audit","what":"criteria","unmet":["time"]"#),
          (4500, #""audit","what":"criteria","unmet":[]"#))
      ).log)
    let waits = page.rows(below: "Ready to leave, and why not earlier")
    #expect(waits.map { $0[3] } == ["time, escort", "time", "nothing: ready"])
    #expect(page.words(at: "span 2700000 4500000").contains("30:00"))
  }

  @Test func `an entry that no section knows is shown all the same`() {
    let page = page(
      Handwritten(
        Handwritten.with(
          (500, #""audit","what":"brandNew","depth":42,"by":"rn1""#), (510, "nonsense"))
      ).log)
    let others = page.rows(below: "Other entries")
    #expect(others.contains { $0[1...3] == ["brand new", "depth: 42", "rn1"] })
    #expect(others.count == 2, "a line that cannot be read is shown, too")
  }
}
