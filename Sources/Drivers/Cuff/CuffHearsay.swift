import Vitals

/// Reads what a cuff said, without having asked: for files and for recognising a line.
///
/// Never bound to a chair, since to it a result of an hour ago is as good as a new one.
struct CuffHearsay<Dialect: CuffDialect>: Conversation {
  typealias Cut = Dialect.Cut

  private var dialect = Dialect()

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard !isInDoubt, let step = dialect.hear(frame)?.faceValue else { return }
    emit(instant, .determination(step))
  }
}

extension CuffSignal {
  /// What it means to one who knows of no order.
  fileprivate var faceValue: Determination? {
    switch self {
    case .begun: .inflating
    case .pressure(let pressure): .cuffPressure(mmHg: pressure)
    case .working(let pressure): pressure.map { .cuffPressure(mmHg: $0) }
    case .outcome(let outcome): outcome
    case .failed(let failure): .failed(failure)
    case .aborted: .aborted
    case .refused, .busy, .noNews, .done, .halted: nil
    }
  }
}
