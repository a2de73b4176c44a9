import DispatchKit

/// One port as ``Ports`` keeps it; never leaves that actor.
final class Port<Token: Hashable & Sendable> {
  enum State {
    /// At work on ``Port/lines``.
    case opening
    /// Until ``Port/retry`` fires.
    case waiting
    /// Until a device connects to ``Port/listener``.
    case listening
    case open(Line)
  }

  /// Names this port in the poller; never used twice, so a late event finds nothing.
  ///
  /// Even: the odd number after it names the listener.
  let id: UInt64
  let token: Token
  let address: PortAddress
  /// Opens and closes, one after the other, since the lock goes only with the close.
  ///
  /// A queue of its own: a dying adapter that blocks here for seconds holds up nobody else.
  let lines: SerialQueueExecutor

  var state = State.opening
  var retry: SourceHandle?
  var backoff = Backoff()
  var reported: LineError?
  var outgoing = WriteBuffer()
  /// A wish for room is in the poller, or a write is at work on ``lines`` (hidraw).
  var isWriting = false

  /// How often it speaks.
  var pace = LinePace()
  /// Whether it is looked at on the beat, in place of waking us.
  var isInCrowd = false

  /// Open as long as the port, whoever connects and goes.
  var listener: Listener?
  /// When the connected device last said something.
  var lastHeard = SuspendingClock.now
  /// A second connection, until it is clear whether the first is dead.
  var newcomer: Line?
  var verdict: SourceHandle?

  init(id: UInt64, token: Token, address: PortAddress, lines: SerialQueueExecutor?) {
    self.id = id
    self.token = token
    self.address = address
    self.lines = lines ?? SerialQueueExecutor(label: "lines")
  }

  /// The line while it is open.
  var line: Line? {
    if case .open(let line) = state { line } else { nil }
  }
}
