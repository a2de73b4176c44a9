import Drivers
import Monitoring
import Recording
public import Vitals
public import Ward

/// One chair as its tile shows it, in JSON.
///
/// Freshness is decided here, so that all pages agree: a number that is not current is `null`.
public enum TileText {
  /// A blood pressure older than this is grey on the wall (`clinical.md` 4.3: two intervals of the
  /// longest usual schedule).
  private static let pressureIsOldAfter = Duration.seconds(1800)

  ///
  /// In full, for the chair's own page and reports, it tells the session with it.
  public static func json(_ chair: Chair, at now: Instant, isFull: Bool = false) -> String {
    let monitor = chair.monitor
    let session = monitor.session
    var json = JSONLine()
    json.add("chair", chair.id.name)
    json.add(orNull: "phase", session?.phase.rawValue)
    json.add(orNull: "substate", session.flatMap(substate))
    json.add(orNull: "patient", session?.patient)
    json.add(orNull: "route", session?.route.rawValue)
    json.add(orNull: "phaseSeconds", session.map { (now - $0.phaseSince).wholeSeconds })
    json.addRaw("oximeter", oximeter(chair, at: now))
    json.addRaw("nibp", pressure(chair, at: now))
    json.addRaw("respiration", respiration(monitor, at: now))
    json.addRaw("limits", limits(monitor))
    json.addRaw("changedLimits", SignalsText.limits(session?.changedLimits ?? []))
    let alarms = monitor.activeAlarms.map {
      AlarmText.json($0, signal: monitor.signal(of: $0), at: now)
    }
    json.addRaw("alarms", "[" + alarms.joined(separator: ",") + "]")
    SignalsText.add(chair, at: now, to: &json)
    json.add(orNull: "button", chair.button.map { $0.isOpen ? "ready" : "lost" })
    json.add(orNull: "hold", session?.hold?.name)
    json.addRaw("timer", timer(monitor, at: now))
    json.addRaw("baseline", baseline(session?.baseline))
    json.add("monitored", session?.isMonitored == true)
    json.add(orNull: "series", session?.series?.text)
    if isFull { json.addRaw("session", SessionText.json(monitor, at: now)) }
    return json.line
  }

  private static func substate(_ session: Session) -> String? {
    if session.awaySince != nil { return "away" }
    if session.dosePausedAt != nil { return "paused" }
    return session.isAwaitingSecondSignature ? "awaitingSecond" : nil
  }

  private static func oximeter(_ chair: Chair, at now: Instant) -> String {
    let monitor = chair.monitor
    let fresh = monitor.freshSample(at: now)
    let state = OximeterState(chair, at: now)
    var json = JSONLine()
    json.add(orNull: "driver", (chair.oximeter ?? chair.bedside)?.model.id)
    json.add("state", state.rawValue)
    json.add(orNull: "spo2", fresh?.saturation?.percent)
    json.add(orNull: "pr", fresh?.pulseRate?.perMinute)
    let index = fresh?.perfusionIndex?.hundredths
    json.addRaw("pi", index.map { "\($0 / 100).\($0 % 100 < 10 ? "0" : "")\($0 % 100)" } ?? "null")
    let age = monitor.lastSample.map { Int((now - $0.at).nanoseconds / 1_000_000) }
    json.add(orNull: "ageMs", age)
    json.add("flags", monitor.lastSample?.reading.status.names ?? [])
    json.add(orNull: "remedy", state.remedy)
    let since =
      switch state {
      case .live, .none: Instant?.none
      case .late, .noData: monitor.lastFrameAt
      case .questionable, .sensorOff, .searching: monitor.unusableSince ?? monitor.lastFrameAt
      }
    json.add(orNull: "sinceSeconds", since.map { (now - $0).wholeSeconds })
    return json.line
  }

  private static func pressure(_ chair: Chair, at now: Instant) -> String {
    let monitor = chair.monitor
    let last = monitor.pressures.last
    var json = JSONLine()
    json.add(orNull: "driver", (chair.cuff ?? chair.bedside)?.model.id)
    json.add(orNull: "sbp", last?.reading.systolic)
    json.add(orNull: "dbp", last?.reading.diastolic)
    json.add(orNull: "map", last?.reading.mean)
    json.add(orNull: "pr", last?.reading.pulseRate?.perMinute)
    json.add(orNull: "ageSeconds", last.map { (now - $0.at).wholeSeconds })
    json.add(
      "state", last.map { now - $0.at > pressureIsOldAfter ? "old" : "fresh" } ?? "none")
    json.add(orNull: "source", monitor.lastPressureSource?.rawValue)
    let cuff =
      chair.cuff == nil
      ? "none"
      : monitor.isCuffWorking
        ? "inflating"
        : !monitor.isCuffConnected ? "offline" : monitor.lastFailure == nil ? "idle" : "failed"
    json.add("cuff", cuff)
    json.add(orNull: "cuffMmHg", monitor.isCuffWorking ? monitor.cuffPressure : nil)
    json.add(orNull: "failure", monitor.lastFailure?.rawValue)
    json.add(orNull: "nextDueSeconds", monitor.nextPressureDue.map { ($0 - now).wholeSeconds })
    return json.line
  }

  /// A rate that a person counted stands, with its age, until the next; a monitor's is current or `null`.
  private static func respiration(_ monitor: ChairMonitor, at now: Instant) -> String {
    guard let last = monitor.respiration(at: now) else { return "null" }
    var json = JSONLine()
    json.add("rr", last.rate.perMinute)
    json.add("ageSeconds", (now - last.at).wholeSeconds)
    json.add(orNull: "countedBy", last.by?.name)
    return json.line
  }

  private static func limits(_ monitor: ChairMonitor) -> String {
    let policy = monitor.policy
    var json = JSONLine()
    json.add("SPO2_LOW", policy.spo2.low)
    json.add("SPO2_VLOW", policy.spo2.veryLow)
    json.add("PR_LOW", monitor.pulseLowLimit)
    json.add("PR_VLOW", policy.pulse.veryLow)
    json.add("PR_HIGH", policy.pulse.high)
    json.add("PR_VHIGH", policy.pulse.veryHigh)
    json.add("BP_ELEV", policy.pressure.elevatedSystolic)
    json.add("BP_CRIT", policy.pressure.criticalSystolic)
    return json.line
  }

  private static func timer(_ monitor: ChairMonitor, at now: Instant) -> String {
    guard let session = monitor.session, let clock = session.clock else { return "null" }
    let unmet = monitor.unmetCriteria(at: now) ?? []
    let remaining = clock.remaining(at: now)
    let state =
      session.phase == .signedOff
      ? "signedOff"
      : session.phase == .infusing
        ? "notStarted" : unmet.isEmpty ? "eligible" : remaining > .zero ? "running" : "blocked"
    var json = JSONLine()
    json.add("state", state)
    json.add("remainingSeconds", remaining.roundedUpSeconds)
    json.add("elapsedSeconds", clock.elapsed(at: now).wholeSeconds)
    json.add("requiredSeconds", clock.required.wholeSeconds)
    json.add("creditSeconds", clock.credit(at: now).wholeSeconds)
    json.add("creditNeededSeconds", (clock.required - clock.slack).wholeSeconds)
    json.add("blockedBy", unmet.map(\.rawValue))
    return json.line
  }

  private static func baseline(_ baseline: Baseline?) -> String {
    guard let baseline else { return "null" }
    var json = JSONLine()
    json.add("spo2", baseline.spo2)
    json.add("pr", baseline.pulseRate)
    json.add("sbp", baseline.systolic)
    json.add("dbp", baseline.diastolic)
    return json.line
  }
}

extension Duration {
  /// A time that is left, so that it shows zero only when it is over.
  fileprivate var roundedUpSeconds: Int { (self + .milliseconds(999)).wholeSeconds }
}
