import Vitals

/// The one driver: a framer, a conversation, and the clock both are told.
struct FramedDriver<Talk: Conversation>: Driver {
  private var framer = Framer<Talk>()
  private var talk: Talk
  /// When silence will decide about the bytes that wait.
  private var idleAt: Instant?

  init(_ talk: Talk) { self.talk = talk }

  var account: ByteAccount { framer.account }

  var nextDeadline: Instant? { earliest(idleAt, talk.nextDeadline) }

  mutating func advance(to instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    while let due = nextDeadline, due <= instant {
      if idleAt == due {
        idleAt = nil
        framer.settle(at: due, into: &talk, emit: emit)
      } else {
        talk.fire(at: due, emit: emit)
      }
    }
  }

  mutating func handle(
    _ input: DriverInput, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    advance(to: instant, emit: emit)
    switch input {
    case .bytes(let chunk):
      guard !chunk.isEmpty else { return }
      framer.consume(chunk.span, at: instant, into: &talk, emit: emit)
      idleAt = framer.isWaiting ? instant + Talk.Cut.idleAfter : nil
    case .opened:
      interrupt()
      talk.open(at: instant, emit: emit)
    case .closed:
      interrupt()
      talk.close(at: instant, emit: emit)
    case .order(let order):
      talk.obey(order, at: instant, emit: emit)
    }
  }

  private mutating func interrupt() {
    framer.interrupt()
    talk.losePlace()
    idleAt = nil
  }
}
