import Monitoring
import Recording
import Vitals
import Ward

/// What of a chair's alarm signals is paused, off, or not delivered, as its tile says it.
enum SignalsText {
  static func add(_ chair: Chair, at now: Instant, to json: inout JSONLine) {
    let inactivation = chair.monitor.inactivation
    json.add(orNull: "audioPausedSeconds", seconds(inactivation.audio, now))
    json.add(orNull: "alarmPausedSeconds", seconds(inactivation.alarms, now))
    json.add("alarmsOff", AlarmID.allCases.filter { inactivation.off[$0] != nil }.map(\.rawValue))
    json.add("confirmLimits", inactivation.hasUnconfirmedLimits)
    json.add("chairAudio", chair.desk.isSounderOn ? "on" : "off")
    json.add(orNull: "owner", chair.monitor.session?.owner?.name)
    json.addRaw("ended", ends(chair.desk.unconfirmedEnds))
  }

  /// Ends that no station has confirmed: whoever shows its place without them says so.
  static func ends(_ ends: [(alarm: Int, revision: Int)]) -> String {
    let rows = ends.map { alarm, revision in
      var json = JSONLine()
      json.add("id", alarm)
      json.add("revision", revision)
      return json.line
    }
    return "[" + rows.joined(separator: ",") + "]"
  }

  private static func seconds(_ pause: Inactivation.Pause?, _ now: Instant) -> Int? {
    pause.map { ($0.until - now).wholeSeconds }
  }

  /// Limits that differ from the unit's, with both numbers.
  static func limits(_ changed: [ChangedLimit]) -> String {
    let rows = changed.compactMap { limit -> String? in
      guard let field = Policy.field(limit.field) else { return nil }
      var json = JSONLine()
      json.add("field", limit.field)
      json.addRaw("unit", field.number(limit.unit))
      json.addRaw("now", field.number(limit.now))
      json.add("of", field.unit)
      return json.line
    }
    return "[" + rows.joined(separator: ",") + "]"
  }
}
