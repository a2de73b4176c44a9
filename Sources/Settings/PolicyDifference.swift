public import Monitoring

/// A value in which two policies differ.
public struct PolicyDifference: Hashable, Sendable {
  /// The name in policy files, such as `spo2.low`, or `policyId`.
  public let field: String
  /// As files give it.
  public let old: String
  public let new: String
  /// Empty for the name.
  public let unit: String
}

extension Policy {
  /// What is different in another policy, in the order of the policy file.
  public func differences(to other: Policy) -> [PolicyDifference] {
    let name =
      policyID == other.policyID
      ? []
      : [PolicyDifference(field: "policyId", old: policyID, new: other.policyID, unit: "")]
    return name
      + Self.fields.filter { self[keyPath: $0.path] != other[keyPath: $0.path] }.map {
        PolicyDifference(
          field: $0.name, old: $0.number(self), new: $0.number(other), unit: $0.unit)
      }
  }
}
