/// What a person judged about the patient, for the discharge criteria.
///
/// `nil` is "not done".
public struct Assessment: Hashable, Sendable {
  /// Modified Aldrete score, 0...10; pass at 9 with no item 0.
  public var aldrete: Int?
  /// Modified PADSS, 0...10; pass at 9.
  public var padss: Int?
  /// The PADSS items, each 0...2; all five make the score.
  ///
  /// Bleeding is that of the cannula's site.
  public var padssVitalSigns: Int?
  public var padssAmbulation: Int?
  public var padssNausea: Int?
  public var padssPain: Int?
  public var padssBleeding: Int?
  /// MOAA/S, 0...5.
  public var moaas: Int?
  /// POSS, 1...4; 0 stands for S, asleep and easy to rouse.
  public var poss: Int?
  /// Name, place, day, why here: 0...4.
  public var orientation: Int?
  /// Self-rating, 0...10.
  public var dissociation: Int?
  /// 0...10.
  public var nausea: Int?
  /// 0...10.
  public var pain: Int?
  /// Breaths per minute, counted by a person.
  public var respiratoryRate: Int?
  /// The Aldrete items, each 0...2; all five make the score.
  public var activity: Int?
  public var respiration: Int?
  public var circulation: Int?
  public var consciousness: Int?
  public var oxygenation: Int?
  public var gait: Gait?
  public var cannulaOut: Bool?
  public var safetyAsked: Bool?
  /// The answer to the suicidality question, and whether there is a plan.
  public var isSuicidal: Bool?
  public var safetyPlan: Bool?
  /// The crisis-line handout was given.
  public var crisisLine: Bool?
  public var taught: Bool?
  /// Vomited just now.
  public var vomited: Bool?
  /// “Back to usual”, in place of a self-rating of dissociation.
  public var backToUsual: Bool?

  /// Stands 1 min and walks 5 m.
  public enum Gait: String, Hashable, Sendable, CaseIterable {
    case steady, asBefore, wheelchair, unsteady
  }

  public init() {}

  /// The Aldrete score as given, or as the five items make it.
  public var aldreteScore: Int? { aldrete ?? Self.sum(aldreteItems) }

  /// The PADSS score as given, or as the five items make it.
  public var padssScore: Int? { padss ?? Self.sum(padssItems) }

  var aldreteItems: [Int?] { Self.aldretePaths.map { self[keyPath: $0] } }
  private var padssItems: [Int?] { Self.padssPaths.map { self[keyPath: $0] } }

  private typealias ScorePath = any WritableKeyPath<Assessment, Int?> & Sendable

  private static let aldretePaths: [ScorePath] = [
    \.activity, \.respiration, \.circulation, \.consciousness, \.oxygenation,
  ]
  private static let padssPaths: [ScorePath] = [
    \.padssVitalSigns, \.padssAmbulation, \.padssNausea, \.padssPain, \.padssBleeding,
  ]

  /// `nil` while an item is missing: it might be the one with no point.
  private static func sum(_ items: [Int?]) -> Int? {
    items.reduce(0) { sum, item in sum.flatMap { sum in item.map { sum + $0 } } }
  }

  /// Takes every answer that `later` gives, keeps the others.
  mutating func merge(_ later: Assessment) {
    // One question, two ways to answer it: the last answer counts.
    if later.dissociation != nil || later.backToUsual != nil {
      (dissociation, backToUsual) = (nil, nil)
    }
    // So do a total and its items.
    for (total, items) in [(\Assessment.aldrete, Self.aldretePaths), (\.padss, Self.padssPaths)] {
      if later[keyPath: total] != nil {
        for item in items { self[keyPath: item] = nil }
      } else if items.contains(where: { later[keyPath: $0] != nil }) {
        self[keyPath: total] = nil
      }
    }
    for score in Self.scores {
      self[keyPath: score.path] = later[keyPath: score.path] ?? self[keyPath: score.path]
    }
    for answer in Self.answers {
      self[keyPath: answer.path] = later[keyPath: answer.path] ?? self[keyPath: answer.path]
    }
    gait = later.gait ?? gait
  }

  /// The names of what was answered.
  var answered: [String] {
    Self.scores.filter { self[keyPath: $0.path] != nil }.map(\.name)
      + Self.answers.filter { self[keyPath: $0.path] != nil }.map(\.name)
      + (gait == nil ? [] : ["gait"])
  }

  /// The numeric answers by their names in files, with their ranges.
  public static let scores:
    [(
      name: String, path: any WritableKeyPath<Assessment, Int?> & Sendable, range: ClosedRange<Int>
    )] =
      [
        ("aldrete", \.aldrete, 0...10), ("padss", \.padss, 0...10), ("moaas", \.moaas, 0...5),
        ("poss", \.poss, 0...4), ("orientation", \.orientation, 0...4),
        ("dissociation", \.dissociation, 0...10), ("nausea", \.nausea, 0...10),
        ("pain", \.pain, 0...10), ("rr", \.respiratoryRate, 0...80),
        ("activity", \.activity, 0...2), ("respiration", \.respiration, 0...2),
        ("circulation", \.circulation, 0...2), ("consciousness", \.consciousness, 0...2),
        ("oxygenation", \.oxygenation, 0...2), ("padssVitalSigns", \.padssVitalSigns, 0...2),
        ("padssAmbulation", \.padssAmbulation, 0...2), ("padssNausea", \.padssNausea, 0...2),
        ("padssPain", \.padssPain, 0...2), ("padssBleeding", \.padssBleeding, 0...2),
      ]

  /// The yes-or-no answers by their names in files.
  public static let answers:
    [(name: String, path: any WritableKeyPath<Assessment, Bool?> & Sendable)] = [
      ("ivOut", \.cannulaOut), ("safety", \.safetyAsked), ("suicidal", \.isSuicidal),
      ("safetyPlan", \.safetyPlan), ("crisisLine", \.crisisLine), ("teaching", \.taught),
      ("vomiting", \.vomited), ("backToUsual", \.backToUsual),
    ]
}
