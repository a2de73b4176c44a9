import Recording
import Station
import Store
import Vitals

/// Events as messages of the stream: the timeline line with its number and its wall time.
enum EventMessage {
  static func message(_ event: Batch.Event, isDurable: Bool) -> StreamMessage {
    StreamMessage(
      sequence: event.sequence, isDurable: isDurable, name: EventText.kind(of: event.event),
      data: data(
        EventText.line(event.chair, event.event, at: event.at), event.sequence, event.wall,
        isDurable: isDurable))
  }

  static func message(_ event: History.Event) -> StreamMessage {
    StreamMessage(
      sequence: event.sequence, name: event.kind,
      data: data(event.line, event.sequence, event.wall, isDurable: true))
  }

  /// The line with `seq` and `wall` added at its end.
  private static func data(
    _ line: String, _ sequence: Int64, _ wall: WallTime, isDurable: Bool
  ) -> String {
    let late = isDurable ? "" : #","durable":false"#
    return "\(line.dropLast()),\"seq\":\(sequence),\"wall\":\"\(wall)\"\(late)}"
  }
}
