import Vitals

/// The driver of `dinamap`.
struct DinamapDriver: FramedDriver {
  var line = FramedLine(CuffConversation<DinamapDialect>())
}

/// Dinamap monitors: nothing answers a start or a cancel, so only polls tell.
///
/// The counter of each reply runs from the last determination. One smaller than before is a new
/// determination; the first reply behind a start is only there to compare with, since all it can
/// speak of is an old one. So an old pressure, or an old error, is never a new one.
struct DinamapDialect: CuffDialect {
  typealias Cut = DinamapFraming

  static let times = CuffTimes(
    answerWithin: .milliseconds(3500), pollsForAnswer: true, pollEvery: .seconds(1),
    fetchWithin: .seconds(3))

  /// The reply before, since the last start.
  private var last: DinamapPressure?
  /// Whether the counter has told of a new determination whose outcome is not decided.
  private var isOver = false
  /// The new pressure, while its pulse rate is asked for.
  private var measured: BloodPressure?

  var outcomeAtHand: Determination? { measured.map { .result($0) } }

  static func bytes(of request: CuffRequest) -> [UInt8] {
    let command: DinamapCommand =
      switch request {
      case .start: .start
      case .abort: .cancel
      case .poll: .readPressure
      case .result: .readPulseRate
      }
    return command.encoded
  }

  mutating func begin() { self = DinamapDialect() }

  mutating func hear(_ frame: Span<UInt8>) -> CuffSignal? {
    switch DinamapReply(frame) {
    case .pressure(let reply): hear(reply)
    case .pulseRate(let rate):
      measured.map { .outcome(.result($0.with(pulseRate: rate))) } ?? .noNews
    case nil: nil
    }
  }

  private mutating func hear(_ reply: DinamapPressure) -> CuffSignal {
    defer { last = reply }
    guard let last else { return .begun }
    if let before = last.elapsed, let now = reply.elapsed, now < before { isOver = true }
    if isOver, let outcome = reply.outcome {
      return end(with: outcome)
    }
    // An error that was not there a moment ago, in case errors leave the counter alone.
    return reply.isError && reply.status != last.status ? .failed(.hardware) : .noNews
  }

  private mutating func end(with outcome: Determination) -> CuffSignal {
    switch outcome {
    case .result(let pressure):
      measured = pressure
      return .done
    case .failed(let failure):
      return .failed(failure)
    case .inflating, .cuffPressure, .aborted:
      return .noNews
    }
  }
}

extension BloodPressure {
  /// The same pressure with this pulse rate.
  func with(pulseRate: PulseRate?) -> BloodPressure {
    BloodPressure(
      systolic: systolic, diastolic: diastolic, mean: measuredMean, pulseRate: pulseRate) ?? self
  }
}
