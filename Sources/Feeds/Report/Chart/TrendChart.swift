import Monitoring
import Vitals

/// The trend of a session as a drawing: SpO2 above, pulse and blood pressure below, phases and
/// alarms over both, and hatching where nothing is known.
struct TrendChart {
  let summary: SessionSummary
  let saturation: ChartPlane
  let pressure: ChartPlane

  /// Where the lanes above the panels lie.
  static let phaseLane = 8.0
  static let alarmLane = 27.0
  static let bottom = 318.0

  /// `nil` for a session that nobody was watched in.
  init?(_ summary: SessionSummary) {
    guard let watch = summary.course.monitored, watch.upperBound > watch.lowerBound else {
      return nil
    }
    self.summary = summary
    let believed = summary.log.samples.filter(\.isValid)
    let lowest = believed.compactMap(\.spo2).min() ?? 90
    let rates = believed.compactMap(\.pulseRate)
    let pressures = summary.pressures.flatMap { [$0.int("sbp"), $0.int("dbp")].compactMap(\.self) }
    saturation = ChartPlane(
      interval: watch, values: min(80, lowest / 5 * 5)...100, top: 46, height: 84)
    let low = min(40, (rates + pressures).min() ?? 40) / 20 * 20
    let high = (max(180, (rates + pressures).max() ?? 180) + 19) / 20 * 20
    pressure = ChartPlane(interval: watch, values: low...high, top: 146, height: 150)
  }

  var html: HTML {
    .element(
      "figure", [],
      [
        .element(
          "svg",
          [
            Attribute("viewBox", "0 0 \(Int(ChartPlane.paperWidth)) \(Int(Self.bottom))"),
            Attribute("role", "img"), Attribute("aria-label", "Trend of the session"),
            Attribute(
              "data-origin", "\(saturation.interval.lowerBound.milliseconds)"),
          ],
          [Self.patterns, gaps, axes(saturation, step: 5), axes(pressure, step: 20)]
            + [timeAxis, phases, limits, doses, curves, bars, alarmMarks, titles]),
        .element(
          "figcaption", [],
          [
            .fixed(
              """
              Upper panel: SpO2 in %. Lower panel: pulse (thin line, /min) and blood pressure \
              (bars from systolic to diastolic, dot at the mean, mmHg). Hatched: no believed \
              oximeter value; no line is drawn there. Dotted: alarm limits. Marks above: alarms by \
              their number in the table below (triangle HIGH, square MEDIUM, circle LOW).
              """)
          ]),
      ])
  }

  private static let patterns = HTML.element(
    "defs", [],
    [
      .element(
        "pattern",
        [
          Attribute("id", "hatch"), Attribute("width", "4"), Attribute("height", "4"),
          Attribute("patternUnits", "userSpaceOnUse"),
          Attribute("patternTransform", "rotate(45)"),
        ],
        [Draw.line(0, 0, 0, 4, width: 1, colour: "#999")])
    ])

  private var curves: HTML {
    .joined([
      curve(saturation, "spo2", width: 1.2) { $0.spo2 },
      curve(pressure, "pr", width: 0.7) { $0.pulseRate },
    ])
  }

  private func curve(
    _ plane: ChartPlane, _ field: String, width: Double, _ value: (LogSample) -> Int?
  ) -> HTML {
    guard let path = Curve.path(summary.log.samples, value, on: plane) else { return .nothing }
    return Draw.data(path, on: plane, width: width, source: "curve \(field)")
  }

  private var bars: HTML {
    .joined(
      summary.pressures.filter { pressure.interval.contains($0.at) }.compactMap { reading in
        guard let systolic = reading.int("sbp"), let diastolic = reading.int("dbp") else {
          return nil
        }
        let second = pressure.second(reading.at)
        let x = pressure.x(reading.at)
        let dot = reading.int("map").map {
          Draw.data(
            "M\(second) \($0)h0", on: pressure, width: 3, source: "event \(reading.sequence) map")
        }
        return .joined([
          Draw.data(
            "M\(second) \(systolic)L\(second) \(diastolic)", on: pressure, width: 1.4,
            source: "event \(reading.sequence) bar"),
          Draw.line(x - 3, pressure.y(systolic), x + 3, pressure.y(systolic), width: 1.4),
          Draw.line(x - 3, pressure.y(diastolic), x + 3, pressure.y(diastolic), width: 1.4),
          dot ?? .nothing,
        ])
      })
  }

  private var gaps: HTML {
    .joined(
      summary.gaps.flatMap { gap in
        [saturation, pressure].map { plane in
          Draw.rectangle(
            plane.x(gap.from), plane.top, max(1, plane.x(gap.to) - plane.x(gap.from)),
            plane.height, fill: "url(#hatch)", source: Source.span(gap.from, gap.to))
        }
      })
  }
}
