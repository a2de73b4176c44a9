import Drivers

/// Times the cuff's replies that bring an event, from `write()` to the event at the client, which is
/// shown when the log holds it.
///
/// All carry a checksum. "Begun" is one letter and counts at once; a result must be followed by
/// silence, since a byte too many in it can pass the checksum.
struct CuffProbe {
  private var writtenAt: [Int: (begun: Int64?, result: Int64?)] = [:]
  private(set) var begun = Repeats()
  private(set) var result = Repeats()

  mutating func noteWrite(_ reply: SunTechReply, chair: Int, at now: Int64) {
    switch reply {
    case .letter(.begun): writtenAt[chair, default: (nil, nil)].begun = now
    case .result: writtenAt[chair, default: (nil, nil)].result = now
    default: break
    }
  }

  mutating func noteMessage(_ message: EventClient.Message, at now: Int64) {
    let chair = message.chair - 1
    switch message.kind {
    case .inflating:
      if let writtenAt = take(\.begun, chair) { begun.add(Double(now - writtenAt)) }
    case .pressure:
      if let writtenAt = take(\.result, chair) { result.add(Double(now - writtenAt)) }
    case .vitals: break
    }
  }

  /// Once only.
  private mutating func take(
    _ path: WritableKeyPath<(begun: Int64?, result: Int64?), Int64?>, _ chair: Int
  ) -> Int64? {
    defer { writtenAt[chair]?[keyPath: path] = nil }
    return writtenAt[chair]?[keyPath: path]
  }
}
