import Documents
import Recording
import TestKit
import Testing
import Vitals

@Suite struct `A scene file` {
  /// A good one, small enough to read.
  static let good = """
    {"id":"X","title":"t","baseline":{"spo2":98,"pr":72,"sbp":120,"dbp":76},
    "start":0,"end":60,"phases":[[0,"infusing"]],
    "spo2":[[0,98],[30,90]],"pr":[[0,72]],"pi":[[0,2.0]],
    "nibp":[{"start":10,"done":40,"sbp":120,"dbp":76}],
    "flags":{"motion":[[5,9]]},"away":[[20,25]],"acks":[[50,"SPO2_LOW"]],
    "events":[{"t":1,"e":"patientReturned"}],
    "expect":[{"alarm":"SPO2_LOW","prio":"MED","by":50}],"never":["HIGH"]}
    """

  @Test func `is read`() throws {
    let scene = try Scene(text: Self.good, file: "x.json")
    #expect(scene.spo2.count == 2 && scene.flags["motion"] == [5..<9])
    #expect(scene.requiredSeconds == 1800 && scene.anchor == 0)
    #expect(Scene.value(of: scene.spo2, at: 15) == 94)
    #expect(Scene.value(of: scene.spo2, at: -5) == 98 && Scene.value(of: scene.spo2, at: 99) == 90)
    #expect(scene.isFlagged("motion", at: 5) && !scene.isFlagged("motion", at: 9))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let from: String
    let to: String
    let complaint: String
    var testDescription: String { to }
    init(_ from: String, _ to: String, _ complaint: String) {
      (self.from, self.to, self.complaint) = (from, to, complaint)
    }
  }

  static let cases = [
    Case(#""title":"t","#, "", "1:1: “title” is missing"),
    Case(#""end":60"#, #""end":"soon""#, "2:17: “soon” is not a whole number"),
    Case(#""end":60"#, #""end":0"#, "1:1: start must be before end"),
    Case(#""end":60"#, #""end":90000"#, "2:17: 90000 s is outside -86400…86400 s"),
    Case(#""start""#, #""strat""#, "2:1: “strat” is not known here; did you mean “start”?"),
    Case(
      #""infusing""#, #""infusion""#,
      "2:33: “infusion” is none of: scheduled, baseline, infusing, observation, readyForSignOff, signedOff, transferred, leftAMA, aborted"
    ),
    Case("[30,90]", "[0,90]", "3:17: times must rise"),
    Case("[30,90]", "[30]", "3:16: expected two values"),
    Case("[30,90]", "[30,1e300]", "3:20: 1e300 is outside 0…1000"),
    Case("[30,90]", "[30,-1]", "3:20: -1 is outside 0…1000"),
    Case("[30,90]", "[1e99,90]", "3:17: 1e99 is outside -86400…86400"),
    Case("[30,90]", #"[30,"low"]"#, "3:20: “low” is not a number"),
    Case(#""pi":[[0,2.0]]"#, #""pi":[]"#, "3:44: at least one value is needed"),
    Case(#""done":40"#, #""done":9"#, "4:28: a determination ends after its start"),
    Case(
      #""dbp":76}]"#, #""dbp":76,"fail":"bored"}]"#,
      "4:57: “bored” is none of: weakSignal, motion, outOfRange, timeOut, blockage, cuffLeak, safetyTimeOut, overpressure, hardware, permission, implausible, connectionLost, noAnswer"
    ),
    Case(#""motion""#, #""movement""#, "5:10: “movement” is not known here"),
    Case("[5,9]", "[9,5]", "5:20: an interval must not be empty"),
    Case("[20,25]", "20", "5:36: expected a list"),
    Case(#"[50,"SPO2_LOW"]"#, #"[50,"SPO2"]"#, "5:57: “SPO2” is none of"),
    Case(#""e":"patientReturned""#, #""x":"y""#, "6:11: an event needs t and e"),
    Case(#""prio":"MED""#, #""prio":"MEDIUM""#, "7:38: expected LOW, MED or HIGH"),
    Case(#","by":50"#, "", "7:11: an expectation needs alarm, prio and by"),
    Case(#"["HIGH"]"#, #"["HIHG"]"#, "7:63: “HIHG” is neither an alarm nor LOW, MED or HIGH"),
    Case(#""never""#, #""id""#, "1:2: “id” stands twice; keep one"),
    Case(#""id":"X""#, #""id":[1]"#, "1:7: expected a single value"),
    Case(#"{"id""#, #"["id""#, "1:1: "),
  ]

  @Test(arguments: cases)
  func `is complained about with file, line and column`(_ one: Case) {
    let text = Self.good.replacing(one.from, with: one.to, maxReplacements: 1)
    #expect(text != Self.good)
    do {
      _ = try Scene(text: text, file: "x.json")
      Issue.record("it was taken")
    } catch {
      if one.complaint == "1:1: " {
        #expect(error.file == "x.json" && error.line >= 1 && error.column >= 1)
      } else {
        #expect("\(error)".hasPrefix("x.json:" + one.complaint))
      }
    }
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{\"id\": \"\u{0}\"}", "a: b: c", "\t- x", "*x", "{a: &b 1, a: 2}",
  ])
  func `that is none gives a complaint`(text: String) {
    #expect(throws: Complaint.self) { try Scene(text: text, file: "x.json") }
  }

  @Test(arguments: seeds(300))
  func `never traps, and never in playing what was taken`(seed: UInt64) {
    var random = Seeded(seed)
    var bytes = Array(Self.good.utf8)
    for _ in 0..<random.number(1...3) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      bytes[index] = random.pick(Array("0123456789-.e{}[],:\"x".utf8))
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let scene = try? Scene(text: text, file: "x.json"), scene.end < 2000,
      var player = try? ScenePlayer(scene, chair: .init("7")!)
    else { return }
    _ = player.play()
  }
}
