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
        "S01", "S02", "S04", "S05", "S06", "S07", "S09", "S10", "S12", "S13", "S14", "S16", "S18",
      ]))
    #expect(Scenes.names.count >= 13 + 20)
  }

  /// Some scene decides every alarm, and every criterion keeps somebody who would otherwise leave.
  @Test func `decides every alarm and every criterion`() throws {
    var (alarms, criteria) = (Set<AlarmID>(), Set<String>())
    for name in Scenes.names {
      let scene = try Scenes.read(name)
      alarms.formUnion(scene.expectations.map(\.alarm))
      for act in scene.acts {
        criteria.formUnion((act.details["why"] ?? "").split(separator: ",").map(String.init))
      }
    }
    // Raised by the ward's own tests: a display hears nothing, and no scene is without one; nor does a
    // scene have a loudspeaker.
    #expect(Set(AlarmID.allCases).subtracting(alarms) == [.notDelivered, .stationSilent])
    // The chart of a scene is always complete (`CriterionTests` has one that is not).
    #expect(Set(Criterion.allCases.map(\.rawValue)).subtracting(criteria) == ["fields"])
  }

  /// `fixtures/scenes/NAME.events`, read by eye once; rewritten by UPDATE_GOLDEN=1 only.
  @Test(arguments: Scenes.names)
  func `gives its golden timeline`(_ name: String) throws {
    let play = try Scenes.play(name).play
    let path = "fixtures/scenes/\(name).events"
    if Fixtures.updatesGoldens {
      let file = Fixtures.root.appending(path: path)
      try play.events.map { $0 + "\n" }.joined().write(to: file, atomically: true, encoding: .utf8)
    }
    let expected = try Fixtures.text(path).split(separator: "\n").map(String.init)
    let difference = TimelineDifference(expected: expected, actual: play.events)
    #expect(difference == nil, "\(difference?.description ?? "")")
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

  /// Long scenes with 60 and more frames a second take minutes in a debug build;
  /// `CHAIRSIDE_LONG=1` plays them all.
  private static let playsAll = ProcessInfo.processInfo.environment["CHAIRSIDE_LONG"] != nil
  /// Fast devices are plugged in just before their scene begins.
  static let plays: [(scene: String, driver: String, plugged: Int)] = Scenes.names.flatMap { name in
    guard let scene = try? Scenes.read(name) else { return [(name, "none", 0)] }
    return Catalog.models.compactMap { model in
      // The scenes' times are those of devices that speak every other second at least.
      guard model.takesOrders || model.nominalFramesPerSecond >= 0.5 else { return nil }
      guard model.nominalFramesPerSecond > 1 else { return (name, model.id, -300) }
      guard playsAll || scene.end - scene.start < 500 else { return nil }
      return (name, model.id, max(-300, scene.start - 10))
    }
  }

  @Test(arguments: plays.indices)
  func `goes as expected through a device`(_ index: Int) throws {
    let (name, driver, plugged) = Self.plays[index]
    let (play, scene, models) = try Scenes.play(name, through: [driver], plugged: plugged)
    let verdict = SceneVerdict(play, of: scene, through: models)
    #expect(verdict.failures == [], "\(name) through \(driver)")
    #expect(
      verdict.met + verdict.inexpressible.count
        == scene.expectations.count + scene.acts.count { $0.details["result"] != nil })
    // What a device cannot say is named; nothing else may hide behind it.
    for reason in verdict.inexpressible {
      let flags = [
        "motion", "sensorOff", "searching", "frozen", "perfusion", "nonPulsatile",
      ]
      #expect(flags.contains { reason.hasSuffix("no mark for \($0)") })
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
        #"{"t":1600.0,"chair":"*","event":"audit","what":"wallClockStepped","milliseconds":-180000,"info":["CLOCK_STEP"]}"#
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
