import Drivers
import TestKit
import Testing
import Vitals

/// The packets of `protocols.md` 2.1 and of `protocol-vectors.json`, field by field.
@Suite struct `SunTech packets` {
  static let results: [(String, Determination, UInt8)] = [
    (
      "3E 18 73 00 4A 00 1E 01 00 00 00 00 00 00 31 07 55 00 58 00 00 00 00 E9",
      .result(Course.pressure(115, 74, 88, 85)), 30
    ),
    (
      "3E 18 80 00 4F 00 16 01 00 00 00 00 00 00 00 00 47 00 5F 00 00 00 00 1E",
      .result(Course.pressure(128, 79, 95, 71)), 22
    ),
    (
      "3E 18 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 87 00 00 23",
      .failed(.cuffLeak), 0
    ),
    // Zero pressures without an error: nothing was measured.
    (
      "3E 18 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 AA",
      .failed(.implausible), 0
    ),
  ]

  @Test(arguments: results)
  func `of results`(_ text: String, _ determination: Determination, _ beats: UInt8) throws {
    guard case .result(let result) = SunTechReply(hex: text) else {
      Issue.record("\(text) is no result")
      return
    }
    #expect(result.determination == determination)
    #expect(result.beats == beats)
    #expect(result.encoded == hex(text))
    let model = try #require(Catalog.model(id: "suntech"))
    #expect(Decoded(model, [hex(text)]).outputs == [.determination(determination)])
  }

  @Test(arguments: [("3E 05 02 01 BA", 258), ("3E 05 99 00 24", 153)])
  func `of cuff pressure`(_ text: String, _ pressure: Int) {
    #expect(SunTechReply(hex: text) == .cuffPressure(mmHg: pressure))
    #expect(SunTechReply.cuffPressure(mmHg: pressure).encoded == hex(text))
  }

  @Test(arguments: [
    ("3E 04 4F 6F", SunTechLetter.begun), ("3E 04 4B 73", .done), ("3E 04 41 7D", .aborted),
  ])
  func `of one letter`(_ text: String, _ letter: SunTechLetter) {
    #expect(SunTechReply(hex: text) == .letter(letter))
    #expect(SunTechReply.letter(letter).encoded == hex(text))
  }

  @Test(arguments: [
    (SunTechCommand.start, "3A 20 A6"), (.abort, "3A 79 01 00 4C"),
    (.getCuffPressure, "3A 79 05 00 48"), (.getResult, "3A 79 03 00 4A"),
  ])
  func `of commands, which add up to zero`(_ command: SunTechCommand, _ text: String) {
    #expect(command.encoded == hex(text))
    #expect(command.encoded.reduce(0, &+) == 0)
  }

  @Test(
    arguments: [
      (1, .weakSignal), (2, .motion), (3, .outOfRange), (4, .timeOut), (85, .blockage),
      (0x85, .blockage), (87, .cuffLeak), (0x87, .cuffLeak), (88, .safetyTimeOut),
      (0x88, .safetyTimeOut), (89, .overpressure), (0x89, .overpressure), (90, .hardware),
      (0x90, .hardware), (91, .permission), (0x91, .permission), (97, .hardware),
      (0x97, .hardware), (99, .hardware), (0x99, .hardware), (17, .hardware),
    ] as [(UInt8, DeterminationFailure)])
  func `of errors in decimal and in hexadecimal`(
    _ code: UInt8, _ failure: DeterminationFailure
  ) {
    #expect(SunTechResult.failure(code: code) == failure)
  }

  @Test func `the error comes before the pressures`() {
    var result = SunTechResult(hex: Self.results[0].0)
    result?.errorCode = 2
    #expect(result?.determination == .failed(.motion))
  }
}
