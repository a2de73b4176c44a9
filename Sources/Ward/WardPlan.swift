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
  /// How many seconds of the ward pass in one real second; 1 outside demos and tests.
  ///
  /// Stations live in real time, whatever the ward's clock does.
  public var speed: Double

  public init(
    policy: Policy = .adultKetamineDefault1, roster: Roster = .standard, chairs: [Chair],
    speed: Double = 1
  ) {
    self.speed = speed
    self.policy = policy
    self.roster = roster
    self.chairs = chairs
  }
}
