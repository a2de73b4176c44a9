import Vitals

/// What people write on the chart while the patient is here (`clinical.md` 5.1).
extension ChairMonitor {
  mutating func chart(
    _ command: Command, by staff: StaffID, role: Role, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    func audit(_ entry: AuditEntry) { emit(now, .event(.audit(entry))) }
    switch command {
    case .chart(let chart):
      session?.chart.merge(chart)
      audit(.charted(chart, by: staff))
    case .checklist(let answers):
      session?.checklist.merge(answers) { $1 }
      audit(.checklist(answers, by: staff))
      if let hold = answers.hold {
        declare(hold, .checklist, by: .system, reason: "checklist", at: now, emit: emit)
      }
    case .series(let series):
      session?.series = series
      audit(.series(series, by: staff))
    case .symptom(let report):
      session?.symptoms.append(ChartedNote(content: report, at: now, by: staff))
      takeSymptom(report, at: now)
      audit(.symptom(report, by: staff))
    case .medication(let medication):
      session?.medications.append(ChartedNote(content: medication, at: now, by: staff))
      let minutes = medication.kind.holdMinutes
      if minutes > 0 { keep(until: now + .seconds(minutes * 60)) }
      audit(.medication(medication, holdMinutes: minutes, by: staff))
    case .oxygen(let tenths):
      if session?.oxygenTenths ?? 0 > 0, tenths == 0 { session?.roomAirSince = now }
      session?.oxygenTenths = tenths
      audit(.oxygen(tenths: tenths, by: staff))
    case .nasalDevice(let number): giveDevice(number, by: staff, at: now, emit: emit)
    case .handover(let nurse):
      audit(.handover(from: session?.observer, to: nurse, by: staff))
      session?.observer = nurse
    case .preset(let field, let text, let reason):
      setPreset(field, text, reason: reason, by: staff, at: now, emit: emit)
    case .assess(let assessment):
      assess(assessment, at: now)
      audit(.assessed(assessment, by: staff))
    case .escort(let escort):
      session?.escort = escort
      audit(.escort(escort, by: staff))
    default: break
    }
    noteMissingFields()
  }

  /// Must follow everything that fills a mandatory field, or asks for another.
  mutating func noteMissingFields() {
    guard let session else { return }
    let missing =
      session.chart.missing(for: session.route).map(\.rawValue)
      + (session.checklist.isComplete ? [] : ["checklist"])
      + (session.series == nil ? ["series"] : [])
    self.session?.missingFields = missing
  }

  private mutating func assess(_ assessment: Assessment, at now: Instant) {
    if assessment.vomited == true { session?.vomitedAt = now }
    if session?.phase == .baseline { session?.baselineAssessment.merge(assessment) }
    session?.assessment.merge(assessment)
    for name in assessment.answered { session?.assessedAt[name] = now }
  }

  /// What a patient reports of nausea and dissociation is what the criteria ask for.
  private mutating func takeSymptom(_ report: SymptomReport, at now: Instant) {
    var told = Assessment()
    switch report.symptom {
    case .nausea: told.nausea = report.severity.score
    case .dissociation: told.dissociation = report.severity.score
    case .vomiting where report.severity.score > 0: told.vomited = true
    default: return
    }
    assess(told, at: now)
  }

  /// Makes the observation last at least so long, also one that has not begun.
  mutating func keep(until instant: Instant) {
    let until = max(session?.holdUntil ?? instant, instant)
    session?.holdUntil = until
    session?.clock?.hold(until: instant)
  }

  private mutating func setPreset(
    _ field: PresetField, _ text: String, reason: String?, by staff: StaffID, at now: Instant,
    emit: (Instant, Output) -> Void
  ) {
    guard let session else { return }
    var new = preset
    let old = field.text(new)
    guard field.set(text, in: &new, of: session.route) else { return }
    self.session?.ownPreset = new
    emit(
      now,
      .event(
        .audit(
          .presetChanged(field, from: old, to: field.text(new), by: staff, reason: reason))))
    switch (field, session.phase) {
    case (.requiredMinutes, _):
      self.session?.clock?.require(.seconds(new.requiredMinutes * 60))
    case (.doseDue, .infusing):
      let dues = CuffSchedule.doseDues(new, start: session.doseStartedAt ?? now)
      replan(dues.filter { $0 >= now }, startsByItself: true, at: now, emit: emit)
    case (.observationDue, .observation), (.observationStep, .observation),
      (.observationDue, .readyForSignOff), (.observationStep, .readyForSignOff):
      let anchor = session.clock?.anchor ?? now
      replan(
        CuffSchedule.observationDues(new, anchor: anchor, now: now), startsByItself: true, at: now,
        emit: emit)
    default: break
    }
  }
}
