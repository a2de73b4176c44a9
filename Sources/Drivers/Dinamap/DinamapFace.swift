import Vitals

/// The device side of `dinamap`, for ``CuffSimulator``.
struct DinamapFace: CuffFace {
  static let tellsEvery: Duration? = nil

  /// One of the codes above 2; their meaning is not public.
  private static let someError = 5

  /// The start of a line from the host; never more than ``DinamapLine/longest`` characters.
  private var line: [UInt8] = []

  mutating func take(_ byte: UInt8) -> HeardCommand? {
    line.append(byte)
    guard byte == DinamapLine.end else {
      if line.count > DinamapLine.longest { line.removeAll() }
      return nil
    }
    defer { line.removeAll() }
    let command = DinamapCommand.allCases.first { $0.encoded == line }
    return switch command {
    case .start: .request(.start)
    case .cancel: .request(.abort)
    case .readPressure: .request(.poll)
    case .readPulseRate: .request(.result)
    case nil: nil
    }
  }

  func words(for occasion: CuffOccasion, of cuff: SimulatedCuff, at instant: Instant) -> [UInt8] {
    switch occasion {
    case .begun, .busy, .aborted, .wasReset, .finished: []
    case .progress: pressure(of: cuff, at: instant).encoded
    case .result: DinamapReply.pulseRate(cuff.lastPressure?.pulseRate).encoded
    }
  }

  /// The last determination, while the next one is under way as well; after an error with the
  /// pressures of the one before.
  private func pressure(of cuff: SimulatedCuff, at instant: Instant) -> DinamapPressure {
    let elapsed = cuff.idleSince.map { (instant - $0).wholeSeconds } ?? 0
    let old = cuff.lastPressure
    var reply = DinamapPressure(
      status: 0, elapsed: min(elapsed, 9999), systolic: old?.systolic ?? 0,
      diastolic: old?.diastolic ?? 0, mean: old?.measuredMean ?? 0)
    switch cuff.outcome {
    case .result: reply.status = 1
    case .failed(.implausible):
      reply.status = 1
      (reply.systolic, reply.diastolic, reply.mean) = (0, 0, 0)
    case .failed: reply.status = Self.someError
    case .inflating, .cuffPressure, .aborted, nil: break
    }
    return reply
  }
}
