import Monitoring
import Recording
import TestKit
import Testing
import Vitals
import Ward

/// The one idea of `design.md`: what reached a ward gives what it decided, every time.
@Suite struct `A replay` {
  /// An obstruction through a device of 60 packets a second, made once.
  static let obstruction = Result {
    let (play, _, _) = try Scenes.play("S07", through: ["contec-v7"], until: 200)
    return (text: play.recording.text, events: play.events)
  }

  @Test(arguments: seeds(100))
  func `is identical however the bytes are cut`(seed: UInt64) throws {
    let (text, events) = try Self.obstruction.get()
    let random = Cutter(seed)
    let result = Replay(try Recording(text: text)).run(chunk: random.cut)
    #expect(TimelineDifference(expected: events, actual: result.events.map(\.line)) == nil)
    #expect(events.count >= 20)
  }

  /// A closure cannot keep a generator that is a value; this one does.
  final class Cutter {
    private var random: Seeded
    init(_ seed: UInt64) { random = Seeded(seed) }
    func cut(_ bytes: [UInt8]) -> [[UInt8]] { random.chunks(of: bytes, longest: 12) }
  }

  @Test func `with another policy tells what would have been`() throws {
    let (play, _, _) = try Scenes.play("S04")
    var policy = Policy.adultKetamineDefault1
    policy.spo2.low = 90
    policy.spo2.veryLow = 86
    let result = Replay(play.recording, policy: policy).run()
    let low = result.events.first { $0.line.contains(#""alarm":"SPO2_LOW""#) }
    #expect(low?.line.contains(#""limit":90"#) == true)
    #expect(!result.events.contains { $0.line.contains("SPO2_VLOW") })
  }

  @Test func `tells which bytes were not sent as recorded, and which were sent besides`() throws {
    let (play, _, _) = try Scenes.play("S06", through: ["suntech"], until: 420)
    var recording = play.recording
    #expect(Replay(recording).run().sendMismatches == [])
    let index = recording.entries.firstIndex {
      if case .sent = $0.entry { $0.at >= .zero } else { false }
    }
    guard let index, case .sent(let slot, let bytes) = recording.entries[index].entry else {
      throw TextError("the scene sends nothing")
    }
    recording.entries[index].entry = .sent(slot, bytes + [0])
    let mismatches = Replay(recording).run().sendMismatches
    #expect(mismatches.count == 2)
    #expect(mismatches.first?.hasPrefix("recorded but not sent: +") == true)
    #expect(mismatches.last?.hasPrefix("sent but not recorded: +") == true)
  }

  @Test func `finds the first difference between timelines`() {
    #expect(TimelineDifference(expected: ["a"], actual: ["a"]) == nil)
    #expect(TimelineDifference(expected: [], actual: []) == nil)
    #expect(
      TimelineDifference(expected: ["a", "b"], actual: ["a", "c"])?.description
        == "line 2: expected b, got c")
    #expect(
      TimelineDifference(expected: ["a"], actual: ["a", "c"])?.description
        == "line 2: expected nothing more, got c")
    #expect(
      TimelineDifference(expected: ["a", "b"], actual: ["a"])?.description
        == "line 2: expected b, got nothing more")
  }
}
