import Vitals

/// A driver made of a framer and a conversation.
///
/// Each driver is a type of its own, and not one generic type, because a generic type behind
/// `any Driver` runs unspecialised, at a fifth of the speed.
protocol FramedDriver: Driver {
  associatedtype Talk: Conversation

  var line: FramedLine<Talk> { get set }
}

extension FramedDriver {
  static var longestPending: Int { Talk.Cut.Carry.capacity }

  var account: ByteAccount { line.account }
  var nextDeadline: Instant? { line.nextDeadline }

  mutating func advance(to instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    line.advance(to: instant, emit: emit)
  }

  mutating func handle(
    _ input: DriverInput, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    line.handle(input, at: instant, emit: emit)
  }
}

/// A framer, a conversation, and the clock both are told.
struct FramedLine<Talk: Conversation>: Sendable {
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
    idleAt = nil
  }
}
