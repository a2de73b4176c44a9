/// One way for a device, its cable or its adapter to go wrong.
public enum Misbehaviour: Hashable, Sendable {
  /// Each byte is lost with this probability.
  case drop(Double)
  /// Each chunk comes twice with this probability.
  case `repeat`(Double)
  /// A bit of each byte is turned over with this probability.
  case flip(Double)
  /// A byte of chance comes behind each byte with this probability.
  case insert(Double)
  /// The checksum of each chunk is wrong with this probability.
  case wrongChecksum(Double)
  /// Every chunk comes byte by byte, this long apart.
  case split(every: Duration)
  /// Chunks are held back and come together, this long apart, as behind a slow bridge chip.
  case merge(every: Duration)
  /// Each chunk is late by chance, up to this much, in order.
  case jitter(Duration)
  /// From `after` on nothing comes for `lasting`; then all of it at once.
  case stall(after: Duration, lasting: Duration)
  /// From `after` on nothing passes either way for `lasting`.
  case cableOut(after: Duration, lasting: Duration)
  /// From `after` on the firmware hangs and sends its last chunk for ever.
  case hang(after: Duration)
}
