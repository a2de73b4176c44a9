import Monitoring
import Vitals

/// The scales of a trend chart, and the words beside them.
extension TrendChart {
  func axes(_ plane: ChartPlane, step: Int) -> HTML {
    let lines = stride(from: plane.values.lowerBound, through: plane.values.upperBound, by: step)
      .map { value -> HTML in
        let y = plane.y(value)
        let edge = ChartPlane.left + ChartPlane.width
        return .joined([
          Draw.line(ChartPlane.left, y, edge, y, width: 0.25, colour: "#bbb"),
          Draw.text(
            ChartPlane.left - 3, y + 2.5, .drawn(Figure("\(value)", .axis)), anchor: .end),
        ])
      }
    return .element("g", [.kind("axis")], lines)
  }

  /// Wall times below both panels, at whole steps after the dose's start.
  var timeAxis: HTML {
    let watch = pressure.interval
    let minutes = (watch.upperBound - watch.lowerBound).wholeSeconds / 60
    let step = [5, 10, 15, 30, 60].first { minutes / $0 <= 12 } ?? 120
    let zero = summary.course.doseStart?.at ?? watch.lowerBound
    let before = (zero - watch.lowerBound).wholeSeconds / 60 / step
    var ticks: [HTML] = []
    for index in -before...max(-before, minutes / step + 1) {
      let at = zero + .seconds(index * step * 60)
      guard watch.contains(at) else { continue }
      let x = pressure.x(at)
      for plane in [saturation, pressure] {
        ticks.append(
          Draw.line(x, plane.top, x, plane.top + plane.height, width: 0.25, colour: "#bbb"))
      }
      ticks.append(Draw.text(x, 305, .drawn(summary.time.clock(at: at)), anchor: .middle))
      ticks.append(
        Draw.text(
          x, 313,
          .joined([
            .drawn(Figure("\(index * step)", .computed("minutes", zero, at))), .fixed(" min"),
          ]),
          anchor: .middle))
    }
    return .element("g", [.kind("axis")], ticks)
  }

  var titles: HTML {
    .joined([
      Draw.text(0, saturation.top - 6, .fixed("SpO2 %")),
      Draw.text(0, pressure.top - 6, .fixed("/min, mmHg")),
    ])
  }

  var phases: HTML {
    .joined(
      summary.course.stays.filter(\.phase.isMonitored).map { stay in
        let (from, to) = (
          pressure.x(stay.from.at), pressure.x(stay.to?.at ?? pressure.interval.upperBound)
        )
        let isRoomy = to - from > 36
        return .joined([
          Draw.rectangle(from, Self.phaseLane, max(0.5, to - from), 10, fill: "#fff"),
          isRoomy ? Draw.text(from + 2, Self.phaseLane + 7.5, stay.phase.shortName) : .nothing,
        ])
      })
  }

  /// Dose starts and ends through both panels.
  var doses: HTML {
    let starts = summary.course.doses.map { (event: $0.from, words: "dose start" as StaticString) }
    let ends = summary.course.doses.compactMap { dose in
      dose.to.map { (event: $0, words: "dose end" as StaticString) }
    }
    return .joined(
      (starts + ends).map { event, words in
        let x = pressure.x(event.at)
        return .joined([
          Draw.line(x, saturation.top, x, pressure.top + pressure.height, width: 0.8),
          Draw.text(x + 2, pressure.top - 5, .fixed(words)),
        ])
      })
  }

  /// One mark for each alarm, with its number; close neighbours stand on two lines.
  var alarmMarks: HTML {
    var last = -100.0
    var isLowered = false
    return .joined(
      summary.alarms.enumerated().map { index, episode in
        let x = pressure.x(episode.raised.at)
        isLowered = x - last < 14 && !isLowered
        last = x
        let y = Self.alarmLane + (isLowered ? 9 : 0)
        return .joined([
          Draw.mark(x, y, priority: episode.highest["priority"]),
          Draw.text(x + 5, y + 2.5, .drawn(Figure("\(index + 1)", .alarm(episode.raised)))),
        ])
      })
  }

  /// The limits that alarms were judged by, as they were changed.
  var limits: HTML {
    let shown: [(ChartPlane, String, StaticString)] = [
      (saturation, "spo2.low", "low"), (saturation, "spo2.veryLow", "very low"),
      (pressure, "pr.low", "pulse"), (pressure, "pr.high", "pulse"),
      (pressure, "bp.lowSys", "sys"), (pressure, "bp.elevSys", "sys"),
      (pressure, "bp.critSys", "sys"),
    ]
    return .joined(shown.map { limit($1, $2, on: $0) })
  }

  private func limit(_ field: String, _ name: StaticString, on plane: ChartPlane) -> HTML {
    let steps = LimitCourse(field, in: summary)
    guard let last = steps.steps.last else { return .nothing }
    let ends = steps.steps.dropFirst().map { plane.second($0.at) }
    let whole = ends + [plane.second(plane.interval.upperBound)]
    let path = zip(steps.steps, whole).enumerated().map { index, part in
      let (step, end) = part
      let start = index == 0 ? 0 : plane.second(step.at)
      return "\(index == 0 ? "M" : "L")\(start) \(step.value)L\(end) \(step.value)"
    }.joined()
    return .joined([
      Draw.data(path, on: plane, width: 0.7, dashes: "1 2.5", source: "limit \(field)"),
      Draw.text(
        ChartPlane.left + ChartPlane.width + 2, plane.y(last.value) + 2.5,
        .joined([.drawn(last.figure), .fixed(" "), .fixed(name)])),
    ])
  }
}

extension Phase {
  /// What stands in a lane of the chart and in tables.
  var shortName: HTML {
    switch self {
    case .scheduled: .fixed("scheduled")
    case .baseline: .fixed("baseline")
    case .infusing: .fixed("dose")
    case .observation: .fixed("observation")
    case .readyForSignOff: .fixed("ready for sign-off")
    case .signedOff: .fixed("signed off")
    case .transferred: .fixed("transferred")
    case .leftAMA: .fixed("left against medical advice")
    case .aborted: .fixed("aborted")
    }
  }
}
