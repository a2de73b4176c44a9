import Recording
import Vitals

/// A short infusion whose oximeter course a test makes up.
struct Course {
  var spo2: [[Int]]
  var pulse: [[Int]] = [[0, 75]]
  var motion: [Range<Int>] = []
  var baselinePulse = 75
  /// What rn1 asks of the chair, in the words of a recording.
  var commands: [(at: Int, words: String)] = []
  var end = 240

  /// The course as a recording of chair 7, from its preparation on.
  func recording() throws -> Recording {
    let flags = motion.map { "[\($0.lowerBound), \($0.upperBound)]" }.joined(separator: ", ")
    let scene = """
      id: course
      title: made up by a test
      baseline: {spo2: 97, pr: \(baselinePulse), sbp: 122, dbp: 76}
      start: 0
      end: \(end)
      phases: [[0, infusing]]
      spo2: \(spo2)
      pr: \(pulse)
      pi: [[0, 2.0]]
      nibp: []
      flags: {motion: [\(flags)]}
      expect: []
      never: []
      """
    var player = try ScenePlayer(
      try Scene(text: scene, file: "course"), chair: ChairID("7")!)
    var recording = player.play().recording
    for (at, words) in commands {
      let line = "+\(at).000 7 @ \(words) by=rn1"
      let (instant, entry) = try WireText.parse(Substring(line))
      let index = recording.entries.firstIndex { $0.at > instant } ?? recording.entries.count
      recording.entries.insert((instant, entry), at: index)
    }
    return recording
  }
}
