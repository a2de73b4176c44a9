import HTTPTypes
import Hummingbird
import Vitals

/// The event stream of one client: what it missed, then what happens (`text/event-stream`).
struct EventStream: Sendable {
  /// More than this is not replayed; the client starts anew from a snapshot.
  private static let longestReplay = 5000
  private static let page = 500

  let link: WardLink
  let feed: Feed<StreamMessage>

  /// Serves a client that has seen everything up to `last`; `nil` for one that has seen nothing
  /// and wants nothing of the past.
  func response(after last: Int64?, station: StaffID, confirms: Bool) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
      ],
      body: .init { [self] writer in
        link.stationStream(station, true, confirms)
        defer { link.stationStream(station, false, confirms) }
        // Subscribed before the past is read, so that nothing falls between.
        let live = feed.subscribe()
        try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
        var seen = last ?? 0
        if let last {
          let past = await missed(after: last)
          for message in past.messages {
            try await writer.write(ByteBuffer(string: message.text))
          }
          seen = past.upTo
        }
        var expected: UInt64?
        for await item in live {
          if let expected, item.number != expected {
            try await writer.write(ByteBuffer(string: Self.reset.text))
          }
          expected = item.number + 1
          if let sequence = item.value.sequence {
            // An event may arrive twice: not yet durable, then out of the log.
            guard sequence > seen else { continue }
            seen = sequence
          }
          try await writer.write(ByteBuffer(string: item.value.text))
        }
        try await writer.finish(nil)
      })
  }

  /// What a client has missed, and the number up to which it has seen everything then.
  ///
  /// A `reset` when that is too much to replay, cannot be read, or when the client comes from
  /// another log, which had more events.
  private func missed(after last: Int64) async -> (messages: [StreamMessage], upTo: Int64) {
    // Before the log: what becomes durable meanwhile, and is not published again, is in the log.
    let unlogged = await link.unlogged()
    guard last <= unlogged.newest else { return ([Self.reset], unlogged.newest) }
    var messages: [StreamMessage] = []
    var seen = last
    while messages.count <= Self.longestReplay {
      guard let page = try? await link.events(seen, Self.page) else { break }
      guard let newest = page.last?.sequence else {
        messages += unlogged.events.filter { ($0.sequence ?? 0) > seen }
        let upTo = max(seen, unlogged.events.last?.sequence ?? 0)
        return (messages.count > Self.longestReplay ? [Self.reset] : messages, upTo)
      }
      messages += page
      seen = newest
    }
    return ([Self.reset], last)
  }

  /// Tells a client that it has missed something and must start from a snapshot.
  private static let reset = StreamMessage(
    name: "reset", data: #"{"snapshot":"/api/v1/snapshot"}"#)
}

extension HTTPField.Name {
  static let accelBuffering = Self("X-Accel-Buffering")!
  static let lastEventID = Self("Last-Event-ID")!
  /// Sent by our pages with every command; a form of a foreign site cannot send it.
  static let chairside = Self("X-Chairside")!
}
