/// The numeric rules of `clinical.md` 2.2, 3.3 and 4.3 once more, as a plain loop over seconds.
///
/// Written from the text, without a line of the engine: no deadlines, no tables, no state that
/// outlives its loop. It knows one sample a second, looks back over arrays and counts.
enum NaiveRules {
  /// What reaches a chair in one second of a course.
  struct Second {
    var hasFrame = true
    var mark = Mark.none
    var spo2 = 97
    var pulse = 72
    /// Hundredths of a percent.
    var perfusion = 200
    var respiration: Int?
    var pressure: (systolic: Int, diastolic: Int)?

    var isValid: Bool { hasFrame && mark == .none && perfusion >= 10 }
  }

  enum Mark: CaseIterable { case none, off, motion, searching, noPulse }

  /// The patient's baseline in every course.
  static let baseline = (spo2: 97, pulse: 72, systolic: 120, diastolic: 76)

  /// Which alarms are active at the end of each second.
  static func run(_ course: [Second]) -> [String: [Bool]] {
    func numeric(
      _ delay: Int, _ clear: Int = 5, _ violates: (Second) -> Bool
    ) -> [Bool] {
      activity(
        course.map { $0.hasFrame ? .some($0.isValid ? violates($0) : nil) : .none }, delay, clear
      )
      .after
    }
    func sign(_ delay: Int, _ clear: Int, _ says: (Second) -> Bool?) -> (
      before: [Bool], after: [Bool]
    ) { activity(course.map { $0.hasFrame ? .some(says($0)) : .none }, delay, clear) }

    var active: [String: [Bool]] = [:]
    active["SPO2_LOW"] = numeric(10) { $0.spo2 < 92 }
    active["SPO2_VLOW"] = numeric(3) { $0.spo2 < 88 }
    active["SPO2_FALL"] = numeric(30) {
      baseline.spo2 - $0.spo2 >= 5 && $0.spo2 <= 94 && $0.spo2 >= 92
    }
    active["PR_HIGH"] = numeric(15) { $0.pulse > 120 }
    active["PR_VHIGH"] = numeric(10) { $0.pulse > 140 }
    active["PR_LOW"] = numeric(10) { $0.pulse < 50 }
    active["PR_VLOW"] = numeric(5) { $0.pulse < 40 }
    active["PR_REL"] = numeric(120) {
      $0.pulse * 10 >= baseline.pulse * 13 && $0.pulse > 100
    }
    active["LOW_PERF"] = sign(30, 10) { $0.mark == .off ? nil : $0.perfusion < 30 }.after
    let off = sign(10, 3) { $0.mark == .off }
    let noPulse = sign(10, 5) {
      $0.mark == .noPulse ? true : $0.isValid ? false : nil
    }
    active["SENSOR_OFF"] = off.after
    active["NO_PULSE"] = noPulse.after
    // Every second without a usable number counts, until its cause is told.
    let poor = course.indices.map { t -> Bool?? in
      guard course[t].hasFrame else { return .none }
      return .some(!course[t].isValid && !off.before[t] && !noPulse.before[t])
    }
    active["SIGNAL_POOR"] = activity(poor, 30, 10).after
    active["FROZEN"] = activity(frozen(course), 0, 5).after
    active["NO_DATA"] = silence(course)
    func breathing(_ delay: Int, _ violates: (Int) -> Bool) -> [Bool] {
      let says = course.map { $0.respiration.map { Bool?.some(violates($0)) } }
      return activity(says, delay, 5, keeps: 10).after
    }
    active["RR_LOW"] = breathing(20) { $0 < 10 }
    active["RR_VLOW"] = breathing(15) { $0 < 8 }
    active["RR_HIGH"] = breathing(60) { $0 > 25 }
    return active.merging(pressures(course)) { first, _ in first }
  }

  /// One condition, second by second: before what the second says is heard, and after.
  ///
  /// A second says that the rule is violated or not, that nobody can tell (`.some(nil)`), or
  /// nothing at all; then the last word holds for `keeps` seconds.
  private static func activity(
    _ says: [Bool??], _ delay: Int, _ clear: Int, keeps: Int = 3
  ) -> (before: [Bool], after: [Bool]) {
    var (before, after): ([Bool], [Bool]) = ([], [])
    var isActive = false
    // Seconds of violation on the count, and of goodness while active; `nil` when none runs.
    var bad: Int?
    var good: Int?
    // Seconds since nobody can tell, while something is on the count.
    var unknown: Int?
    // Seconds since the last word.
    var age: Int?
    func hear(_ word: Bool?) {
      switch word {
      case true?:
        good = nil
        unknown = nil
        if !isActive, bad == nil { bad = 0 }
        if !isActive, delay == 0 { (isActive, bad) = (true, nil) }
      case false?:
        (bad, unknown) = (nil, nil)
        if isActive, good == nil { good = 0 }
      case nil:
        good = nil
        if bad != nil, unknown == nil { unknown = 0 }
      }
    }
    for word in says {
      if let seconds = bad, unknown == nil {
        bad = seconds + 1
        if seconds + 1 >= delay { (isActive, bad) = (true, nil) }
      }
      if let seconds = good {
        good = seconds + 1
        if seconds + 1 >= clear { (isActive, good) = (false, nil) }
      }
      if let seconds = unknown {
        unknown = seconds + 1
        if seconds + 1 >= 10 { (bad, unknown) = (nil, nil) }
      }
      before.append(isActive)
      age = age.map { $0 + 1 }
      if age == keeps { hear(nil) }
      if let word {
        age = 0
        hear(word)
      }
      after.append(isActive)
    }
    return (before, after)
  }

  /// Whether the valid samples have shown the same three numbers for 60 s.
  private static func frozen(_ course: [Second]) -> [Bool??] {
    course.indices.map { t in
      guard course[t].hasFrame else { return .none }
      guard course[t].isValid else { return .some(nil) }
      var (first, last) = (t, t)
      for earlier in stride(from: t - 1, through: 0, by: -1) where course[earlier].isValid {
        let (a, b) = (course[earlier], course[t])
        guard a.spo2 == b.spo2, a.pulse == b.pulse, a.perfusion == b.perfusion, last - earlier <= 10
        else { break }
        (first, last) = (earlier, earlier)
      }
      return .some(t - first >= 60)
    }
  }

  /// No frame for 10 s; the last one before the course came a second before it.
  private static func silence(_ course: [Second]) -> [Bool] {
    var last = -1
    return course.indices.map { t in
      if course[t].hasFrame { last = t }
      return t - last >= 10
    }
  }

  private static func pressures(_ course: [Second]) -> [String: [Bool]] {
    var active: [String: [Bool]] = [:]
    var now: [String: Bool] = [:]
    // The reading before, and when.
    var previous: (at: Int, isHigh: Bool)?
    for t in course.indices {
      if let (systolic, diastolic) = course[t].pressure {
        let mean = (Double(systolic + 2 * diastolic) / 3).rounded()
        let isCritical = systolic >= 180 || diastolic >= 110
        let isHigh = systolic >= 160 || diastolic >= 100
        now["BP_CRIT"] = isCritical
        now["BP_VLOW"] = systolic < 80 || mean < 55
        now["BP_LOW"] = systolic < 90 || mean < 65
        now["MAP_HIGH"] = mean > 130
        now["BP_REL_UP"] =
          systolic - baseline.systolic >= 40 || diastolic - baseline.diastolic >= 25
        now["BP_REL_DOWN"] = systolic * 10 <= baseline.systolic * 7
        // A critical one leaves it as it is.
        if !isCritical {
          let wasMedium = now["BP_ELEV MEDIUM"] == true && now["BP_ELEV"] == true
          now["BP_ELEV"] = isHigh
          let isRepeated = previous.map { $0.isHigh && t - $0.at >= 120 } == true
          now["BP_ELEV MEDIUM"] = isHigh && (isRepeated || wasMedium)
        }
        previous = (t, isHigh)
      }
      for name in pressureNames { active[name, default: []].append(now[name] ?? false) }
    }
    return active
  }

  private static let pressureNames = [
    "BP_CRIT", "BP_VLOW", "BP_LOW", "MAP_HIGH", "BP_REL_UP", "BP_REL_DOWN", "BP_ELEV",
    "BP_ELEV MEDIUM",
  ]
}
