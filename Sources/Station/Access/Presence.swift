/// Who is at which screen now: five minutes after the last act a pass only shows.
///
/// In memory alone: after a restart of the daemon whoever acts proves anew who he is, while every wall
/// goes on.
actor Presence {
  /// `clinical.md` 5.6: logged off by itself, while the alarms stay in sight.
  static let longest = Duration.seconds(300)

  private var lastAct: [String: ContinuousClock.Instant] = [:]
  private var ended: Set<String> = []
  /// When people last tried to log in.
  private var tries: [ContinuousClock.Instant] = []
  /// So many tries a minute, by all together: accounts lock by themselves, but a hash takes the time of
  /// whoever signs.
  private static let mostTries = 30

  /// Whether another try to log in may be made now; counts it.
  func mayTry(at now: ContinuousClock.Instant = .now) -> Bool {
    tries.removeAll { now - $0 > .seconds(60) }
    guard tries.count < Self.mostTries else { return false }
    tries.append(now)
    return true
  }

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
