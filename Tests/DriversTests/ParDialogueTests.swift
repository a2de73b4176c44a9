import Drivers
import TestKit
import Testing
import Vitals

/// What only PAR's cuffs do: they talk while they work, and have no checksum in that.
@Suite struct `The PAR dialogue` {
  private let model = Catalog.model(id: "par-nibp")!
  private let request = ParCommand.readStatus.encoded

  private func cuff(_ pressure: Int, _ state: ParState = .measuring) -> DriverInput {
    .bytes(ParReply.cuff(ParCuff(pressure: pressure, state: state)).encoded)
  }

  private func status(_ state: ParState, _ message: Int = 0) -> DriverInput {
    var status = ParStatus(state: state, message: message)
    (status.systolic, status.diastolic, status.mean, status.pulseRate) = (125, 80, 90, 75)
    return .bytes(ParReply.status(status).encoded)
  }

  private let result = Determination.result(Course.pressure(125, 80, 90, 75))

  /// Orders a start at 1 s, and gives these at 1.5 s, 2 s and so on.
  private func measure(_ inputs: [DriverInput]) -> LoneCuff {
    var lone = LoneCuff(model)
    lone.take(.order(.start), at: .seconds(1))
    for (index, input) in inputs.enumerated() {
      lone.take(input, at: .milliseconds(Int64(index) * 500 + 1500))
    }
    return lone
  }

  @Test func `reads the status when the cuff says that it is done`() {
    let lone = measure([cuff(20, .inflating), cuff(90), cuff(999, .standby), status(.standby)])
    #expect(lone.sent == [ParCommand.start.encoded, request])
    #expect(
      lone.heard == [.inflating, .cuffPressure(mmHg: 20), .cuffPressure(mmHg: 90), result])
  }

  /// One bit makes `999` of `199`.
  @Test func `goes on when the status says that it is not over`() {
    let stream = [cuff(199), cuff(999), status(.measuring), cuff(190), cuff(999), cuff(180)]
    let lone = measure(stream + [cuff(999), status(.standby, 3)])
    #expect(lone.heard.outcomes == [result])
    #expect(lone.heard.contains(.cuffPressure(mmHg: 180)))
    #expect(!lone.sent.contains(ParCommand.abort.encoded))
  }

  @Test func `asks after a silence, because the word that it is done may be lost`() {
    var lone = measure([cuff(90)])
    lone.pass(to: .milliseconds(3499))
    #expect(lone.sent.count == 1)
    lone.pass(to: .milliseconds(3500))
    #expect(lone.sent.last == request)
    lone.take(status(.standby), at: .seconds(4))
    #expect(lone.heard.outcomes == [result])
  }

  @Test func `deflates a cuff that fell silent, and then was lost with its line`() {
    var lone = measure([cuff(90)])
    lone.pass(to: .seconds(4))
    #expect(lone.sent.last == request)
    lone.take(.closed, at: .seconds(4))
    lone.take(.opened, at: .seconds(5))
    #expect(lone.heard.outcomes == [.failed(.connectionLost)])
    #expect(lone.sent.last == ParCommand.abort.encoded)
  }

  @Test func `takes the same numbers after a silence for old ones`() {
    var lone = measure([cuff(90), cuff(999), status(.standby)])
    lone.take(.order(.start), at: .seconds(10))
    lone.take(cuff(90), at: .seconds(11))
    lone.pass(to: .seconds(13))
    lone.take(status(.standby), at: .seconds(13))
    #expect(lone.heard.outcomes == [result, .failed(.connectionLost)])
  }

  @Test func `has a start refused that arrived damaged`() {
    let lone = measure([status(.standby, 2)])
    #expect(lone.heard == [.failed(.noAnswer)])
    #expect(!lone.sent.contains(ParCommand.abort.encoded))
  }

  @Test func `asks again when its question arrived damaged`() {
    var lone = measure([cuff(90), cuff(999), status(.standby, 2)])
    lone.pass(to: .seconds(3))
    #expect(lone.sent.suffix(2) == [request, request])
    lone.take(status(.standby), at: .seconds(5))
    #expect(lone.heard.outcomes == [result])
  }

  @Test func `asks for the cause of an error`() {
    let lone = measure([cuff(90), cuff(60, .error), status(.error, 7)])
    #expect(lone.sent == [ParCommand.start.encoded, request])
    #expect(lone.heard.outcomes == [.failed(.cuffLeak)])
  }

  @Test func `deflates a cuff that goes on in spite of all`() {
    var lone = measure([cuff(90)])
    lone.take(.order(.abort), at: .seconds(3))
    let abort = ParCommand.abort.encoded
    for tenth in 31...90 { lone.take(cuff(90), at: .milliseconds(Int64(tenth) * 100)) }
    // Reported once; told again and again as long as it is heard.
    #expect(lone.heard.outcomes == [.aborted])
    #expect(lone.sent.count { $0 == abort } > 8)
    lone.take(cuff(999, .standby), at: .seconds(10))
    let count = lone.sent.count
    lone.take(cuff(90), at: .seconds(11))
    lone.pass(to: .seconds(60))
    #expect(lone.sent.count == count)
  }
}
