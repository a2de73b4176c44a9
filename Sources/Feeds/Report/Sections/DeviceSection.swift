/// The devices of the chair, and what happened to their lines.
enum DeviceSection {
  static func section(_ summary: SessionSummary) -> Section {
    let shown = ["connected", "disconnected", "identified", "storedPressure", "storedOximetry"]
    let events =
      summary.log.devicesBefore
      + summary.log.events.filter { $0.kind == "device" && shown.contains($0["change"] ?? "") }
    return Section(
      "Devices",
      Table(
        ["Time", "Slot", "What", "Details"],
        events.map { event in
          [
            summary.time.dateAndClock(event).html, event.figure("slot").html,
            event.spelled("change").html,
            .items(of: event, besides: ["t", "chair", "event", "slot", "change"]),
          ]
        }
      ).html,
      Section.note(
        "Last calibration: the devices do not report it, and none is recorded."))
  }
}
