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
  /// Name, place, day, why here: 0...4.
  public var orientation: Int?
  /// Self-rating, 0...10.
  public var dissociation: Int?
  /// 0...10.
  public var nausea: Int?
  public var walksSteadily: Bool?
  public var cannulaOut: Bool?
  public var safetyAsked: Bool?
  public var taught: Bool?
  public var fieldsComplete: Bool?

  public init() {}

  /// Takes every answer that `later` gives, keeps the others.
  mutating func merge(_ later: Assessment) {
    aldrete = later.aldrete ?? aldrete
    padss = later.padss ?? padss
    moaas = later.moaas ?? moaas
    orientation = later.orientation ?? orientation
    dissociation = later.dissociation ?? dissociation
    nausea = later.nausea ?? nausea
    walksSteadily = later.walksSteadily ?? walksSteadily
    cannulaOut = later.cannulaOut ?? cannulaOut
    safetyAsked = later.safetyAsked ?? safetyAsked
    taught = later.taught ?? taught
    fieldsComplete = later.fieldsComplete ?? fieldsComplete
  }

  /// The numeric answers by their names in files, with their ranges.
  public static let scores:
    [(
      name: String, path: any WritableKeyPath<Assessment, Int?> & Sendable, range: ClosedRange<Int>
    )] =
      [
        ("aldrete", \.aldrete, 0...10), ("padss", \.padss, 0...10), ("moaas", \.moaas, 0...5),
        ("orientation", \.orientation, 0...4), ("dissociation", \.dissociation, 0...10),
        ("nausea", \.nausea, 0...10),
      ]

  /// The yes-or-no answers by their names in files.
  public static let answers:
    [(name: String, path: any WritableKeyPath<Assessment, Bool?> & Sendable)] = [
      ("gait", \.walksSteadily), ("ivOut", \.cannulaOut), ("safety", \.safetyAsked),
      ("teaching", \.taught), ("fields", \.fieldsComplete),
    ]
}
