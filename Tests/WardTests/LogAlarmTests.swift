import Monitoring
import Testing
import Vitals
import Ward

/// `LOG_FAIL`: what is decided does not reach the disk (`clinical.md` 3.3).
@Suite struct `A failing log` {
  private func steps(_ healths: [LogHealth]) -> [String] {
    var room = Room([[:]])
    for health in healths { room.handle(.log(health)) }
    return room.alarmSteps.map { String($0.dropLast(5)) }
  }

  @Test(arguments: [
    ([LogHealth.well], []),
    ([.late], ["* LOG_FAIL raised low"]),
    ([.failing], ["* LOG_FAIL raised high"]),
    ([.lowSpace, .well], ["* LOG_FAIL raised low", "* LOG_FAIL cleared low"]),
    ([.renewed, .late, .well], ["* LOG_FAIL raised low", "* LOG_FAIL cleared low"]),
    ([.lowSpace, .late, .failing], ["* LOG_FAIL raised low", "* LOG_FAIL escalated high"]),
    ([.late, .failing, .failing], ["* LOG_FAIL raised low", "* LOG_FAIL escalated high"]),
    ([.failing, .late], ["* LOG_FAIL raised high"]),
    ([.late, .late, .well, .well], ["* LOG_FAIL raised low", "* LOG_FAIL cleared low"]),
    (
      [.late, .well, .failing],
      ["* LOG_FAIL raised low", "* LOG_FAIL cleared low", "* LOG_FAIL raised high"]
    ),
  ])
  func `is LOW when late, HIGH when it fails, and never falls before it is well`(
    healths: [LogHealth], expected: [String]
  ) { #expect(steps(healths) == expected) }

  @Test func `is acknowledged by staff at the ward itself, and sounds again when it gets worse`() {
    var room = Room([[:]])
    room.handle(.log(.late))
    #expect(room.tell(.acknowledge(.logFailing), .ward, by: "eve")?.reasons == [.unknownStaff])
    #expect(room.tell(.acknowledge(.spo2Low), .ward)?.reasons == [.nothingToAcknowledge])
    #expect(room.ward.wardAlarms.logFailing?.acknowledgedBy == nil)
    #expect(room.tell(.acknowledge(.logFailing), .ward) == nil)
    #expect(room.ward.wardAlarms.logFailing?.acknowledgedBy?.name == "rn1")
    #expect(room.tell(.acknowledge(nil), .ward)?.reasons == [.nothingToAcknowledge])
    room.handle(.log(.failing))
    #expect(room.ward.wardAlarms.logFailing?.acknowledgedBy == nil)
    // What was refused is on record.
    let refused = room.events.compactMap { event -> [Refusal.Reason]? in
      if case .audit(.refused(.acknowledge, let reasons, _)) = event.event { reasons } else { nil }
    }
    #expect(refused == [[.unknownStaff], [.nothingToAcknowledge], [.nothingToAcknowledge]])
  }

  @Test func `raised again is a new one`() {
    var room = Room([[:]])
    room.handle(.log(.late))
    #expect(room.ward.wardAlarms.logFailing?.serial == 1)
    room.handle(.log(.well))
    room.handle(.log(.late))
    #expect(room.ward.wardAlarms.logFailing?.serial == 2)
  }
}
