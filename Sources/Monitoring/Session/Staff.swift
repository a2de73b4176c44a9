public import Vitals

/// What a member of staff may do (`clinical.md` 1.6).
public enum Role: String, Hashable, Sendable, CaseIterable {
  case assistant, rn, prescriber, admin, biomed, system
}

/// Who works here: user names and roles.
public struct Roster: Hashable, Sendable {
  private var roles: [StaffID: Role]

  public init(_ roles: [StaffID: Role]) {
    self.roles = roles
  }

  /// The staff of scenes, the demo, and recordings that name none.
  public static let standard = Roster(
    Dictionary(
      uniqueKeysWithValues: [
        ("rn1", Role.rn), ("rn2", .rn), ("md1", .prescriber), ("md2", .prescriber),
        ("as1", .assistant), ("bio1", .biomed), ("admin1", .admin),
      ].compactMap { name, role in StaffID(name).map { ($0, role) } }))

  public func role(of staff: StaffID) -> Role? {
    staff == .system ? .system : roles[staff]
  }

  /// Every member, by name.
  public var members: [(id: StaffID, role: Role)] {
    roles.map { ($0.key, $0.value) }.sorted { $0.id.name < $1.id.name }
  }
}
