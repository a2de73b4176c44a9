import Drivers
import TestKit
import Testing
import Vitals

/// A monitor repeats its last blood pressure in every message: only a new one is a reading.
@Suite struct `A blood pressure over HL7` {
  private struct Message {
    let time: String
    let rows: [String]
  }

  private func message(_ time: String, _ rows: [String] = []) -> Message {
    Message(time: "202603141" + time, rows: rows)
  }

  /// What was taken for new, as the numbers of the messages.
  private func new(_ messages: [Message]) -> [Int] {
    var host = HL7Host()
    var new: [Int] = []
    for (index, message) in messages.enumerated() {
      let count = host.pressures.count
      host.tell([HL7Text.header([7: message.time, 10: "KC-\(index)"])] + message.rows)
      if host.pressures.count > count { new.append(index) }
    }
    return new
  }

  private func taken(_ time: String, _ systolic: Int = 150) -> [String] {
    HL7Text.pressure(systolic, at: "202603141" + time)
  }

  @Test func `seen for the first time is new only when it is of just now`() {
    #expect(new([message("01602", taken("01541"))]) == [])
    #expect(new([message("01602", taken("01602"))]) == [0])
    #expect(new([message("01602", taken("01557"))]) == [0])
    #expect(new([message("01602", taken("01556"))]) == [])
    #expect(new([message("01602", taken("01608"))]) == [])
    #expect(new([message("01602", HL7Text.pressure())]) == [])
  }

  @Test func `is new when its time is`() {
    let messages = [
      message("01602", taken("01002")), message("01603", taken("01002")),
      message("01640", taken("01638", 122)), message("01641", taken("01638", 122)),
      message("01642"), message("01643", taken("01638", 122)),
      // The same numbers again, of another determination.
      message("02140", taken("02138", 122)), message("02141", taken("02138", 122)),
    ]
    #expect(new(messages) == [2, 6])
  }

  @Test func `is not new when an older one comes back, or one of long ago`() {
    let messages = [
      message("01602", taken("01602")), message("01640", taken("01640", 122)),
      message("01641", taken("01602")), message("01642", taken("01640", 122)),
      message("03000", taken("02400", 133)),
    ]
    #expect(new(messages) == [0, 1])
  }

  @Test func `is new after the monitor's clock was set back`() {
    let messages = [
      message("01602", taken("01602")), message("00902", taken("01602")),
      message("00932", taken("00930", 122)),
    ]
    #expect(new(messages) == [0, 2])
  }

  @Test func `is not new when its time runs along with the messages`() {
    let messages = (0..<10).map { message("0160\($0)", taken("0160\($0)")) }
    #expect(new(messages) == [0])
  }

  @Test func `without a time is new when its numbers are`() {
    let messages = [
      message("01602", HL7Text.pressure()), message("01603", HL7Text.pressure()),
      message("01604", HL7Text.pressure(122, 80, 95)), message("01605"),
      message("01606", HL7Text.pressure(122, 80, 95)), message("01607", HL7Text.pressure()),
    ]
    #expect(new(messages) == [2, 5])
  }

  @Test func `under the time of its period is new when its numbers are, too`() {
    func period(_ start: String, _ systolic: Int) -> [String] {
      ["OBR|1|||182777000|||202603141\(start)"] + HL7Text.pressure(systolic)
    }
    let messages = [
      message("01602", period("01600", 150)), message("01632", period("01630", 150)),
      message("01702", period("01700", 122)), message("01703", period("01700", 121)),
      message("01732", period("01730", 121)), message("01802", period("01800", 155)),
    ]
    #expect(new(messages) == [2, 5])
  }

  @Test func `is remembered over a short break, and forgotten over a long one`() {
    for (pause, expected) in [(Duration.seconds(30), 2), (.seconds(90), 1)] {
      var host = HL7Host()
      host.tell([HL7Text.header([7: "20260314101602"])] + taken("01602"))
      host.tell(.closed)
      host.tell(.opened, after: pause)
      host.tell([HL7Text.header([7: "20260314101702", 10: "B"])] + taken("01650", 122))
      host.tell([HL7Text.header([7: "20260314101703", 10: "C"])] + taken("01650", 122))
      #expect(host.pressures.count == expected, "\(pause)")
    }
  }
}
