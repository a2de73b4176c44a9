/// How long the log keeps what, by the wall clock.
///
/// A session is kept whole or not at all, and a signed or open one never loses anything before its
/// time.
public struct Retention: Hashable, Sendable {
  /// Days of the flight recorder: every byte of every device.
  ///
  /// What an open session needs stays.
  public var tapeDays: Int
  /// Days of the numerics of seconds that belong to no session, such as of a finger put in to try.
  public var idleDays: Int
  /// Days of everything else.
  public var recordDays: Int

  /// 30 days of raw bytes, 90 of idle numerics, ten years of records.
  public static let standard = Retention(tapeDays: 30, idleDays: 90, recordDays: 3660)

  public init(tapeDays: Int, idleDays: Int, recordDays: Int) {
    self.tapeDays = tapeDays
    self.idleDays = idleDays
    self.recordDays = recordDays
  }
}

/// What a retention job removed.
public struct RetentionReport: Hashable, Sendable {
  public internal(set) var tapeRows = 0
  public internal(set) var idleBlocks = 0
  public internal(set) var records = 0

  public var isEmpty: Bool { self == RetentionReport() }
}
