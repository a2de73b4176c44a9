import Recording

/// Times packets that make a reading unusable, from `write()` to the `vitals` message about them.
struct Probe {
  /// How long a finger stays out, in packets: a tenth of a second.
  private static let outPackets = 6

  private struct Chair {
    /// The packets for which the finger is out.
    var out = 0..<0
    var writtenAt: Int64?
    /// When the packet behind the first one was written, which tells that the first is whole.
    var confirmedAt: Int64?
  }

  private let samples: Int
  private let start: Int64
  private let nanoseconds: Int64
  private var chairs: [Chair]
  private var begun = 0
  private var latency = Repeats()
  private var ofDaemon = Repeats()

  init(chairs: Int, samples: Int, start: Int64, nanoseconds: Int64) {
    (self.samples, self.start, self.nanoseconds) = (samples, start, nanoseconds)
    self.chairs = Array(repeating: Chair(), count: chairs)
  }

  /// Whether this packet says that the finger is out.
  ///
  /// Fingers leave one after the other.
  mutating func isOff(chair: Int, packet: Int) -> Bool {
    let due = start + Int64(begun) * nanoseconds / Int64(samples)
    // 7 is prime to any number of chairs that we play: every chair gets its turn.
    if begun < samples, chair == begun * 7 % chairs.count, monotonicNanoseconds() >= due {
      chairs[chair].out = packet..<packet + Self.outPackets
      (chairs[chair].writtenAt, chairs[chair].confirmedAt) = (nil, nil)
      begun += 1
    }
    return chairs[chair].out.contains(packet)
  }

  /// The first packet of a row counts, and the one behind it.
  mutating func noteWrite(chair: Int, at now: Int64) {
    if chairs[chair].writtenAt == nil {
      chairs[chair].writtenAt = now
    } else if chairs[chair].confirmedAt == nil {
      chairs[chair].confirmedAt = now
    }
  }

  mutating func noteMessage(_ message: EventClient.Message, at now: Int64) {
    guard message.kind == .vitals(hasSaturation: false), chairs.indices.contains(message.chair - 1),
      let writtenAt = chairs[message.chair - 1].writtenAt, writtenAt > 0
    else { return }
    latency.add(Double(now - writtenAt))
    if let confirmedAt = chairs[message.chair - 1].confirmedAt {
      ofDaemon.add(Double(now - confirmedAt))
    }
    // Once only, until the finger leaves again.
    chairs[message.chair - 1].writtenAt = -1
  }

  /// A second more than the last sample needs.
  func isOver(at now: Int64) -> Bool { now > start + nanoseconds + 1_000_000_000 }

  func tell(_ cuffs: CuffProbe) {
    report {
      $0.add("missing", begun - latency.values.count)
      $0.addRaw("packet", latency.microseconds)
      $0.addRaw("confirmed", ofDaemon.microseconds)
      $0.addRaw("begun", cuffs.begun.microseconds)
      $0.addRaw("result", cuffs.result.microseconds)
    }
  }
}

extension Repeats {
  /// All of them, as JSON.
  fileprivate var microseconds: String {
    "[" + values.map { ($0 / 1000).json }.joined(separator: ",") + "]"
  }
}
