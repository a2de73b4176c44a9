/// What a person judged about the patient, for the discharge criteria.
///
/// `nil` is "not done".
public struct Assessment: Hashable, Sendable {
  /// Modified Aldrete score, 0...10; pass at 9 with no item 0.
  public var aldrete: Int?
  /// Modified PADSS, 0...10.
  public var padss: Int?
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
  public var aldreteScore: Int? {
    let items = aldreteItems.compactMap(\.self)
    return aldrete ?? (items.count == aldreteItems.count ? items.reduce(0, +) : nil)
  }

  var aldreteItems: [Int?] { [activity, respiration, circulation, consciousness, oxygenation] }

  /// Takes every answer that `later` gives, keeps the others.
  mutating func merge(_ later: Assessment) {
    // One question, two ways to answer it: the last answer counts.
    if later.dissociation != nil || later.backToUsual != nil {
      (dissociation, backToUsual) = (nil, nil)
    }
    // So do a total and its items.
    if later.aldrete != nil {
      (activity, respiration, circulation, consciousness, oxygenation) = (nil, nil, nil, nil, nil)
    } else if later.aldreteItems.contains(where: { $0 != nil }) {
      aldrete = nil
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
        ("oxygenation", \.oxygenation, 0...2),
      ]

  /// The yes-or-no answers by their names in files.
  public static let answers:
    [(name: String, path: any WritableKeyPath<Assessment, Bool?> & Sendable)] = [
      ("ivOut", \.cannulaOut), ("safety", \.safetyAsked), ("suicidal", \.isSuicidal),
      ("safetyPlan", \.safetyPlan), ("crisisLine", \.crisisLine), ("teaching", \.taught),
      ("vomiting", \.vomited), ("backToUsual", \.backToUsual),
    ]
}
