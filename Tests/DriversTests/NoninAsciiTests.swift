import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `Lines of Nonin's bench units` {
  private let model = Catalog.model(id: "nonin-ascii")!

  struct Line: Sendable, CustomTestStringConvertible {
    let text: String
    let spo2: Int?
    let pr: Int?
    var status: SignalStatus = []
    var testDescription: String { text }
  }

  @Test(arguments: [
    Line(text: "SPO2= 97 HR= 72", spo2: 97, pr: 72),
    Line(text: "SPO2=097 HR=072", spo2: 97, pr: 72),
    Line(text: "SPO2=100 HR=131", spo2: 100, pr: 131),
    Line(text: "SPO2=--- HR=---", spo2: nil, pr: nil, status: .sensorOff),
    Line(text: "SPO2= 97 HR=---", spo2: 97, pr: nil),
    Line(text: "SPO2= 97 HR= 72F", spo2: 97, pr: 72),
    Line(text: "SPO2= 97 HR= 72 F", spo2: 97, pr: 72),
    Line(text: "SPO2= 97 HR= 72*", spo2: 97, pr: 72),
    Line(text: "SPO2= 97 HR= 72 F*", spo2: 97, pr: 72),
    Line(text: "10:02:59 SPO2= 97 HR= 72", spo2: 97, pr: 72),
    Line(text: "10:02:59 SPO2= 97 HR= 72B", spo2: 97, pr: 72),
    Line(text: "10:02:59 SPO2=--- HR=--- *B", spo2: nil, pr: nil, status: .sensorOff),
    // 0 is a number for the device and none for us.
    Line(text: "SPO2=  0 HR=  0", spo2: nil, pr: nil),
  ])
  func `bring numbers`(_ line: Line) {
    for end in ["\r\n", "\n"] {
      let decoded = Decoded(model, [Array((line.text + end).utf8)])
      #expect(
        decoded.outputs == [
          .oximetry(
            OximeterReading(
              saturation: line.spo2.flatMap(Saturation.init(percent:)),
              pulseRate: line.pr.flatMap(PulseRate.init(perMinute:)), status: line.status))
        ])
      #expect(decoded.account.damagedBytes == 0)
    }
  }

  @Test(arguments: [
    "SPO2= 97 HR= 7", "SPO2= 9 HR= 72", "SPO2=97 HR= 72", "SPO2= 97 HR=72", "SPO2=  97 HR= 72",
    "SPO2= 97  HR= 72", "SPO2= 97 HR= 722", "SPO2= 9- HR= 72", "SPO2=--- HR=-- ",
    "SPO2=127 HR= 72", "SPO2=101 HR= 72", "SPO2= 97 HR=511", "SPO2=9 7 HR= 72", "PO2= 97 HR= 72",
    "SPO2= 97 HR= 72FF", "SPO2= 97 HR= 72X", "SPO2= 97 HR= 72 8", "spo2= 97 hr= 72",
    "10:02:5 SPO2= 97 HR= 72", "24:02:59 SPO2= 97 HR= 72", "10:60:59 SPO2= 97 HR= 72",
    "10:02:59SPO2= 97 HR= 72", "x SPO2= 97 HR= 72", "SPO2= 97 HR= 72SPO2= 97 HR= 72",
    "SPO2=   HR=   ", "SPO2=    HR=   ",
  ])
  func `that are not exactly so are damage`(_ text: String) {
    let decoded = Decoded(model, [Array((text + "\r\n").utf8)])
    #expect(decoded.outputs.isEmpty)
    #expect(decoded.account.damagedBytes == text.utf8.count + 2)
  }

  @Test func `of the header say nothing and are no damage`() {
    let text = "NONIN AVANT 4000  03/14/26 10:02:57\r\n\r\nSPO2= 97 HR= 72\r\n"
    let decoded = Decoded(model, [Array(text.utf8)])
    #expect(decoded.readings.count == 1)
    #expect(decoded.account.frames == 3)
    #expect(decoded.account.damagedBytes == 0)
  }

  @Test func `are written as they are read`() throws {
    for text in ["SPO2= 97 HR=131", "10:02:59 SPO2=--- HR=---*B", "SPO2=100 HR= 72 F"] {
      let line = NoninLine(Array(text.utf8).span)
      #expect(line?.encoded == Array((text + "\r\n").utf8))
    }
  }
}
