/// Stable names for people and stations: `rn-1`, `prescriber-1`, `station-2`, numbered in the order
/// of their appearance.
struct Aliases {
  private let roles: [String: String]
  private var given: [String: String] = [:]
  private var counts: [String: Int] = [:]
  /// The role behind each alias of a person.
  private(set) var people: [String: String] = [:]

  /// `roles` by user name.
  init(roles: [String: String]) { self.roles = roles }

  /// The alias of a user; the software itself keeps its name.
  mutating func person(_ user: String) -> String {
    guard user != "system" else { return user }
    let role = roles[user] ?? "staff"
    let alias = alias(role, of: "person \(user)")
    people[alias] = role
    return alias
  }

  mutating func station(_ name: String) -> String { alias("station", of: "station \(name)") }

  private mutating func alias(_ kind: String, of key: String) -> String {
    if let alias = given[key] { return alias }
    counts[kind, default: 0] += 1
    let alias = "\(kind)-\(counts[kind, default: 0])"
    given[key] = alias
    return alias
  }
}
