import Monitoring
import Vitals

/// A session as a reader asks about it, put together from what the log holds.
///
/// Typed and without a word of markup: the sections render it.
struct SessionSummary: Sendable {
  let log: SessionLog
  let time: ClinicTime
  let course: Course
  let alarms: [AlarmEpisode]
  let pressures: [LogEvent]
  let gaps: [Gap]
  let signOff: SignOffFacts

  init(_ log: SessionLog) {
    self.log = log
    time = ClinicTime(log)
    course = Course(log)
    alarms = AlarmEpisode.all(in: log.events)
    pressures = log.events.filter { $0.kind == "reading" }
    gaps = Gap.all(in: log, course)
    signOff = SignOffFacts(log, course)
  }

  /// Audit entries about these things, in their order.
  func entries(_ what: String...) -> [LogEvent] {
    log.events.filter { event in event.what.map(what.contains) == true }
  }

  /// The newest audit entry about something.
  func last(_ what: String) -> LogEvent? { log.events.last { $0.what == what } }

  /// The newest value of a field in any audit entry about these things.
  func newest(_ field: String, in what: String...) -> Figure? {
    log.events.last { event in
      event.what.map(what.contains) == true && event[field] != nil
    }?.figure(field)
  }

  /// What the wall calls the patient, or the name on the chart.
  var patientLabel: Figure? {
    booking("patient") ?? newest("name", in: "charted")
  }

  /// How the drug was given.
  var route: Figure? {
    let doses = course.doses.compactMap { dose in
      log.commands.last { $0.name == "doseStart" && $0.at == dose.from.at }?.figure("route")
    }
    return doses.last ?? booking("route")
  }

  /// A field of the command that opened the session, or checked the patient in.
  private func booking(_ field: String) -> Figure? {
    log.commands.last { command in
      ["book", "checkIn"].contains(command.name) && command.fields[field] != nil
        && course.stays.contains { $0.from.at == command.at }
    }?.figure(field)
  }

  func name(of user: String) -> Figure? {
    log.staff[user].map { Figure($0.name, .staff(user, "name")) }
  }

  func role(of user: String) -> Figure? {
    log.staff[user].map { Figure($0.role, .staff(user, "role")) }
  }

  /// The two clocks of the observation; `nil` before any dose has ended.
  var observation: ObservationFacts? { ObservationFacts(self) }

  /// The first spray of a nasal route, or the start of the dose.
  var firstDevice: LogEvent? {
    log.events.first { $0.what == "nasalDevice" } ?? course.doseStart
  }

  /// The dose by weight, rounded to thousandths; `nil` where one of the two is missing.
  var dosePerKilogram: Figure? {
    guard let dose = newest("dose", in: "charted"), let weight = newest("weight", in: "charted"),
      let mg = Double(dose.words), let kg = Double(weight.words), kg > 0
    else { return nil }
    return Figure(
      ChartPlane.short(mg / kg, 3),
      Source(description: "ratio \(dose.source) / \(weight.source)"))
  }
}
