import Drivers
import Foundation
import Monitoring
import Recording
import TestKit
import Testing
import Vitals

/// `clinical.md` section 6: every scene goes as its author expects.
@Suite struct `A scene` {
  @Test func `is there in all its numbers`() {
    #expect(
      Set(Scenes.names).isSuperset(of: [
        "S01", "S02", "S04", "S05", "S06", "S07", "S09", "S10", "S13", "S14", "S16", "S18",
      ]))
  }

  @Test(arguments: Scenes.names)
  func `goes as expected at reading level`(_ name: String) throws {
    let (play, scene, _) = try Scenes.play(name)
    let verdict = SceneVerdict(play, of: scene)
    #expect(verdict.failures == [])
    let expected =
      scene.expectations.count + scene.acts.count { $0.details["result"] != nil }
    #expect(verdict.met == expected && verdict.inexpressible == [])
  }

  /// Long scenes with 60 and more frames a second take minutes in a debug build; `make soak` and
  /// `CHAIRSIDE_LONG=1` play them all.
  private static let playsAll = ProcessInfo.processInfo.environment["CHAIRSIDE_LONG"] != nil
  static let pairs: [(scene: String, driver: String)] = Scenes.names.flatMap { name in
    Catalog.models.filter { model in
      let seconds = (try? Scenes.read(name).end) ?? 0
      return playsAll || model.nominalFramesPerSecond < 2 || seconds < 1000
    }.map { (name, $0.id) }
  }

  @Test(arguments: pairs)
  func `goes as expected through a device`(name: String, driver: String) throws {
    let (play, scene, models) = try Scenes.play(name, through: [driver])
    let verdict = SceneVerdict(play, of: scene, through: models)
    #expect(verdict.failures == [])
    #expect(
      verdict.met + verdict.inexpressible.count
        == scene.expectations.count + scene.acts.count { $0.details["result"] != nil })
    // What a device cannot say is named; nothing else may hide behind it.
    for reason in verdict.inexpressible {
      #expect(reason.hasSuffix("no mark for motion") || reason.hasSuffix("no mark for sensorOff"))
    }
  }

  @Test(arguments: ["S05", "S06", "S07", "S10", "S13"])
  func `replays from its own text to the same timeline, sends included`(_ name: String) throws {
    for driver in ["nonin-8", "suntech"] {
      let (play, _, _) = try Scenes.play(name, through: [driver])
      let result = Replay(try Recording(text: play.recording.text)).run()
      #expect(
        TimelineDifference(expected: play.events, actual: result.events.map(\.line)) == nil)
      #expect(result.sendMismatches == [])
    }
  }

  /// Scene S07: nobody may start the drug while the hold stands.
  @Test func `of a faint before the drug puts a hold on it`() throws {
    let (play, _, _) = try Scenes.play("S07")
    #expect(play.events.contains { $0.contains(#""what":"holdDeclared","class":"hard""#) })
    #expect(!play.phases.contains { $0.phase == .infusing })
  }

  /// Scene S16: the wall clock leaps back 180 s, and not one alarm or due time moves.
  @Test func `with a leap of the wall clock tells it and moves nothing`() throws {
    let (play, _, _) = try Scenes.play("S16")
    let steps = play.events.filter { $0.contains("wallClockStepped") }
    #expect(
      steps == [
        #"{"t":1600.0,"chair":"*","event":"audit","what":"wallClockStepped","milliseconds":-180000}"#
      ])
    var text = try Fixtures.text("fixtures/scenes/S16.json")
    text = text.replacing("-180", with: "-1")
    var still = try ScenePlayer(
      try Scene(text: text, file: "S16"), chair: ChairID("7")!)
    #expect(
      still.play().events.filter { !$0.contains("wallClockStepped") }
        == play.events.filter { !$0.contains("wallClockStepped") })
  }
}
