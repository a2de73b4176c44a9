import Vitals

/// Where in a determination a cuff is.
enum CuffPhase: Sendable {
  case idle
  /// Ordered to start, no sign of it yet.
  case starting(Start)
  case measuring(Work)
  /// Over; the result is asked for.
  case fetching(Fetch)
  /// Told to deflate, until it says so.
  case deflating(Deflation)

  struct Start: Sendable {
    let giveUpAt: Instant
    /// When to poll for a sign.
    var pollAt: Instant?
    /// Whether an earlier determination of ours may still be running.
    let isSecond: Bool
  }

  struct Work: Sendable {
    let timeOutAt: Instant
    /// When the cuff counts as lost unless it speaks first.
    var deadAt: Instant
    var pollAt: Instant?
    /// When to ask for the result because the cuff has fallen silent.
    var askAt: Instant?
    /// Whether there has been pressure in the cuff.
    var hasBeenUp = false
    /// Since when there is none any more.
    var flatSince: Instant?
  }

  struct Fetch: Sendable {
    var askAt: Instant
    let giveUpAt: Instant
    /// What to go back to if it turns out not to be over.
    let work: Work
    /// Nobody said that it is over; it looks so.
    var isInferred: Bool
  }

  struct Deflation: Sendable {
    /// What to report at the end; `nil` when the determination was reported before, or is not ours.
    let outcome: Determination?
    var againAt: Instant
    let giveUpAt: Instant
    /// Whether it has been heard at work all the same.
    var isStillWorking = false
  }

  /// When something must be done.
  var nextDeadline: Instant? {
    switch self {
    case .idle: nil
    case .starting(let start): earliest(start.giveUpAt, start.pollAt)
    case .measuring(let work):
      earliest(earliest(work.timeOutAt, work.deadAt), earliest(work.pollAt, work.askAt))
    case .fetching(let fetch): min(fetch.askAt, fetch.giveUpAt)
    case .deflating(let deflation): min(deflation.againAt, deflation.giveUpAt)
    }
  }

  /// Whether a start may go out.
  var isFree: Bool {
    switch self {
    case .idle: true
    case .deflating(let deflation): deflation.outcome == nil
    case .starting, .measuring, .fetching: false
    }
  }
}

extension CuffPhase.Work {
  /// Above it a cuff presses, in mmHg; a deflated one may read a little more than 0.
  private static let up = 30
  private static let flat = 5

  init(begunAt instant: Instant, times: CuffTimes) {
    timeOutAt = instant + times.longest
    deadAt = instant + times.deadAfter
    pollAt = times.pollEvery.map { instant + $0 }
    askAt = times.asksAfterSilence.map { instant + $0 }
  }

  /// The cuff spoke.
  mutating func noteSpeech(at instant: Instant, times: CuffTimes) {
    deadAt = instant + times.deadAfter
    askAt = times.asksAfterSilence.map { instant + $0 }
  }

  /// Takes the pressure in the cuff, and returns whether it has been flat for too long to be at
  /// work.
  mutating func notePressure(_ pressure: Int, at instant: Instant, times: CuffTimes) -> Bool {
    if pressure >= Self.up { hasBeenUp = true }
    guard hasBeenUp, pressure <= Self.flat, let longest = times.asksWhenFlatFor else {
      flatSince = nil
      return false
    }
    let since = flatSince ?? instant
    flatSince = since
    return instant - since >= longest
  }
}
