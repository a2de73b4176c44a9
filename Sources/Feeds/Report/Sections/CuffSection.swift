import Vitals

/// The blood pressures that were due, and what became of each; what the cuff was told and failed
/// at.
enum CuffSection {
  static func section(_ summary: SessionSummary) -> Section {
    let time = summary.time
    let checkpoints = summary.log.events.filter { $0.kind == "checkpoint" }
    let failures = summary.log.events.filter {
      $0.kind == "device"
        && ["determinationFailed", "determinationAborted"].contains($0["change"] ?? "")
    }
    return Section(
      "Blood pressures that were due",
      Table(
        ["Due", "Min", "Result", "Late by s", "Noted"],
        checkpoints.map { event in
          let due = event.instant("due")
          return [
            due.map { time.clock(at: $0) }.html,
            due.flatMap { due in
              summary.course.doseStart.map { Figure.span($0.at, due) }
            }.html,
            event.figure("result").html, event.figure("lateSeconds").html,
            time.clock(event).html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Determinations that gave no value")]),
      Table(
        ["Time", "What", "Why"],
        failures.map { [time.clock($0).html, $0.spelled("change").html, $0.figure("why").html] }
      ).html,
      .element("h3", [], [.fixed("Orders to the cuff and plans")]),
      Table(
        ["Time", "Order", "Details", "By"],
        summary.entries("cuffOrdered", "statStarted", "statEnded", "scheduled").map { entry in
          [
            time.clock(entry).html, entry.spelled("what").html,
            (entry.spelled("cause") ?? entry.figure("why") ?? entry.figure("due")
              ?? entry.figure("seconds")).html,
            entry.figure("by").html,
          ]
        }
      ).html)
  }
}
