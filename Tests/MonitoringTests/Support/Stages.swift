@testable import Monitoring
import Vitals

/// The stations of a visit, each reached by what people would really do.
extension Visit {
  /// Checked in, devices on, a station linked.
  static func baseline(
    route: Route = .iv40, policy: Policy = .adultKetamineDefault1, hasCuff: Bool = false
  ) -> Visit {
    var visit = Visit(policy: policy)
    visit.handle(.stations(1))
    visit.handle(.device(.oximeter, .connected(driver: "contec-v7")))
    if hasCuff { visit.handle(.cuffTakesOrders(true)) }
    visit.tell(.checkIn(route: route, patient: nil))
    visit.tell(.checklist(.clear))
    visit.tell(.chart(.full(for: route)))
    visit.tell(.series(Series(kind: .induction, index: 3)))
    return visit
  }

  /// Baseline 97 %, 72/min, 120/76 accepted, an escort named.
  static func accepted(
    route: Route = .iv40, policy: Policy = .adultKetamineDefault1, hasCuff: Bool = false
  ) -> Visit {
    var visit = baseline(route: route, policy: policy, hasCuff: hasCuff)
    visit.pass(10)
    visit.measure(120, 76)
    visit.pass(90)
    visit.measure(120, 76)
    visit.tell(.baselineAccepted)
    visit.tell(.escort(.responsibleAdult))
    visit.pass(5)
    return visit
  }

  static func infusing(
    route: Route = .iv40, policy: Policy = .adultKetamineDefault1, hasCuff: Bool = false
  ) -> Visit {
    var visit = accepted(route: route, policy: policy, hasCuff: hasCuff)
    visit.tell(.doseStart(route: nil))
    // Tests bring pressures when they mean them.
    visit.tell(.schedule(dueSeconds: [], startsByItself: false))
    visit.pass(5)
    return visit
  }

  static func observing(
    route: Route = .iv40, policy: Policy = .adultKetamineDefault1, hasCuff: Bool = false
  ) -> Visit {
    var visit = infusing(route: route, policy: policy, hasCuff: hasCuff)
    visit.pass(60)
    visit.tell(.doseEnd(.completed))
    visit.tell(.schedule(dueSeconds: [], startsByItself: false))
    // A pressure is measured at once; here it shall not matter.
    if hasCuff { visit.handle(.determination(.aborted)) }
    visit.pass(hasCuff ? 30 : 1)
    return visit
  }

  /// Every criterion met, nobody signed.
  static func ready(
    route: Route = .iv40, policy: Policy = .adultKetamineDefault1, hasCuff: Bool = false
  ) -> Visit {
    var visit = observing(route: route, policy: policy, hasCuff: hasCuff)
    visit.tell(.assess(.fit))
    visit.pass(1500)
    visit.measure(122, 78)
    visit.pass(310)
    visit.measure(121, 77)
    visit.pass(route == .iv40 ? 5 : 5400)
    if route != .iv40 {
      visit.measure(121, 77)
      visit.pass(2)
    }
    return visit
  }

  /// A chair at each phase, and without a session (`nil`).
  static func at(_ phase: Phase?) -> Visit {
    var visit: Visit
    switch phase {
    case nil:
      visit = Visit()
      visit.handle(.stations(1))
      visit.pass(3)
    case .scheduled:
      visit = Visit()
      visit.handle(.stations(1))
      visit.tell(.book(route: .iv40, patient: "A.D."))
      visit.pass(3)
    case .baseline: visit = .accepted(hasCuff: true)
    case .infusing: visit = .infusing(hasCuff: true)
    case .observation: visit = .observing(hasCuff: true)
    case .readyForSignOff: visit = .ready(hasCuff: true)
    case .signedOff:
      visit = .ready()
      visit.tell(.sign)
    case .transferred:
      visit = .infusing()
      visit.tell(.transfer(destination: "ED", note: "sleepy"))
      visit.tell(.handoverDone())
    case .leftAMA:
      visit = .infusing()
      visit.tell(.leaveAMA(reason: "wants to go"))
    case .aborted:
      visit = .baseline()
      visit.tell(.abort(reason: "declines"))
    }
    visit.forget()
    return visit
  }
}

extension Assessment {
  /// Well enough to go home.
  static var fit: Assessment {
    var all = Assessment()
    for score in scores {
      all[keyPath: score.path] =
        ["dissociation", "nausea"].contains(score.name) ? 0 : score.range.upperBound
    }
    // Asleep, and POSS 1 is awake.
    all.poss = 1
    all.respiratoryRate = 14
    all.pain = 0
    for answer in ["ivOut", "safety", "teaching", "crisisLine"] {
      if let path = answers.first(where: { $0.name == answer })?.path { all[keyPath: path] = true }
    }
    all.gait = .steady
    return all
  }
}

extension Chart {
  /// All that a route asks for.
  static func full(for route: Route) -> Chart {
    var chart = Chart()
    for field in ChartField.mandatory(for: route) + [.escortName, .escortContact] {
      switch field.kind {
      case .text, .word, .date: chart[field] = .text("x")
      case .answer: chart[field] = .answer(true)
      case .decimal: chart[field] = .number(5600)
      }
    }
    if !route.isSpravato { chart[.weightAgain] = chart[.weight] }
    return chart
  }
}
