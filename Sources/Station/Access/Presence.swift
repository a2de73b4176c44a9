/// Who is at which screen now: five minutes after the last act a pass only shows.
///
/// In memory alone: after a restart of the daemon whoever acts proves anew who he is, while every wall
/// goes on.
actor Presence {
  /// `clinical.md` 5.6: logged off by itself, while the alarms stay in sight.
  static let longest = Duration.seconds(300)

  private var lastAct: [String: ContinuousClock.Instant] = [:]
  private var ended: Set<String>
  private let noteEnd: @Sendable (Pass) -> Void
  /// When somebody last tried to log in, by address.
  private var tries: [String: [ContinuousClock.Instant]] = [:]
  /// So many tries a minute from one address, which keep nobody else out.
  ///
  /// Accounts lock by themselves, but a hash takes the time of whoever signs.
  private static let mostTries = 30

  /// - Parameters:
  ///   - ended: the nonces of passes that are worth nothing any more.
  ///   - noteEnd: keeps one more of them beyond the daemon's next start.
  init(ended: Set<String>, noteEnd: @escaping @Sendable (Pass) -> Void) {
    self.ended = ended
    self.noteEnd = noteEnd
  }

  /// Whether another try to log in may be made now from an address; counts it.
  func mayTry(from address: String, at now: ContinuousClock.Instant = .now) -> Bool {
    tries = tries.compactMapValues { times in
      let recent = times.filter { now - $0 <= .seconds(60) }
      return recent.isEmpty ? nil : recent
    }
    guard tries[address, default: []].count < Self.mostTries else { return false }
    tries[address, default: []].append(now)
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
    noteEnd(pass)
  }

  func isEnded(_ pass: Pass) -> Bool { ended.contains(pass.nonce) }
}
