public import Monitoring
public import Vitals
import Ward

/// Feeds a recording to a ward, without queue, clock or actor.
public struct Replay: Sendable {
  /// What a replay gave.
  public struct Result: Sendable {
    /// Events as timeline lines, with their instants.
    public let events: [(at: Instant, line: String)]
    /// Bytes that the recording says were sent, but were not, or the other way round.
    public let sendMismatches: [String]
  }

  private let recording: Recording
  private let plan: WardPlan

  /// Prepares to replay, with another policy to try it out on what was recorded.
  public init(_ recording: Recording, policy: Policy? = nil) {
    self.recording = recording
    var plan = recording.plan
    if let policy { plan.policy = policy }
    self.plan = plan
  }

  /// Runs the whole recording.
  ///
  /// `chunk` cuts device bytes anew, for tests: the events must not depend on it.
  public func run(
    chunk: (([UInt8]) -> [[UInt8]])? = nil
  ) -> Result {
    var ward = Ward(plan)
    var events: [(at: Instant, line: String)] = []
    var sent: [Slot: [Send]] = [:]
    var asserted: [Slot: [Send]] = [:]
    var stepped: Int64 = 0
    func take(_ at: Instant, _ output: WardOutput) {
      if let (slot, bytes) = output.sent {
        sent[slot, default: []].append(Send(at: at, bytes: bytes))
      }
      guard let line = EventText.line(output, at: at) else { return }
      events.append((at, line))
    }
    for input in recording.standing {
      ward.handle(input, at: recording.entries.first?.at ?? .zero) { _, _ in }
    }
    for (at, entry) in recording.entries {
      if let chunk, case .input(.bytes(let slot, let bytes)) = entry {
        for piece in chunk(bytes) { ward.handle(.bytes(slot, piece), at: at, emit: take) }
        continue
      }
      switch entry {
      case .input(.wallClockStepped(let milliseconds)):
        stepped += milliseconds
        ward.handle(.wallClockStepped(milliseconds: milliseconds), at: at, emit: take)
      case .input(let input): ward.handle(input, at: at, emit: take)
      case .wallClock(let time):
        let expected = recording.startedAt + (at - .zero) + .milliseconds(stepped)
        let milliseconds = time.milliseconds - expected.milliseconds
        stepped += milliseconds
        ward.handle(.wallClockStepped(milliseconds: milliseconds), at: at, emit: take)
      case .end: ward.advance(to: at, emit: take)
      case .sent(let slot, let bytes):
        ward.advance(to: at, emit: take)
        asserted[slot, default: []].append(Send(at: at, bytes: bytes))
      }
    }
    return Result(events: events, sendMismatches: Self.compare(sent, asserted))
  }

  private struct Send: Hashable {
    let at: Instant
    let bytes: [UInt8]
  }

  /// A slot whose recording tells of no sends asserts nothing.
  private static func compare(_ sent: [Slot: [Send]], _ asserted: [Slot: [Send]]) -> [String] {
    asserted.sorted { $0.key.description < $1.key.description }.flatMap { slot, expected in
      let actual = sent[slot] ?? []
      let missing = expected.filter { !actual.contains($0) }.map {
        "recorded but not sent: " + WireText.line(sent: $0.bytes, to: slot, at: $0.at)
      }
      let surplus = actual.filter { !expected.contains($0) }.map {
        "sent but not recorded: " + WireText.line(sent: $0.bytes, to: slot, at: $0.at)
      }
      return missing + surplus
    }
  }
}

/// The first difference between two timelines.
public struct TimelineDifference: Hashable, Sendable, CustomStringConvertible {
  /// Counted from 1.
  public let line: Int
  public let expected: String?
  public let actual: String?

  /// Compares line by line; `nil` when they are the same.
  public init?(expected: [String], actual: [String]) {
    let count = max(expected.count, actual.count)
    let first = (0..<count).first { index in
      index >= expected.count || index >= actual.count || expected[index] != actual[index]
    }
    guard let first else { return nil }
    line = first + 1
    self.expected = first < expected.count ? expected[first] : nil
    self.actual = first < actual.count ? actual[first] : nil
  }

  public var description: String {
    "line \(line): expected \(expected ?? "nothing more"), got \(actual ?? "nothing more")"
  }
}
