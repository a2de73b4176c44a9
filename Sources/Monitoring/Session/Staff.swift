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

  /// Gives a member a role, or takes the member off the list; the software's own stays what it is.
  public mutating func set(_ role: Role?, of staff: StaffID) {
    guard staff != .system else { return }
    roles[staff] = role
  }

  /// What makes this roster the other, by name.
  public func changes(to other: Roster) -> [(id: StaffID, role: Role?)] {
    Set(roles.keys).union(other.roles.keys).filter { roles[$0] != other.roles[$0] }
      .sorted { $0.name < $1.name }.map { ($0, other.roles[$0]) }
  }

  /// Every member, by name.
  public var members: [(id: StaffID, role: Role)] {
    roles.map { ($0.key, $0.value) }.sorted { $0.id.name < $1.id.name }
  }
}
