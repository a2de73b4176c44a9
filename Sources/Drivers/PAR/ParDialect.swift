import Vitals

/// The driver of `par-nibp`.
struct ParDriver: FramedDriver {
  var line = FramedLine(CuffConversation<ParDialect>())
}

/// The listener of `par-nibp`.
struct ParListener: FramedDriver {
  var line = FramedLine(CuffHearsay<ParDialect>())
}

/// PAR's cuffs: they tell the pressure by themselves while they work, and `999` when they are done.
struct ParDialect: CuffDialect {
  typealias Cut = ParFraming

  static let times = CuffTimes(answerWithin: .seconds(3), asksAfterSilence: .seconds(2))

  static func bytes(of request: CuffRequest) -> [UInt8] {
    let command: ParCommand =
      switch request {
      case .start: .start
      case .abort: .abort
      case .poll, .result: .readStatus
      }
    return command.encoded
  }

  func hear(_ frame: Span<UInt8>) -> CuffSignal? {
    switch ParReply(frame) {
    case .cuff(let cuff):
      // Without a checksum `199` easily becomes `999`: the status, which is asked for next, has
      // the last word. An error has its cause there, too.
      if cuff.pressure == ParCuff.end || cuff.state == .error { return .done }
      return cuff.state.isWorking
        ? .working(mmHg: cuff.pressure) : .pressure(mmHg: cuff.pressure)
    case .status(let status):
      if status.message == ParStatus.invalidCommand { return .refused(.noAnswer) }
      return status.determination.map { .outcome($0) } ?? .working(mmHg: nil)
    case nil: return nil
    }
  }
}
