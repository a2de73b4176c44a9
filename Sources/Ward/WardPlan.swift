public import Monitoring
public import Vitals

/// What a ward is made of: its chairs, their devices, its limits and its staff.
public struct WardPlan: Hashable, Sendable {
  public struct Chair: Hashable, Sendable {
    public let id: ChairID
    /// Driver names from the catalog; `nil` where no device is bound.
    public let drivers: [SlotName: String]

    public init(id: ChairID, drivers: [SlotName: String]) {
      self.id = id
      self.drivers = drivers
    }
  }

  public var policy: Policy
  public var roster: Roster
  /// In the order of the room.
  public var chairs: [Chair]

  public init(policy: Policy = .adultKetamineDefault1, roster: Roster = .standard, chairs: [Chair])
  {
    self.policy = policy
    self.roster = roster
    self.chairs = chairs
  }
}
