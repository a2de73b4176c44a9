import Vitals

/// The listener of `dinamap`.
struct DinamapListener: FramedDriver {
  var line = FramedLine(DinamapHearsay())
}

/// Every reply at face value, but one that is polled again only once: while the counter counts up
/// and the status stays, it is the same determination.
///
/// The pulse rate comes in a reply of its own, which does not say what it belongs to.
struct DinamapHearsay: Conversation {
  typealias Cut = DinamapFraming

  private var last: DinamapPressure?

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch DinamapReply(frame) {
    case .pressure(let reply):
      defer { last = reply }
      if let last, last.status == reply.status, last.elapsed ?? 0 <= reply.elapsed ?? 0 { return }
      if let outcome = reply.outcome { emit(instant, .determination(outcome)) }
    case .pulseRate(let rate):
      if let rate { emit(instant, .oximetry(OximeterReading(pulseRate: rate))) }
    case nil: break
    }
  }
}
