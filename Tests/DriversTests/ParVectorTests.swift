import Drivers
import TestKit
import Testing
import Vitals

/// The packets of `protocols.md` 2.3 and of `protocol-vectors.json`.
@Suite struct `PAR packets` {
  private let model = Catalog.model(id: "par-nibp")!

  private static func framed(_ text: String) -> [UInt8] {
    [0x02] + Array(text.utf8) + [0x03, 0x0D]
  }

  @Test(arguments: [
    (ParCommand.start, "02 30 31 3B 3B 44 37 03"), (.abort, "58"),
    (.readStatus, "02 31 38 3B 3B 44 46 03"),
  ])
  func `of commands`(_ command: ParCommand, _ text: String) {
    #expect(command.encoded == hex(text))
  }

  @Test func `of the cuff at work`() {
    let cuff = ParCuff(pressure: 35, state: .measuring)
    #expect(ParReply(Self.framed("035C0S3").span) == .cuff(cuff))
    #expect(ParReply.cuff(cuff).encoded == Self.framed("035C0S3"))
    #expect(
      Decoded(model, [Self.framed("035C0S3"), Self.framed("999C0S1")]).outputs
        == [.determination(.cuffPressure(mmHg: 35))])
  }

  @Test(arguments: [
    (
      "S1;A0;C03;M00;P125080090;R075;T0005;;40",
      Determination.result(Course.pressure(125, 80, 90, 75))
    ),
    ("S2;A0;C00;M07;P120078090;R060;T    ;;FC", .failed(.cuffLeak)),
  ])
  func `of status`(_ text: String, _ determination: Determination) throws {
    guard case .status(let status) = ParReply(Self.framed(text).span) else {
      Issue.record("\(text) is no status")
      return
    }
    #expect(status.determination == determination)
    #expect(Decoded(model, [Self.framed(text)]).outputs == [.determination(determination)])
    // We encode a cycle of 0 and no time to the next, and read back what we wrote.
    #expect(ParReply(status.encoded.span) == .status(status))
  }

  private static let failures: [(Int, DeterminationFailure)] = [
    (6, .cuffLeak), (7, .cuffLeak), (8, .blockage), (9, .weakSignal), (10, .outOfRange),
    (11, .motion), (12, .overpressure), (13, .motion), (14, .cuffLeak), (15, .hardware),
    (42, .hardware),
  ]

  @Test(arguments: failures, ParState.allCases)
  func `with old pressures beside an error`(
    _ case: (message: Int, failure: DeterminationFailure), _ state: ParState
  ) {
    var status = ParStatus(state: state, message: `case`.message)
    (status.systolic, status.diastolic, status.mean) = (120, 78, 90)
    let isWorking = [.measuring, .inflating, .holding].contains(state)
    #expect(status.determination == (isWorking ? nil : .failed(`case`.failure)))
  }

  @Test(arguments: [0, 3])
  func `are valid only in standby and between cycles`(_ message: Int) {
    for state in ParState.allCases {
      var status = ParStatus(state: state, message: message)
      (status.systolic, status.diastolic) = (120, 78)
      let isResult = status.determination.map { if case .result = $0 { true } else { false } }
      #expect((isResult == true) == [.standby, .cycle].contains(state))
    }
  }

  @Test(arguments: ["P---------;R---", "P         ;R   ", "P000000000;R000", "P120---090;R060"])
  func `without values have none`(_ values: String) {
    let text = "S1;A0;C00;M00;\(values);T    ;;"
    let sum = Array(text.utf8).reduce(0, &+)
    let digits = String(sum, radix: 16, uppercase: true)
    let reply = Self.framed(text + (sum < 16 ? "0" : "") + digits)
    #expect(Decoded(model, [reply]).outputs == [.determination(.failed(.implausible))])
  }

  @Test(arguments: [
    "S1;A0;C03;M00;P125080090;R075;T0005;;D2", "S1;A0;C03;M00;P125080090;R075;T0005;;4O",
    "S1;A0;C03;M0;P125080090;R075;T0005;;40", "035C0S", "0035C0S3", "-35C0S3", "035D0S3",
  ])
  func `with damage are no packets`(_ text: String) {
    let reply = Self.framed(text)
    let decoded = Decoded(model, [reply])
    #expect(decoded.outputs.isEmpty)
    #expect(decoded.account.damagedBytes == reply.count)
  }
}
