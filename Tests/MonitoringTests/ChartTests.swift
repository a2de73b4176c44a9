@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 5.1 and criterion C19.
@Suite struct `The chart` {
  @Test(arguments: Route.allCases)
  func `misses each mandatory field until it is there`(route: Route) {
    for field in ChartField.mandatory(for: route) {
      var visit = Visit.baseline(route: route)
      var chart = Chart.full(for: route)
      chart[field] = nil
      chart[.weightAgain] = chart[.weight]
      visit.tell(.abort(reason: "again"))
      visit.tell(.checkIn(route: route, patient: nil))
      visit.tell(.checklist(.clear))
      visit.tell(.series(Series(kind: .booster, index: 1)))
      #expect(visit.tell(.chart(chart)).isEmpty)
      #expect(visit.monitor.missingFields == [field.rawValue])
      var rest = Chart()
      rest[field] = Chart.full(for: route)[field]
      if field == .weight { rest[.weightAgain] = rest[.weight] }
      visit.tell(.chart(rest))
      #expect(visit.monitor.missingFields == [])
    }
  }

  @Test func `misses checklist, series and a consent that was refused`() {
    var visit = Visit.baseline()
    visit.tell(.abort(reason: "again"))
    visit.tell(.checkIn(route: .iv40, patient: nil))
    var chart = Chart.full(for: .iv40)
    chart[.consent] = .answer(false)
    visit.tell(.chart(chart))
    #expect(visit.monitor.missingFields == ["consent", "checklist", "series"])
  }

  @Test func `takes a weight that was entered twice the same`() {
    var visit = Visit.baseline()
    var chart = Chart()
    chart[.weight] = .number(7250)
    #expect(visit.tell(.chart(chart)) == [.weightDiffers])
    chart[.weightAgain] = .number(7520)
    #expect(visit.tell(.chart(chart)) == [.weightDiffers])
    chart[.weightAgain] = .number(7250)
    chart[.dose] = .number(3625)
    #expect(visit.tell(.chart(chart)).isEmpty)
    #expect(visit.monitor.session?.chart.doseThousandthsPerKilogram == 500)
    #expect(visit.monitor.session?.chart[.weightAgain] == nil)
  }

  @Test func `needs two identifiers before it begins`() {
    var visit = Visit()
    #expect(visit.tell(.checkIn(route: .iv40, patient: nil, isIdentified: false)) == [.identifiers])
    #expect(visit.phase == nil)
  }

  @Test func `shows which visit of how many this is`() {
    #expect(Series(kind: .induction, index: 3).text == "3 of 6")
  }

  @Test func `takes symptoms for the criteria that ask for them`() {
    var visit = Visit.ready()
    for (symptom, severity, criterion) in [
      (Symptom.nausea, Severity.grade(.moderate), Criterion.nausea),
      (.vomiting, .grade(.mild), .nausea), (.dissociation, .score(2), .dissociation),
    ] {
      var one = visit
      one.tell(.symptom(SymptomReport(symptom: symptom, severity: severity)))
      #expect(one.monitor.unmetCriteria(at: one.now) == [criterion])
    }
    visit.tell(.symptom(SymptomReport(symptom: .nausea, severity: .grade(.mild))))
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [])
  }

  @Test(arguments: [(Severity.Grade.none, 0), (.mild, 3), (.moderate, 6), (.severe, 9)])
  func `puts a word for how bad it is on the scale of the criteria`(
    grade: Severity.Grade, score: Int
  ) {
    var visit = Visit.observing()
    visit.tell(.symptom(SymptomReport(symptom: .nausea, severity: .grade(grade))))
    #expect(visit.monitor.session?.assessment.nausea == score)
    visit.tell(.symptom(SymptomReport(symptom: .vomiting, severity: .grade(grade))))
    #expect((visit.monitor.session?.assessment.vomited == true) == (score > 0))
  }

  @Test func `asks for 15 min on room air`() {
    var visit = Visit.ready()
    visit.tell(.oxygen(tenths: 20))
    #expect(visit.monitor.unmetCriteria(at: visit.now) == [.spo2])
    visit.pass(100)
    visit.tell(.oxygen(tenths: 0))
    visit.pass(899)
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.spo2) == true)
    visit.pass(1)
    #expect(visit.monitor.unmetCriteria(at: visit.now)?.contains(.spo2) == false)
  }

  @Test func `of the baseline says from what and by whom, on room air`() {
    var visit = Visit.baseline()
    visit.tell(.oxygen(tenths: 20))
    visit.pass(70)
    visit.measure(120, 76)
    visit.pass(70)
    visit.measure(120, 76)
    #expect(visit.tell(.baselineAccepted) == [.notRoomAir, .baselineSamples])
    visit.tell(.oxygen(tenths: 0))
    var before = Assessment()
    before.respiratoryRate = 14
    before.moaas = 5
    visit.tell(.assess(before))
    visit.pass(60)
    #expect(visit.tell(.baselineAccepted).isEmpty)
    let session = visit.monitor.session
    #expect(session?.baselineSource == .manual && session?.baselineAcceptedBy?.name == "rn1")
    #expect(session?.baselineAssessment.respiratoryRate == 14)
    // What was so before the drug does not let anybody go after it.
    visit.tell(.escort(.responsibleAdult))
    visit.tell(.doseStart(route: nil))
    #expect(visit.phase == .infusing && visit.monitor.session?.assessment == Assessment())
  }
}
