public import Vitals

/// One determination after the other, for a few minutes, because a person said so
/// (`clinical.md` 2.4).
public struct StatMode: Hashable, Sendable {
  /// It ends by itself after this long; what runs then is finished.
  public static let length = Duration.seconds(300)

  /// Who asked for it, and is named with every inflation.
  public let owner: StaffID
  /// Nothing is started at or after this instant.
  public let until: Instant
  let begunAt: Instant

  init(owner: StaffID, at now: Instant) {
    self.owner = owner
    begunAt = now
    until = now + Self.length
  }

  /// Why it ended.
  ///
  /// From then on the former schedule is in force again.
  public enum End: String, Hashable, Sendable, CaseIterable {
    case expired
    /// A person aborted it, at the station or at the cuff.
    case aborted
    /// A determination failed; the rules about failures go on from there.
    case failed
    case away, disconnected, sessionEnded, restarted
  }
}
