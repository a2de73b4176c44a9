public import Monitoring
import Vitals

/// The staff and the limits of a ward as `key=value` words: how recordings and the log keep them.
public enum PlanText {
  /// `anna=rn omar=prescriber`; empty for the staff that recordings have without a word.
  public static func staff(_ roster: Roster) -> String {
    guard roster != .standard else { return "" }
    return roster.members.map { "\($0.id)=\($0.role.rawValue)" }.joined(separator: " ")
  }

  /// Reads ``staff(_:)``.
  public static func roster(_ words: some Sequence<String>) throws(TextError) -> Roster {
    var roles: [StaffID: Role] = [:]
    for word in words {
      let parts = word.split(separator: "=")
      guard parts.count == 2, let staff = StaffID(parts[0]),
        let role = Role(rawValue: String(parts[1]))
      else { throw TextError("“\(word)” is not of the form user=role") }
      roles[staff] = role
    }
    return roles.isEmpty ? .standard : Roster(roles)
  }

  /// `spo2.low=95 pr.relFactor=140`: what differs from `adult-ketamine-default-1`, in the whole
  /// numbers of the command `setLimit`.
  ///
  /// Presets of routes follow, as `presets.iv40.requiredMinutes=45`.
  public static func limits(_ policy: Policy) -> String {
    let limits = Policy.fields.filter {
      policy[keyPath: $0.path] != Policy.adultKetamineDefault1[keyPath: $0.path]
    }.map { "\($0.name)=\(policy[keyPath: $0.path])" }
    let presets = policy.changedPresets.map { "\($0.name)=\($0.text)" }
    return (limits + presets).joined(separator: " ")
  }

  /// Reads ``limits(_:)``.
  public static func policy(_ words: some Sequence<String>) throws(TextError) -> Policy {
    var policy = Policy.adultKetamineDefault1
    for word in words {
      let parts = word.split(separator: "=")
      if parts.count == 2, parts[0].hasPrefix("presets.") {
        if let problem = policy.setPreset(String(parts[0]), String(parts[1])) {
          throw TextError(problem)
        }
        continue
      }
      guard parts.count == 2, let field = Policy.field(String(parts[0])), let value = Int(parts[1])
      else { throw TextError("“\(word)” is not of the form limit=number") }
      policy[keyPath: field.path] = value
    }
    if let problem = policy.problems.first {
      throw TextError("\(problem.field) \(problem.complaint)")
    }
    return policy
  }
}
