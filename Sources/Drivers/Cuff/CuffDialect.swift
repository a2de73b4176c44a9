import Vitals

/// What one cuff's protocol adds to the dialogue that all cuffs share, ``CuffConversation``.
protocol CuffDialect: Sendable {
  /// How the protocol's bytes are cut into frames.
  associatedtype Cut: Framing

  static var times: CuffTimes { get }
  /// What to know when the pressure is measured, but the rest of the result does not come.
  var outcomeAtHand: Determination? { get }

  init()

  /// The bytes on the wire.
  static func bytes(of request: CuffRequest) -> [UInt8]
  /// A start goes out: whatever was heard before is about something else.
  mutating func begin()
  /// What a frame says; `nil` for one that says nothing we know.
  mutating func hear(_ frame: Span<UInt8>) -> CuffSignal?
}

extension CuffDialect {
  var outcomeAtHand: Determination? { nil }
  mutating func begin() {}
}

/// How long a cuff is waited for.
struct CuffTimes: Sendable {
  /// For a sign that a start was taken.
  var answerWithin = Duration.seconds(2)
  /// Whether to poll for that sign, because the device does not answer a start.
  var pollsForAnswer = false
  /// Between two polls; `nil` for a cuff that tells by itself how it is getting on.
  var pollEvery: Duration?
  /// Silence of a cuff that tells by itself, after which it is asked for the result.
  var asksAfterSilence: Duration?
  /// How long a cuff that was up may be flat before it is asked for the result.
  ///
  /// Then the word that it is done was lost. Longer than a pause between two attempts to measure.
  var asksWhenFlatFor: Duration?
  /// Silence after which the cuff counts as lost.
  var deadAfter = Duration.seconds(5)
  /// From begun to done; no cuff may press an arm for longer (`clinical.md`, `CUFF_STUCK`).
  var longest = Duration.seconds(180)
  /// Between two requests for the result.
  var fetchEvery = Duration.seconds(1)
  /// For the result.
  var fetchWithin = Duration.seconds(5)
  /// Between two aborts, until one is answered.
  var abortEvery = Duration.milliseconds(500)
  /// For the answer to an abort.
  var abortWithin = Duration.seconds(2)
}
