import Drivers
import Foundation
import Recording
import TestKit
import Testing
import Vitals

/// Every `fixtures/**/*.wire` gives the `.events` beside it, whole, byte by byte and in random
/// chunks. `UPDATE_GOLDEN=1 swift test --filter Golden` makes both anew from the scenes below; a
/// changed golden is explained in its commit.
@Suite(.serialized) struct `Golden recordings` {
  /// What the goldens are made of. Short scenes: a golden is read by people.
  /// Fast devices are plugged in late, so that a golden stays under 300 kB.
  static let sources: [(driver: String, scene: String, plugged: Int)] = [
    ("contec-v7", "obstruction", -4), ("nonin-7", "probe-off", -4), ("nonin-8", "S10", -300),
    ("suntech", "S02", -300), ("suntech", "S06", -300),
  ]

  static let wires = Fixtures.paths(below: "fixtures", suffix: ".wire")

  @Test(.enabled(if: Fixtures.updatesGoldens), arguments: sources.indices)
  func `are made of scenes`(_ index: Int) throws {
    let (driver, name, plugged) = Self.sources[index]
    let (play, scene, models) = try Scenes.play(name, through: [driver], plugged: plugged)
    #expect(SceneVerdict(play, of: scene, through: models).failures == [])
    let path = Fixtures.root.appending(path: "fixtures/\(driver)/\(name)")
    try FileManager.default.createDirectory(
      at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
    try play.recording.text.write(
      to: path.appendingPathExtension("wire"), atomically: true, encoding: .utf8)
    try Self.text(Replay(play.recording).run()).write(
      to: path.appendingPathExtension("events"), atomically: true, encoding: .utf8)
  }

  @Test func `are there`() { #expect(Self.wires.count >= Self.sources.count) }

  @Test(arguments: wires)
  func `give their timeline, however the bytes are cut`(_ path: String) throws {
    let recording = try Recording(text: try Fixtures.text(path))
    let golden = String(path.dropLast(4)) + "events"
    let expected = try Fixtures.text(golden).split(separator: "\n").map(String.init)
    let random = `A replay`.Cutter(7)
    let cuts: [(String, ([UInt8]) -> [[UInt8]])] = [
      ("whole", { [$0] }), ("byte by byte", { $0.map { [$0] } }), ("random", random.cut),
    ]
    for (name, cut) in cuts {
      let result = Replay(recording).run(chunk: cut)
      let difference = TimelineDifference(
        expected: expected, actual: result.events.map(\.line))
      #expect(difference == nil, "\(name)")
      #expect(result.sendMismatches == [], "\(name)")
    }
  }

  @Test(arguments: wires)
  func `are short, explained, and written as we write`(_ path: String) throws {
    let text = try Fixtures.text(path)
    #expect(text.utf8.count < 300_000)
    let recording = try Recording(text: text)
    for mark in ["Device:", "Source:", "Shows:"] {
      #expect(recording.remarks.contains { $0.hasPrefix(mark) }, "\(mark)")
    }
    #expect(recording.text == text)
  }

  private static func text(_ result: Replay.Result) -> String {
    result.events.map { $0.line + "\n" }.joined()
  }
}
