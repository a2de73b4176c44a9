import Drivers
import TestKit
import Testing
import Vitals

/// What only the Dinamap does: its counter alone tells a new reading from the old one.
@Suite struct `The Dinamap dialogue` {
  private let model = Catalog.model(id: "dinamap")!
  private let old = BloodPressure(systolic: 121, diastolic: 78, mean: 93)!

  private func reply(_ status: Int, _ elapsed: Int?, _ systolic: Int = 121) -> DriverInput {
    .bytes(
      DinamapPressure(
        status: status, elapsed: elapsed, systolic: systolic, diastolic: 78, mean: 93
      ).encoded)
  }

  private func rate(_ rate: Int?) -> DriverInput {
    .bytes(DinamapReply.pulseRate(rate.flatMap(PulseRate.init(perMinute:))).encoded)
  }

  /// Orders a start at 1 s and gives an answer each second after it, until 180 s the last.
  private func measure(_ replies: [DriverInput], then last: DriverInput? = nil) -> LoneCuff {
    var lone = LoneCuff(model)
    lone.take(.order(.start), at: .seconds(1))
    for (index, reply) in replies.enumerated() {
      lone.take(reply, at: .milliseconds(Int64(index) * 1000 + 2100))
    }
    if let last {
      for second in replies.count + 2...180 { lone.take(last, at: .seconds(second)) }
    }
    return lone
  }

  @Test func `polls once a second, and asks for the pulse rate after a valid reading`() {
    let lone = measure([reply(1, 40), reply(1, 41), reply(1, 42), reply(1, 0, 130), rate(66)])
    // The answer took a second: the question was repeated.
    let commands: [DinamapCommand] = [.start] + Array(repeating: .readPressure, count: 4)
    #expect(lone.sent == (commands + [.readPulseRate, .readPulseRate]).map(\.encoded))
    let pressure = BloodPressure(
      systolic: 130, diastolic: 78, mean: 93, pulseRate: PulseRate(perMinute: 66))!
    #expect(lone.heard == [.inflating, .result(pressure)])
  }

  @Test func `is content without a pulse rate`() {
    var lone = measure([reply(1, 40), reply(1, 0)])
    lone.pass(to: .seconds(30))
    #expect(lone.heard == [.inflating, .result(old)])
    #expect(!lone.sent.contains(DinamapCommand.cancel.encoded))
    #expect(measure([reply(1, 40), reply(1, 0), rate(nil)]).heard == [.inflating, .result(old)])
  }

  @Test func `keeps a pressure whose pulse rate was lost with the line`() {
    var lone = measure([reply(1, 40), reply(1, 0)])
    lone.take(.closed, at: .seconds(4))
    lone.take(.opened, at: .seconds(5))
    #expect(lone.heard == [.inflating, .result(old)])
    #expect(!lone.sent.contains(DinamapCommand.cancel.encoded))
  }

  @Test func `never takes the old reading while the counter goes on`() {
    var lone = measure([reply(1, 40)], then: reply(1, 41))
    lone.pass(to: .seconds(400))
    #expect(lone.heard == [.inflating, .failed(.timeOut)])
    #expect(lone.sent.last == DinamapCommand.cancel.encoded)
  }

  @Test func `takes an error that was there before for an old one`() {
    let lone = measure([reply(5, 40), reply(5, 41), reply(5, 42), reply(1, 0), rate(72)])
    #expect(lone.heard.outcomes.count == 1)
    #expect(lone.heard.last.map { if case .result = $0 { true } else { false } } == true)
    // With a counter that began anew it is a new one.
    #expect(measure([reply(5, 40), reply(5, 0)]).heard == [.inflating, .failed(.hardware)])
  }

  @Test(arguments: 3...9)
  func `takes an error that was not there before for a new one`(_ status: Int) {
    let lone = measure([reply(1, 40), reply(status, 41)])
    #expect(lone.heard == [.inflating, .failed(.hardware)])
  }

  @Test(arguments: [0, 2])
  func `waits for the verdict on a new determination`(_ status: Int) {
    let undecided = [reply(1, 40), reply(status, 0), reply(status, 1)]
    #expect(measure(undecided).heard == [.inflating])
    #expect(measure(undecided + [reply(1, 2), rate(nil)]).heard == [.inflating, .result(old)])
  }

  @Test func `takes a valid status without pressures for implausible`() {
    #expect(
      measure([reply(1, 40), reply(1, 0, 0)]).heard == [.inflating, .failed(.implausible)])
  }

  @Test func `compares with nothing that came before the start`() {
    var lone = LoneCuff(model)
    lone.take(reply(1, 900), at: .zero)
    lone.take(.order(.start), at: .seconds(1))
    // Somebody measured by hand meanwhile.
    lone.take(reply(1, 3), at: .seconds(2))
    lone.take(reply(1, 4), at: .seconds(3))
    #expect(lone.heard == [.inflating])
  }
}
