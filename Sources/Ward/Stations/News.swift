import Monitoring
import Vitals

/// What a chair decided in one go, for its desk; passed on to everybody else at once.
struct News {
  /// `nil` for nothing, as with nearly every frame: the life of an empty list would be counted, too.
  private(set) var events: [(at: Instant, event: ChairEvent)]?

  mutating func note(
    _ at: Instant, _ output: WardOutput, _ emit: (Instant, WardOutput) -> Void
  ) {
    emit(at, output)
    if case .event(_, let event) = output { events = (events ?? []) + [(at, event)] }
  }
}
