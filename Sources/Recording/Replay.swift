public import Monitoring
public import Vitals
import Ward

/// Feeds a recording to a ward, without queue, clock or actor.
public struct Replay: Sendable {
  /// What a replay gave.
  public struct Result: Sendable {
    /// Events as timeline lines, with their instants.
    public let events: [(at: Instant, line: String)]
    /// Every alarm, in the order in which they were raised.
    public let alarms: [AlarmCourse]
    /// Bytes that the recording says were sent, but were not, or the other way round.
    public let sendMismatches: [String]
  }

  let recording: Recording
  let plan: WardPlan

  /// Prepares to replay, with another policy to try it out on what was recorded.
  public init(_ recording: Recording, policy: Policy? = nil) {
    self.recording = recording
    var plan = recording.plan
    if let policy { plan.policy = policy }
    self.plan = plan
  }

  /// Feeds the whole recording to a ward; `observe` sees it after every input and every deadline.
  func drive(
    chunk: (([UInt8]) -> [[UInt8]])? = nil, observe: ((Ward, Instant) -> Void)? = nil,
    emit: (Instant, WardOutput) -> Void
  ) {
    var ward = Ward(plan)
    var stepped: Int64 = 0
    func advance(to now: Instant) {
      guard let observe else { return ward.advance(to: now, emit: emit) }
      while let due = ward.nextDeadline, due <= now {
        ward.advance(to: due, emit: emit)
        observe(ward, due)
      }
    }
    func feed(_ input: WardInput, at now: Instant) {
      advance(to: now)
      ward.handle(input, at: now, emit: emit)
      observe?(ward, now)
    }
    let start = recording.entries.first?.at ?? .zero
    for input in recording.standing { ward.handle(input, at: start) { _, _ in } }
    ward.resume(recording.alarms, at: start)
    for (at, entry) in recording.entries {
      switch entry {
      case .input(.bytes(let slot, let bytes)):
        for piece in chunk?(bytes) ?? [bytes] { feed(.bytes(slot, piece), at: at) }
      case .input(let input):
        if case .wallClockStepped(let milliseconds) = input { stepped += milliseconds }
        feed(input, at: at)
      case .wallClock(let time):
        let expected = recording.startedAt + (at - .zero) + .milliseconds(stepped)
        let milliseconds = time.milliseconds - expected.milliseconds
        stepped += milliseconds
        feed(.wallClockStepped(milliseconds: milliseconds), at: at)
      case .end, .sent: advance(to: at)
      }
    }
  }

  /// Runs the whole recording.
  ///
  /// `chunk` cuts device bytes anew, for tests: the events must not depend on it.
  public func run(
    chunk: (([UInt8]) -> [[UInt8]])? = nil
  ) -> Result {
    var events: [(at: Instant, line: String)] = []
    var courses = AlarmCourses()
    var (sent, asserted): ([Slot: [Send]], [Slot: [Send]]) = ([:], [:])
    drive(chunk: chunk) { at, output in
      if let (slot, bytes) = output.sent {
        sent[slot, default: []].append(Send(at: at, bytes: bytes))
      }
      courses.take(at, output)
      if let line = EventText.line(output, at: at) { events.append((at, line)) }
    }
    for (at, entry) in recording.entries {
      if case .sent(let slot, let bytes) = entry {
        asserted[slot, default: []].append(Send(at: at, bytes: bytes))
      }
    }
    return Result(
      events: events, alarms: courses.all, sendMismatches: Self.compare(sent, asserted))
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
