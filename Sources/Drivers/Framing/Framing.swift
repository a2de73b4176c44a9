/// How a protocol cuts its bytes into frames: what the bytes from one place on amount to.
///
/// A judgement depends on the bytes of the stream alone and never on how they were chunked: where
/// it needs to look further ahead than it can, it waits. Only silence on the line (`isIdle`) makes
/// it decide with what is there.
protocol Framing: Sendable {
  /// Where bytes wait: ``Window`` for frames of up to 71 bytes, ``LongWindow`` for longer ones.
  associatedtype Carry: CarriedBytes = Window

  /// Silence after which the bytes at hand are all there is. Far longer than a pause within a
  /// frame (USB bridges deliver every 16 ms at the latest), shorter than anyone would notice.
  static var idleAfter: Duration { get }

  init()

  /// Judges the bytes from `start` on; there is at least one. Never needs more than
  /// ``CarriedBytes/capacity`` bytes.
  mutating func judge(_ bytes: Span<UInt8>, from start: Int, isIdle: Bool) -> Verdict
}

enum Verdict {
  /// More bytes, or silence, must tell.
  case wait
  /// So many bytes are a frame. It is in doubt where what follows it is damaged: then it counts,
  /// and its waveform is good enough, but it must not bring a number.
  case frame(Int, isInDoubt: Bool)
  /// So many bytes, at least one, belong to no frame.
  case drop(Int, DamageCause)
}

enum DamageCause {
  case stray, broken, checksum
}
