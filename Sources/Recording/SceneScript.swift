public import Monitoring
public import Vitals
public import Ward

/// What people do in a scene, as the commands they would give, with the preparation that every
/// session needs before its dose.
public struct SceneScript: Sendable {
  /// How long before zero the patient is checked in.
  public static let preparationSeconds = 300

  /// Something that reaches the ward at an instant of the scene.
  public struct Step: Sendable {
    public let at: Int
    public let input: WardInput
  }

  public let steps: [Step]

  /// Writes the script of a scene for one chair.
  ///
  /// `measuresByDevice` leaves the determinations to a cuff that is told to start.
  public init(_ scene: Scene, chair: ChairID, measuresByDevice: Bool) throws(TextError) {
    var draft = Draft(chair: chair)
    draft.prepare(scene)
    for determination in scene.determinations {
      if measuresByDevice {
        draft.command(determination.start, .nibpStart)
      } else {
        draft.reading(determination.start, .determination(.inflating))
        draft.reading(determination.done, .determination(determination.outcome))
      }
    }
    for (at, phase) in scene.phases { try draft.enter(phase, at: at, scene) }
    for (at, alarm) in scene.acknowledgements { draft.command(at, .acknowledge(alarm)) }
    for act in scene.acts { try draft.play(act) }
    // Sorting is stable by the order in which the draft was written.
    steps = draft.steps.enumerated().filter { $0.element.at <= scene.end }
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  /// The route that a scene's timer belongs to.
  static func route(of scene: Scene) -> Route {
    switch (scene.anchor, scene.requiredSeconds) {
    case (0, 7200): .spravato84
    case (0, _): .im
    case (_, 2700): .iv60slow
    default: .iv40
    }
  }
}

private struct Draft {
  let chair: ChairID
  var steps: [SceneScript.Step] = []
  private let nurse = StaffID("rn1") ?? .system
  private let prescriber = StaffID("md1") ?? .system

  init(chair: ChairID) { self.chair = chair }

  mutating func command(_ at: Int, _ command: Command, by staff: StaffID? = nil) {
    steps.append(SceneScript.Step(at: at, input: .command(chair, command, by: staff ?? nurse)))
  }

  mutating func reading(_ at: Int, _ reading: HandReading) {
    steps.append(SceneScript.Step(at: at, input: .reading(chair, reading, by: .system)))
  }

  /// Check-in, two pressures, the accepted baseline, and who takes the patient home.
  mutating func prepare(_ scene: Scene) {
    let start = -SceneScript.preparationSeconds
    if let station = StaffID("scene") {
      steps.append(SceneScript.Step(at: start, input: .station(station, isLinked: true)))
    }
    let route = SceneScript.route(of: scene)
    command(start, .checkIn(route: route, patient: nil))
    let cuff: Limb = scene.sameLimb ? .rightArm : .leftArm
    let arms = Limbs(
      cuff: cuff, oximeter: .rightArm, infusion: scene.sameLimb ? .leftArm : .rightArm)
    command(start, .limbs(arms))
    command(start, .checklist(.clear))
    command(start, .chart(.filled(for: route)))
    command(start, .series(Series(kind: .induction, index: 3)))
    if let pressure = BloodPressure(
      systolic: scene.baseline.systolic, diastolic: scene.baseline.diastolic)
    {
      for at in [start + 60, start + 150] {
        steps.append(
          SceneScript.Step(at: at, input: .reading(chair, .pressure(pressure), by: nurse)))
      }
    }
    command(-60, .baselineAccepted)
    let isNamed = scene.escortAt <= 0
    command(-50, .escort(isNamed ? .responsibleAdult : .toBeConfirmed))
    if !isNamed, !scene.acts.contains(where: { $0.name == "escortConfirmed" }) {
      command(scene.escortAt, .escort(.responsibleAdult))
    }
  }

  mutating func enter(_ phase: Phase, at: Int, _ scene: Scene) throws(TextError) {
    switch phase {
    case .baseline: break
    case .infusing: command(at, .doseStart(route: SceneScript.route(of: scene)))
    case .observation:
      command(at, .doseEnd(.completed))
      command(at + 60, .assess(.passing))
    case .scheduled, .readyForSignOff, .signedOff, .transferred, .leftAMA, .aborted:
      throw TextError("a scene cannot enter the phase \(phase.rawValue) by itself")
    }
    // The scene's own due times replace those of the route (`clinical.md` section 6).
    if phase != .baseline {
      let dues = scene.schedule.filter { $0 >= at }
      command(at, .schedule(dueSeconds: dues, startsByItself: false))
    }
  }

  mutating func play(_ act: Scene.Act) throws(TextError) {
    let by = try act.details["user"].map { name throws(TextError) in
      try CommandText.staff("user", name)
    }
    switch act.name {
    case "signAttempt": command(act.at, .sign, by: by)
    case "escortConfirmed": command(act.at, .escort(.responsibleAdult))
    case "patientAway":
      let escort = try CommandText.staff("escort", act.details["escort"] ?? nurse.name)
      command(act.at, .patientAway(escort: escort))
    case "patientReturned": command(act.at, .patientReturned)
    case "wallClockStep":
      guard let delta = act.details["delta"].flatMap({ Int64($0) }) else {
        throw TextError("wallClockStep needs delta in seconds")
      }
      steps.append(
        SceneScript.Step(at: act.at, input: .wallClockStepped(milliseconds: delta * 1000)))
    case "log":
      guard let health = act.details["health"].flatMap(LogHealth.init(rawValue:)) else {
        throw TextError("log needs health: well, late, lowSpace or failing")
      }
      steps.append(SceneScript.Step(at: act.at, input: .log(health)))
    case "interrupted":
      guard let seconds = act.details["seconds"].flatMap({ Int($0) }) else {
        throw TextError("interrupted needs seconds")
      }
      let since = Instant.seconds(act.at - seconds)
      steps.append(
        SceneScript.Step(
          at: act.at,
          input: .interrupted(since: since, isCertain: act.details["clock"] != "uncertain")))
    case "station":
      guard let name = act.details["name"].flatMap({ StaffID($0) }) else {
        throw TextError("station needs name")
      }
      let input: WardInput =
        switch act.details["says"] {
        case "hello": .stationSays(name, .hello)
        case "heartbeat": .stationSays(name, .heartbeat)
        case "goodbye": .stationSays(name, .goodbye)
        case "lost": .station(name, isLinked: false)
        default: throw TextError("a station says hello, heartbeat, goodbye, or is lost")
        }
      steps.append(SceneScript.Step(at: act.at, input: input))
    case "cuffPressure":
      guard let mmHg = act.details["mmHg"].flatMap({ Int($0) }) else {
        throw TextError("cuffPressure needs mmHg")
      }
      reading(act.at, .determination(.cuffPressure(mmHg: mmHg)))
    default:
      var fields = Fields(act.details.filter { !["user", "result", "why"].contains($0.key) })
      let given = try CommandText.parse(act.name, &fields)
      try fields.finish()
      command(act.at, given, by: by)
    }
  }
}

extension Assessment {
  /// A patient who is well enough to go home.
  public static var passing: Assessment {
    var assessment = Assessment()
    (assessment.aldrete, assessment.padss, assessment.moaas) = (10, 10, 5)
    (assessment.orientation, assessment.dissociation, assessment.nausea) = (4, 0, 0)
    (assessment.cannulaOut, assessment.safetyAsked, assessment.taught) = (true, true, true)
    assessment.gait = .steady
    return assessment
  }
}

extension Chart {
  /// A chart with all that a route asks for, of nobody who exists.
  public static func filled(for route: Route) -> Chart {
    var chart = Chart()
    for field in ChartField.mandatory(for: route) + [.escortName, .escortContact] {
      switch field.kind {
      case .text: chart[field] = .text("example")
      case .date: chart[field] = .text("1984-06-11")
      case .word(let words): chart[field] = words.last.map { .text($0) }
      case .answer: chart[field] = .answer(field == .consent)
      case .decimal: break
      }
    }
    chart[.dose] = .number(route == .spravato56 ? 5600 : route == .spravato84 ? 8400 : 3600)
    if !route.isSpravato {
      (chart[.weight], chart[.weightAgain]) = (.number(7200), .number(7200))
    }
    return chart
  }
}
