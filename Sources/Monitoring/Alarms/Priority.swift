/// How soon somebody must come, in the sense of IEC 60601-1-8 (`clinical.md` 3.1).
public enum Priority: Int, Hashable, Comparable, Sendable, CaseIterable {
  /// Plan it in.
  case low
  /// Re-plan now.
  case medium
  /// Interrupt what you do.
  case high

  public static func < (a: Priority, b: Priority) -> Bool { a.rawValue < b.rawValue }

  public var name: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    }
  }
}
