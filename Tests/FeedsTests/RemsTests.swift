import Feeds
import Testing
import Vitals

/// The fields of the Spravato monitoring form.
@Suite struct RemsTests {
  private let sprays = Handwritten.with(
    (100, #""reading","sbp":128,"dbp":80,"map":96,"source":"manual","by":"rn1""#),
    (
      120,
      #""audit","what":"charted","name":"Alex Doe","birthDate":"1984-06-11","sex":"other","lot":"L7","opioid":false,"maoi":true,"by":"rn1""#
    ),
    (300, #""audit","what":"nasalDevice","number":1,"of":3,"by":"rn1""#),
    (1200, #""audit","what":"symptom","name":"dissociation","severity":"moderate","by":"rn1""#),
    (2640, #""reading","sbp":149,"dbp":90,"map":110,"source":"cuff""#),
    (2700, #""audit","what":"criteria","unmet":["time","dissociation"]"#),
    (3600, #""audit","what":"symptom","name":"dissociation","severity":"none","by":"rn1""#),
    (3600, #""audit","what":"criteria","unmet":["time"]"#),
    (4400, #""reading","sbp":130,"dbp":80,"map":97,"source":"cuff""#))

  private func log(route: String) -> SessionLog {
    Handwritten(
      sprays,
      commands: [
        LogCommand(at: .seconds(300), name: "doseStart", by: "rn1", fields: ["route": route])
      ]
    ).log
  }

  @Test func `it has the fields of the form, from the log`() {
    let page = PageReader(RemsReport(log(route: "spravato84")).html)
    #expect(page.words(at: "event 3 name") == ["Alex Doe"])
    #expect(page.words(at: "event 3 opioid") == ["no"])
    #expect(page.words(at: "event 3 maoi") == ["yes"])
    // From the first spray at 300 s: to the end at 4560 s, and to the last criterion but time.
    #expect(page.words(at: "computed minutes 300000 4560000") == ["71"])
    #expect(page.words(at: "computed minutes 300000 3600000") == ["55"])
    let pressures = page.rows(below: "Blood pressure")
    #expect(pressures.map { $0[2] } == ["128/80", "149/90", "130/80"])
    #expect(
      page.rows(below: "Dissociation").contains([
        "dissociation", "05:20:00", "06:00:00", "15:00", "40:00",
      ]))
    #expect(page.words(at: "computed plusDays 7 300000 300000") == ["2026-11-08"])
  }

  @Test func `the report of a spravato session has them on a page of their own`() {
    #expect(Report(log(route: "spravato56")).html.contains("class=\"page\""))
    #expect(!Report(log(route: "iv40")).html.contains("REMS"))
    #expect(RemsReport(log(route: "iv40")).html.contains("no session with Spravato"))
  }
}
