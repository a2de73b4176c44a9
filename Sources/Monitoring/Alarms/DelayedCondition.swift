import Vitals

/// The delay, the freezing and the clearing of one alarm condition (`clinical.md` 2.2).
///
/// Delay: raised at t0 + delay when every valid sample since t0 violates; one good sample resets.
/// Invalid time freezes the count, and after 10 s of it in a row the count is forgotten.
/// Clearing: after `clear` of good samples only. Invalid time never clears: a lost signal must not
/// silence an alarm.
struct DelayedCondition: Sendable {
  /// How long a frozen count is kept.
  static let freezeLimit = Duration.seconds(10)

  enum Change { case raised, cleared }

  enum State {
    case inactive
    case pending(due: Instant)
    case frozen(remaining: Duration, forgetAt: Instant)
    case active
    case clearing(due: Instant)
  }
  private(set) var state = State.inactive

  var deadline: Instant? {
    switch state {
    case .inactive, .active: nil
    case .pending(let due), .clearing(let due): due
    case .frozen(_, let forgetAt): forgetAt
    }
  }

  var isActive: Bool {
    switch state {
    case .active, .clearing: true
    case .inactive, .pending, .frozen: false
    }
  }

  /// Whether the condition is violated right now, not merely waiting to clear.
  var isViolated: Bool {
    if case .active = state { true } else { false }
  }

  /// Whether there is nothing on the count.
  var isIdle: Bool {
    if case .inactive = state { true } else { false }
  }

  mutating func advance(to now: Instant) -> Change? {
    guard let deadline, deadline <= now else { return nil }
    switch state {
    case .pending:
      state = .active
      return .raised
    case .clearing:
      state = .inactive
      return .cleared
    case .frozen:
      state = .inactive
      return nil
    case .inactive, .active: return nil
    }
  }

  /// Takes what one sample says: it violates, it is good, or (`nil`) nothing can be said.
  mutating func observe(
    _ violates: Bool?, delay: Duration, clear: Duration, at now: Instant
  ) -> Change? {
    switch (state, violates) {
    case (.inactive, true):
      state = .pending(due: now + delay)
    case (.frozen(let remaining, _), true):
      state = .pending(due: now + remaining)
    case (.clearing, true), (.clearing, nil):
      state = .active
    case (.pending(let due), nil):
      state = .frozen(remaining: due - now, forgetAt: now + Self.freezeLimit)
    case (.pending, false), (.frozen, false):
      state = .inactive
    case (.active, false):
      state = .clearing(due: now + clear)
    case (.inactive, _), (.pending, true), (.frozen, nil), (.active, _), (.clearing, false):
      break
    }
    return advance(to: now)
  }

  /// Starts the delay anew, as one good sample and a bad one after it would.
  ///
  /// False, and nothing done, unless the delay runs.
  mutating func startAnew(delay: Duration, at now: Instant) -> Bool {
    guard case .pending = state else { return false }
    state = .pending(due: now + delay)
    return true
  }

  /// Moves the end of a delay that runs.
  mutating func postpone(to due: Instant) {
    if case .pending = state { state = .pending(due: due) }
  }

  /// Takes a finding that needs neither delay nor clearing time.
  mutating func settle(_ violates: Bool) -> Change? {
    let wasActive = isActive
    state = violates ? .active : .inactive
    return wasActive == violates ? nil : violates ? .raised : .cleared
  }

  /// What comes now says nothing: a count is forgotten, and what is active stays so.
  mutating func suspend() { state = isActive ? .active : .inactive }

  /// Forgets everything, as at the end of a session.
  mutating func reset() { state = .inactive }
}
