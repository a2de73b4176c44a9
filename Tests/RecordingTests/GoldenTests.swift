import Drivers
import Foundation
import Recording
import TestKit
import Testing

/// A `.wire` recording of `fixtures/` beside the `.events` it must give.
struct Golden: Sendable, CustomTestStringConvertible {
  let wire: URL
  var timeline: URL { wire.deletingPathExtension().appendingPathExtension("events") }
  var testDescription: String {
    "\(wire.deletingLastPathComponent().lastPathComponent)/\(wire.lastPathComponent)"
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../fixtures").standardizedFileURL
  static let isUpdating = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil

  static func all() throws -> [Golden] {
    if isUpdating { try make() }
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "wire" }
      .map(Golden.init).sorted { $0.wire.path < $1.wire.path }
  }

  /// Scenes that are goldens too.
  ///
  /// Fast devices are plugged in late: a golden is read by people.
  static let scenes: [(driver: String, scene: String, plugged: Int)] = [
    ("contec-v7", "obstruction", -4), ("nonin-7", "probe-off", -4), ("nonin-8", "S10", -300),
    ("suntech", "S02", -300), ("suntech", "S06", -300),
  ]

  /// Records the course anew with every device of the catalog, and the scenes above.
  private static func make() throws {
    for (driver, name, plugged) in scenes {
      let (play, scene, models) = try Scenes.play(name, through: [driver], plugged: plugged)
      let verdict = SceneVerdict(play, of: scene, through: models)
      guard verdict.failures.isEmpty else { throw TextError("\(verdict.failures)") }
      try Data(play.recording.text.utf8).write(to: root.appending(path: "\(driver)/\(name).wire"))
    }
    for model in Catalog.models {
      let folder = root.appending(path: model.id)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var maker = GoldenMaker(model)
      let text = maker?.make().text ?? ""
      try Data(text.utf8).write(to: folder.appending(path: "course.wire"))
    }
  }

  func recording() throws -> Recording {
    try Recording(text: String(contentsOf: wire, encoding: .utf8))
  }

  func expected() throws -> [String] {
    try String(contentsOf: timeline, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}

/// Rewritten by UPDATE_GOLDEN=1 only; a changed golden is explained in its commit.
@Suite struct GoldenTests {
  @Test func `every driver has a recording`() throws {
    let folders = try Golden.all().map { $0.wire.deletingLastPathComponent().lastPathComponent }
    #expect(Set(folders).isSuperset(of: Catalog.models.map(\.id)))
  }

  @Test(arguments: try Golden.all())
  func `a recording is short and says what it is`(golden: Golden) throws {
    #expect(try Data(contentsOf: golden.wire).count < 300_000)
    let remarks = try golden.recording().remarks
    for mark in ["Device:", "Source:", "Shows:"] {
      #expect(remarks.contains { $0.hasPrefix(mark) }, "\(mark)")
    }
  }

  @Test(arguments: try Golden.all())
  func `a recording gives its timeline and sends what it sent`(golden: Golden) throws {
    let result = Replay(try golden.recording()).run()
    let lines = result.events.map(\.line)
    if Golden.isUpdating {
      let text = lines.map { $0 + "\n" }.joined()
      try text.write(to: golden.timeline, atomically: true, encoding: .utf8)
    }
    let difference = TimelineDifference(expected: try golden.expected(), actual: lines)
    #expect(difference == nil, "\(difference?.description ?? "")")
    #expect(result.sendMismatches.isEmpty)
  }

  @Test(arguments: try Golden.all())
  func `it does not matter how the bytes are cut`(golden: Golden) throws {
    let recording = try golden.recording()
    let expected = try golden.expected()
    var cuts: [(name: String, cut: ([UInt8]) -> [[UInt8]])] = [
      ("byte by byte", { bytes in bytes.map { [$0] } })
    ]
    for seed in seeds(5) {
      var random = Seeded(seed)
      cuts.append(
        (
          "seed \(seed)",
          { bytes in
            var (rest, pieces) = (bytes[...], [[UInt8]]())
            while !rest.isEmpty {
              let piece = rest.prefix(Int.random(in: 1...max(1, rest.count), using: &random))
              pieces.append(Array(piece))
              rest = rest.dropFirst(piece.count)
            }
            return pieces
          }
        ))
    }
    for (name, cut) in cuts {
      let events = Replay(recording).run(chunk: cut).events.map(\.line)
      let difference = TimelineDifference(expected: expected, actual: events)
      #expect(difference == nil, "\(name): \(difference?.description ?? "")")
    }
  }

  @Test(arguments: try Golden.all())
  func `a recording survives being written and read`(golden: Golden) throws {
    let text = try String(contentsOf: golden.wire, encoding: .utf8)
    #expect(try Recording(text: text).text == text)
  }
}
