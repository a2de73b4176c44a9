import Vitals

/// Cuts chunks of any size into frames and hands each to a conversation.
///
/// Frames are parsed where they lie in the chunk; what is left over at its end is carried inline.
/// No heap, and no memory in proportion to anything the device says.
struct Framer<Talk: Conversation>: Sendable {
  private var cutter = Cutter<Talk>()
  private var window = Talk.Cut.Carry()

  /// The account of all bytes, see ``ByteAccount``.
  var account: ByteAccount {
    var account = cutter.account
    account.pendingBytes = window.count
    return account
  }

  /// Whether bytes wait for more bytes or for silence.
  var isWaiting: Bool { window.count > 0 }

  mutating func consume(
    _ chunk: Span<UInt8>, at instant: Instant, into talk: inout Talk,
    emit: (Instant, DriverOutput) -> Void
  ) {
    var next = 0
    while window.count > 0, next < chunk.count {
      let carried = window.count
      let taken = window.append(chunk, from: next)
      var used = cutCarried(at: instant, isIdle: false, into: &talk, emit: emit)
      // A framing that waits for more than can be carried would wait for ever.
      if used == 0, window.count == Talk.Cut.Carry.capacity {
        used = cutter.drop(1, .broken, into: &talk)
      }
      if used >= carried {
        // What remains in the window lies in the chunk as well: go on there.
        next += used - carried
        window.removeAll()
      } else {
        next += taken
        window.removeFirst(used)
      }
    }
    guard next < chunk.count else { return }
    let rest = chunk.extracting(next...)
    let used = cutter.cut(rest, at: instant, isIdle: false, into: &talk, emit: emit)
    window.append(rest, from: used)
  }

  /// Decides what silence decides.
  mutating func settle(
    at instant: Instant, into talk: inout Talk, emit: (Instant, DriverOutput) -> Void
  ) {
    let used = cutCarried(at: instant, isIdle: true, into: &talk, emit: emit)
    window.removeFirst(used)
  }

  private mutating func cutCarried(
    at instant: Instant, isIdle: Bool, into talk: inout Talk,
    emit: (Instant, DriverOutput) -> Void
  ) -> Int {
    window.withBytes { bytes in
      cutter.cut(bytes, at: instant, isIdle: isIdle, into: &talk, emit: emit)
    }
  }

  /// Gives up what is pending: the line was closed or opened anew.
  mutating func interrupt() {
    cutter.interrupt(pending: window.count)
    window.removeAll()
  }
}

/// The part of a framer that judges, keeps the account, and knows nothing of chunks.
struct Cutter<Talk: Conversation>: Sendable {
  private(set) var account = ByteAccount()
  private var framing = Talk.Cut()
  /// Whether the last thing seen was a frame; a stream joined in its middle is no place lost.
  private var isInPlace = false

  /// Cuts as much as can be decided and returns how much that was.
  mutating func cut(
    _ bytes: Span<UInt8>, at instant: Instant, isIdle: Bool, into talk: inout Talk,
    emit: (Instant, DriverOutput) -> Void
  ) -> Int {
    var start = 0
    while start < bytes.count {
      switch framing.judge(bytes, from: start, isIdle: isIdle) {
      case .wait:
        return start
      case .frame(let length, let isInDoubt):
        account.frames += 1
        account.framedBytes += length
        isInPlace = true
        talk.read(
          bytes.extracting(start..<start + length), isInDoubt: isInDoubt, at: instant, emit: emit)
        start += length
      case .drop(let count, let cause):
        start += drop(count, cause, into: &talk)
      }
    }
    return start
  }

  /// Discards so many bytes, and returns how many.
  mutating func drop(_ count: Int, _ cause: DamageCause, into talk: inout Talk) -> Int {
    if isInPlace { account.resyncs += 1 }
    isInPlace = false
    talk.losePlace()
    switch cause {
    case .stray: account.damage.stray += count
    case .broken: account.damage.broken += count
    case .checksum: account.damage.checksum += count
    }
    return count
  }

  mutating func interrupt(pending: Int) {
    account.damage.broken += pending
    framing = Talk.Cut()
    isInPlace = false
  }
}
