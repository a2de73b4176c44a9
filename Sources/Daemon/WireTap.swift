import Recording
import Station
import Vitals

/// What passes over the devices' lines, for whoever wants to look on: `chairside device tail`.
///
/// Costs a lock per chunk while nobody looks. A slow onlooker loses the oldest chunks and sees it
/// by the gap in the numbers.
final class WireTap: Sendable {
  private struct Chunk: Sendable {
    let at: Instant
    let slot: Slot
    let isFromDevice: Bool
    let bytes: [UInt8]
  }

  private let feed = Feed<Chunk>(capacity: 1024)

  func received(_ bytes: [UInt8], from slot: Slot, at instant: Instant) {
    feed.publish(Chunk(at: instant, slot: slot, isFromDevice: true, bytes: bytes))
  }

  func sent(_ bytes: [UInt8], to slot: Slot, at instant: Instant) {
    feed.publish(Chunk(at: instant, slot: slot, isFromDevice: false, bytes: bytes))
  }

  /// The talk on one line from now on, a chunk a message.
  func messages(of slot: Slot) -> AsyncStream<StreamMessage> {
    let (stream, continuation) = AsyncStream.makeStream(of: StreamMessage.self)
    let chunks = feed.subscribe()
    let relay = Task {
      for await item in chunks where item.value.slot == slot {
        let chunk = item.value
        var json = JSONLine()
        json.addRaw("t", Seconds.short(chunk.at))
        json.add("from", chunk.isFromDevice ? "device" : "host")
        json.add("hex", WireText.hex(chunk.bytes))
        continuation.yield(StreamMessage(name: "bytes", data: json.line))
      }
      continuation.finish()
    }
    continuation.onTermination = { _ in relay.cancel() }
    return stream
  }

  func finish() { feed.finish() }
}
