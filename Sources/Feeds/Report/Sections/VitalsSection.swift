import Vitals

/// The trend, drawn.
enum TrendSection {
  static func section(_ summary: SessionSummary) -> Section {
    Section("Trend", TrendChart(summary)?.html ?? Section.none)
  }
}

/// The vital signs as a table: every blood pressure, and rows between them so that none is further
/// from the next than the chart allows.
enum VitalsSection {
  static func section(_ summary: SessionSummary) -> Section {
    let rows = VitalsRow.all(in: summary.log, summary.course, summary.pressures)
    return Section(
      "Vital signs",
      Table(
        [
          "Time", "Min", "Phase", "SpO2 %", "Lowest %", "Pulse /min", "BP mmHg", "Mean",
          "Cuff pulse", "BP source", "Limb", "Oximeter quality",
        ],
        rows.map { cells($0, summary) }, kind: "vitals"
      ).html,
      Section.note(
        """
        Min: minutes from the start of the dose. SpO2 and pulse: the newest believed second of the \
        minute before the row, from the oximeter. Lowest: since the row before. A dash means that \
        the log holds nothing there that may be believed. Rise: more than the policy's mark above \
        the baseline, no alarm.
        """))
  }

  private static func cells(_ row: VitalsRow, _ summary: SessionSummary) -> [HTML] {
    let reading = row.pressure
    let zero = summary.course.doseStart?.at
    return [
      (reading.map { summary.time.clock($0) } ?? summary.time.clock(at: row.at)).html,
      zero.map { Figure.span($0, row.at) }.html,
      summary.course.phase(at: row.at)?.shortName ?? .fixed("–"),
      row.sample.flatMap { $0.figure("spo2", $0.spo2) }.html,
      row.lowest.flatMap { $0.figure("spo2", $0.spo2) }.html,
      row.sample.flatMap { $0.figure("pr", $0.pulseRate) }.html,
      reading.map { pressure($0) } ?? .fixed("–"),
      (reading?.figure("map")).html,
      (reading?.figure("pr")).html,
      reading.map { source($0) } ?? .fixed("–"),
      (reading?.figure("limb")).html,
      quality(row),
    ]
  }

  private static func pressure(_ reading: LogEvent) -> HTML {
    let numbers = HTML.line(
      reading.figure("sbp").html, .fixed("/"), reading.figure("dbp").html)
    return reading.list("info").isEmpty ? numbers : .line(numbers, .fixed(" rise"))
  }

  private static func source(_ reading: LogEvent) -> HTML {
    guard let by = reading.figure("by") else { return reading.figure("source").html }
    return .line(reading.figure("source").html, .fixed(" "), by.html)
  }

  private static func quality(_ row: VitalsRow) -> HTML {
    guard let sample = row.sample else { return .fixed("no believed value") }
    return sample.status.isEmpty ? .fixed("good") : sample.statusFigure.html
  }
}

extension LogSample {
  func figure(_ field: String, _ value: Int?) -> Figure? {
    value.map { Figure("\($0)", .sample(self, field)) }
  }

  /// What the device said of its signal, in the words of the log.
  var statusFigure: Figure {
    Figure(status.names.joined(separator: ", "), .sample(self, "status"))
  }
}
