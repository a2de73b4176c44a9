/// Who is at which screen now: five minutes after the last act a pass only shows.
///
/// In memory alone: after a restart of the daemon whoever acts proves anew who he is, while every wall
/// goes on.
actor Presence {
  /// `clinical.md` 5.6: logged off by itself, while the alarms stay in sight.
  static let longest = Duration.seconds(300)

  private var lastAct: [String: ContinuousClock.Instant] = [:]
  private var ended: Set<String> = []

  /// The holder of this pass has just proven who he is.
  func enter(_ pass: Pass, at now: ContinuousClock.Instant = .now) {
    lastAct = lastAct.filter { now - $0.value <= Self.longest }
    lastAct[pass.nonce] = now
  }

  /// Whether the holder may act; if so, his five minutes begin anew.
  func acts(_ pass: Pass, at now: ContinuousClock.Instant = .now) -> Bool {
    guard let last = lastAct[pass.nonce], now - last <= Self.longest else { return false }
    lastAct[pass.nonce] = now
    return true
  }

  /// Whether the holder could act now.
  func isLocked(_ pass: Pass, at now: ContinuousClock.Instant = .now) -> Bool {
    lastAct[pass.nonce].map { now - $0 > Self.longest } ?? true
  }

  /// The pass lets its holder only look from now on.
  func lock(_ pass: Pass) { lastAct[pass.nonce] = nil }

  /// The pass is worth nothing any more.
  func end(_ pass: Pass) {
    lastAct[pass.nonce] = nil
    ended.insert(pass.nonce)
  }

  func isEnded(_ pass: Pass) -> Bool { ended.contains(pass.nonce) }
}
