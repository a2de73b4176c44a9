import Recording
import Vitals
import Ward

/// Recordings as text, and the flight recorder's blocks.
enum WireTarget {
  @Sendable static func run(_ input: [UInt8]) {
    _ = try? FlightLog.read(input)
    guard let recording = try? Recording(text: String(decoding: input, as: UTF8.self)) else {
      return
    }
    let text = recording.text
    let again = reread(text)
    if again.text != text {
      broken("the text of a recording changes:\n\(text)\nbecame\n\(again.text)")
    }
    checkFlightLog(recording)
    replay(recording, again)
  }

  private static func reread(_ text: String) -> Recording {
    do { return try Recording(text: text) } catch {
      broken("what was written cannot be read, \(error):\n\(text)")
    }
  }

  /// What the flight recorder packs, it gives back.
  private static func checkFlightLog(_ recording: Recording) {
    var log = FlightLog()
    var inputs: [(at: Instant, input: WardInput)] = []
    for case (let at, .input(let input)) in recording.entries {
      log.append(input, at: at)
      inputs.append((at, input))
    }
    guard !log.isEmpty else { return }
    do {
      let read = try FlightLog.read(log.bytes)
      let isSame = read.count == inputs.count && zip(read, inputs).allSatisfy { $0 == $1 }
      if !isSame { broken("the flight recorder changed inputs:\n\(recording.text)") }
    } catch {
      broken("the flight record cannot be read, \(error):\n\(recording.text)")
    }
  }

  /// A short recording gives the same events from its own text, and however its bytes are cut.
  private static func replay(_ recording: Recording, _ again: Recording) {
    guard let first = recording.entries.first?.at, let last = recording.entries.last?.at,
      last - first <= .seconds(3600), recording.entries.count <= 500,
      recording.plan.chairs.count <= 12
    else { return }
    let result = Replay(recording).run()
    let cut = Replay(again).run { $0.map { [$0] } }
    if result.events.map(\.line) != cut.events.map(\.line) {
      let difference = TimelineDifference(
        expected: result.events.map(\.line), actual: cut.events.map(\.line))
      broken("the replay differs, \(difference.map(\.description) ?? ""):\n\(recording.text)")
    }
    for (one, next) in zip(result.events, result.events.dropFirst()) where next.at < one.at {
      broken("events run backwards: \(one.line), then \(next.line)")
    }
  }

  /// A recording without devices; `Fuzz/run` adds the heads of `fixtures/**/*.wire`.
  @Sendable static func seeds() -> [[UInt8]] {
    [
      Array(
        """
        # chairside recording 1
        @ start 2026-03-14T15:02:11.000Z policy=adult-ketamine-default-1
        @ chair 7
        +0.000 7 @ checkIn route=iv40 identified=yes by=rn1
        +1.000 * ! end

        """.utf8)
    ]
  }
}
