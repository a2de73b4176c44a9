public import Documents
public import Monitoring
public import Vitals

/// A clinical course as data (`clinical.md` section 6).
///
/// Times are seconds after dose start, or after the needle for a scene before any drug.
public struct Scene: Sendable {
  public struct Determination: Sendable {
    public let start: Int
    public let done: Int
    public let systolic: Int
    public let diastolic: Int
    public let pulseRate: Int?
    public let quality: BloodPressure.Quality
    /// Name of a `DeterminationFailure`; `nil` for a good one.
    public let failure: String?
  }

  /// An alarm that must be raised, with the window in which it may be.
  public struct Expectation: Sendable {
    public let alarm: AlarmID
    public let priority: Priority
    public let from: Int
    public let by: Int
    public let clearBy: Int?
  }

  /// What somebody does, beyond acknowledging, and what must come of it.
  public struct Act: Sendable {
    public let at: Int
    public let name: String
    /// Everything else, as text; lists are joined with commas.
    public let details: [String: String]
  }

  public let id: String
  public let title: String
  public let baseline: Baseline
  public let start: Int
  public let end: Int
  public let phases: [(at: Int, phase: Phase)]
  public let spo2: [Knot]
  public let pulseRate: [Knot]
  public let perfusionIndex: [Knot]
  /// Breaths per minute, from a monitor; empty without one.
  public let respiration: [Knot]
  /// Percent left in the oximeter's battery; empty when it does not tell.
  public let battery: [Knot]
  /// Whether cuff and oximeter are on one arm.
  public let sameLimb: Bool
  public let determinations: [Determination]
  /// The only due times; empty when the scheduler is off for this fragment.
  public let schedule: [Int]
  /// Intervals by flag name, from the first second to before the last.
  public let flags: [String: [Range<Int>]]
  public let away: [Range<Int>]
  public let acknowledgements: [(at: Int, alarm: AlarmID)]
  public let acts: [Act]
  public let expectations: [Expectation]
  /// Alarm ids or priorities (`LOW`, `MED`, `HIGH`) that must not occur.
  public let never: [String]
  public let anchor: Int
  public let requiredSeconds: Int
  public let escortAt: Int

  /// A value at a time; linear between two of them.
  public struct Knot: Sendable {
    public let at: Double
    public let value: Double
  }

  /// Reads the text of a scene file.
  public init(text: String, file: String) throws(Complaint) {
    try self.init(SceneReader(try Element.read(text, file: file)))
  }

  private init(_ reader: SceneReader) throws(Complaint) {
    id = try reader.text("id")
    title = try reader.text("title")
    baseline = try reader.baseline()
    start = try reader.seconds("start")
    end = try reader.seconds("end")
    phases = try reader.phases()
    spo2 = try reader.knots("spo2")
    pulseRate = try reader.knots("pr")
    perfusionIndex = try reader.knots("pi")
    respiration = try reader.knotsIfAny("rr")
    battery = try reader.knotsIfAny("battery")
    sameLimb = try reader.optional("sameLimb", SceneReader.truth) ?? false
    determinations = try reader.determinations()
    schedule =
      try reader.optional("schedule") { element throws(Complaint) in
        var dues: [Int] = []
        for due in try element.list() { dues.append(try due.integer(in: SceneReader.span)) }
        return dues
      } ?? []
    flags = try reader.flags()
    away = try reader.optional("away", SceneReader.intervals) ?? []
    acknowledgements = try reader.acknowledgements()
    acts = try reader.acts()
    expectations = try reader.expectations()
    never = try reader.never()
    anchor = try reader.optional("anchor", SceneReader.second) ?? 0
    requiredSeconds = try reader.optional("requiredSeconds", SceneReader.second) ?? 1800
    escortAt = try reader.optional("escortAt", SceneReader.second) ?? 0
    guard start < end else { throw reader.root.complaint("start must be before end") }
  }

  /// The value of a curve at a time: linear between knots, constant outside them.
  public static func value(of knots: [Knot], at time: Double) -> Double? {
    guard let first = knots.first, let last = knots.last else { return nil }
    if time <= first.at { return first.value }
    if time >= last.at { return last.value }
    guard let upper = knots.firstIndex(where: { $0.at > time }) else { return last.value }
    let (a, b) = (knots[upper - 1], knots[upper])
    return a.value + (b.value - a.value) * (time - a.at) / (b.at - a.at)
  }

  /// Whether a flag is set at a time.
  public func isFlagged(_ flag: String, at time: Double) -> Bool {
    flags[flag]?.contains { Double($0.lowerBound) <= time && time < Double($0.upperBound) } == true
  }
}
