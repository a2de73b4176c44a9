import Vitals

/// The driver of `suntech`.
struct SunTechDriver: FramedDriver {
  var line = FramedLine(CuffConversation<SunTechDialect>())
}

/// The listener of `suntech`.
struct SunTechListener: FramedDriver {
  var line = FramedLine(CuffHearsay<SunTechDialect>())
}

/// SunTech modules (`protocols.md` 2.1): each command is answered, and "K" says that it is done.
struct SunTechDialect: CuffDialect {
  typealias Cut = SunTechFraming

  static let times = CuffTimes(
    pollEvery: .milliseconds(500), asksWhenFlatFor: .seconds(10))

  static func bytes(of request: CuffRequest) -> [UInt8] {
    let command: SunTechCommand =
      switch request {
      case .start: .start
      case .abort: .abort
      case .poll: .getCuffPressure
      case .result: .getResult
      }
    return command.encoded
  }

  func hear(_ frame: Span<UInt8>) -> CuffSignal? {
    switch SunTechReply(frame) {
    case .letter(.begun): .begun
    case .letter(.done): .done
    case .letter(.aborted): .aborted
    case .letter(.badPacket): .refused(.noAnswer)
    case .letter(.busy): .busy
    case .letter(.asleep), .letter(.reset): .halted
    case .cuffPressure(let pressure): .pressure(mmHg: pressure)
    case .result(let result): .outcome(result.determination)
    case nil: nil
    }
  }
}
