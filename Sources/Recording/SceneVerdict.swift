public import Drivers
import Monitoring
import Vitals

/// Whether a scene went as its author expects.
public struct SceneVerdict: Sendable {
  /// What did not go as expected; empty when all is well.
  public private(set) var failures: [String] = []
  /// Expectations met.
  public private(set) var met = 0
  /// Expectations that the device's protocol cannot express, and why.
  public private(set) var inexpressible: [String] = []

  public init(_ play: ScenePlayer.Play, of scene: Scene, through models: [Model] = []) {
    let unsaid = Self.unsaid(scene, models)
    var unexpected = play.alarmChanges.filter {
      ($0.change.step == .raised || $0.change.step == .escalated)
        && $0.at >= .seconds(scene.start) && $0.at <= .seconds(scene.end)
    }
    for expectation in scene.expectations {
      if let flag = unsaid[expectation.alarm] {
        inexpressible.append("\(expectation.alarm.rawValue): no mark for \(flag)")
        continue
      }
      guard let index = unexpected.firstIndex(where: expectation.isMet) else {
        failures.append("expected \(expectation.text), did not happen")
        continue
      }
      let raised = unexpected.remove(at: index)
      met += 1
      if let clearBy = expectation.clearBy {
        let isCleared = play.alarmChanges.contains {
          $0.change.alarm.serial == raised.change.alarm.serial && $0.at >= raised.at
            && ($0.change.step == .cleared || $0.change.step == .latched)
            && $0.at <= .seconds(clearBy)
        }
        if !isCleared { failures.append("\(expectation.text) had to clear by \(clearBy) s") }
      }
    }
    judgeSignatures(play, scene)
    // With a mark missing, numbers that it would have made invalid count as real ones.
    guard unsaid.isEmpty else { return }
    for (at, change) in unexpected {
      let isForbidden = scene.never.contains {
        $0 == change.alarm.id.rawValue || $0 == change.alarm.priority.sceneName
      }
      failures.append(
        "\(isForbidden ? "forbidden" : "unexpected"): \(change.alarm.id.rawValue) "
          + "\(change.alarm.priority.name) at \(Seconds.short(at)) s")
    }
  }

  /// Alarms that hang on a mark or a number which the device does not send.
  private static func unsaid(_ scene: Scene, _ models: [Model]) -> [AlarmID: String] {
    guard let model = models.first(where: { $0.kind != .cuff }) else { return [:] }
    let alarms: [(flag: String, alarm: AlarmID)] = [
      ("sensorOff", .sensorOff), ("nonPulsatile", .noPulse), ("motion", .signalPoor),
      ("searching", .signalPoor),
    ]
    var unsaid: [AlarmID: String] = [:]
    // What a device sends of a pulse wave moves, whatever its numbers do.
    if scene.flags["frozen"] != nil { unsaid[.frozen] = "frozen" }
    if !model.reportsPerfusionIndex,
      scene.expectations.contains(where: { $0.alarm == .lowPerfusion })
    {
      unsaid[.lowPerfusion] = "perfusion"
    }
    for (flag, alarm) in alarms where scene.flags[flag] != nil {
      if let mark = ScenePatient.marks[flag], !model.reports.contains(mark) {
        unsaid[alarm] = flag
      }
    }
    return unsaid
  }

  private mutating func judgeSignatures(_ play: ScenePlayer.Play, _ scene: Scene) {
    for act in scene.acts where act.name == "signAttempt" {
      guard let expected = act.details["result"] else { continue }
      guard let outcome = play.signatures.first(where: { $0.at == .seconds(act.at) })?.outcome
      else {
        failures.append("no signature was tried at \(act.at) s")
        continue
      }
      let reasons = outcome.reasons.map(\.name)
      let wanted = (act.details["why"] ?? "").split(separator: ",").map(String.init)
      let isRight =
        expected.hasPrefix("accepted") == outcome.isAccepted && Set(reasons) == Set(wanted)
        && (!expected.contains(" of ")
          || expected == "accepted \(outcome.number) of \(outcome.of)")
      if isRight {
        met += 1
      } else {
        failures.append(
          "signature at \(act.at) s: expected \(expected) \(wanted), got "
            + "\(outcome.isAccepted ? "accepted" : "refused") \(reasons)")
      }
    }
  }
}

extension Scene.Expectation {
  fileprivate func isMet(_ event: (at: Instant, change: AlarmChange)) -> Bool {
    event.change.alarm.id == alarm && event.change.alarm.priority == priority
      && event.at >= .seconds(from) && event.at <= .seconds(by)
  }

  fileprivate var text: String { "\(alarm.rawValue) \(priority.name) from \(from) to \(by) s" }
}

extension Priority {
  fileprivate var sceneName: String {
    switch self {
    case .low: "LOW"
    case .medium: "MED"
    case .high: "HIGH"
    }
  }
}
