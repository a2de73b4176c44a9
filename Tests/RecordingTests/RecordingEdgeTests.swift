import Recording
import Testing
import Vitals

/// What fuzzing found (`make fuzz`), in its smallest form.
@Suite struct `Recordings at the edges` {
  private static func text(_ lines: String...) -> String {
    (["# chairside recording 1"] + lines).joined(separator: "\n") + "\n"
  }

  @Test(arguments: [
    // Vertical tabs, a next-line: newlines to Unicode, not to a file.
    "# a\u{0B}\u{0B} b", "# a\u{85} b", "#   \r\r\u{301}o", "# \r", "# a\r b",
  ])
  func `a remark is written as it will be read`(_ remark: String) throws {
    let text = try Recording(text: Self.text(remark, "+1.000 * ! end")).text
    #expect(try Recording(text: text).text == text)
  }

  @Test func `a wall clock can be two thousand years wrong`() throws {
    let text = Self.text(
      "@ start 4052-03-14T15:02:11.000Z policy=p", "+14.000 * ~ 2026-03-14T15:12:11.000Z",
      "+16.000 * ! wallStepMilliseconds=1000", "+17.000 * ! end")
    let recording = try Recording(text: text)
    #expect(recording.text.contains("+16.000 * ~ 2026-03-14T15:12:14.000Z"))
    #expect(try Recording(text: recording.text).text == recording.text)
    #expect(Replay(recording).run().sendMismatches == [])
  }

  @Test func `a step out of the years that can be written stays a step`() throws {
    let step = "+1.000 * ! wallStepMilliseconds=4503599627370496"
    let text = try Recording(text: Self.text(step, "+2.000 * ! end")).text
    #expect(text.contains(step))
    #expect(try Recording(text: text).text == text)
  }

  @Test func `steps that no sum can hold are refused`() {
    let steps = Array(repeating: "+1.000 * ! wallStepMilliseconds=4503599627370496", count: 3000)
    let error = #expect(throws: RecordingError.self) {
      try Recording(text: Self.text(steps.joined(separator: "\n")))
    }
    #expect(error?.description == "257: the wall clock steps too far")
  }

  @Test(arguments: ["+9999999999.000", "+999999999999.000", "-999999999999.000"])
  func `a time beyond 31 years is refused, of a device as of a person`(_ time: String) {
    for rest in ["7/ox < 01", "7 @ sign by=rn1"] {
      #expect(throws: RecordingError.self) {
        try Recording(text: Self.text("\(time) \(rest)"))
      }
    }
  }
}
