/// Where on the body something is attached.
public enum Limb: String, Hashable, Sendable, CaseIterable {
  case leftArm, rightArm, leftLeg, rightLeg
  /// For an oximeter; no cuff can disturb it there.
  case ear
}

/// Which limbs carry the cuff, the oximeter and the infusion (`clinical.md` 4.5); `nil` where
/// nobody has said.
public struct Limbs: Hashable, Sendable {
  public var cuff: Limb?
  public var oximeter: Limb?
  public var infusion: Limb?

  public init(cuff: Limb? = nil, oximeter: Limb? = nil, infusion: Limb? = nil) {
    self.cuff = cuff
    self.oximeter = oximeter
    self.infusion = infusion
  }

  /// Whether the cuff is known not to disturb the oximeter; the unknown counts as the same limb.
  public var isOximeterClear: Bool {
    guard let cuff, let oximeter else { return false }
    return cuff != oximeter
  }

  /// Whether the cuff stops the infusion when it inflates.
  public var isCuffOnInfusion: Bool { cuff != nil && cuff == infusion }

  /// These, with what `other` says in their place.
  public func updated(with other: Limbs) -> Limbs {
    Limbs(
      cuff: other.cuff ?? cuff, oximeter: other.oximeter ?? oximeter,
      infusion: other.infusion ?? infusion)
  }
}
