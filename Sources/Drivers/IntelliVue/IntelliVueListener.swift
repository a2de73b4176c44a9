import Vitals

/// Reads what a monitor said, without having asked: for files and for recognising a line.
struct IntelliVueListener: FramedDriver {
  var line = FramedLine(IntelliVueHearsay())
}

/// Every number at face value, but a pressure that stands there only once.
struct IntelliVueHearsay: Conversation {
  typealias Cut = IntelliVueFraming

  private var series = IntelliVueSeries()
  private var standing = StandingPressure(reportsFirst: true)

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) { self = Self() }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) { self = Self() }

  mutating func losePlace() { series.losePlace() }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let payload = IntelliVueFrame.payload(of: frame) else { return }
    switch IntelliVueMessage(payload.span) {
    case .event(let event):
      guard let model = event.modelName else { break }
      emit(instant, .identified(DeviceIdentity(model: model)))
    case .result(let result):
      // Others may have asked for other things: what is not there was perhaps not asked for.
      guard let numerics = series.take(result) else { break }
      if let reading = numerics.oximetry { emit(instant, .oximetry(reading)) }
      if let rate = numerics.respiration { emit(instant, .respiration(rate)) }
      if let pressure = standing.look(numerics.pressure) {
        emit(instant, .determination(pressure.determination))
      }
    case .accepted, .refused, .released, .aborted, .other:
      break
    }
  }
}
