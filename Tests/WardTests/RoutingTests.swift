import Monitoring
import Testing
import Vitals
import Ward

/// `clinical.md` 3.7: whom an alarm calls, and when.
@Suite struct `An alarm that nobody acknowledges` {
  /// A HIGH from `zero` on.
  private static func high() -> (StationRoom, Instant) {
    var stations = StationRoom(StationRoom.wall)
    stations.shown.spo2 = 80
    stations.pass(4)
    stations.room.forget()
    return (stations, stations.room.now)
  }

  @Test func `calls more and more people when it is HIGH`() {
    var (stations, zero) = Self.high()
    stations.pass(190)
    let found = stations.audits(since: zero).filter { $0.contains("SPO2_VLOW") }
    #expect(
      found == [
        "30 routed SPO2_VLOW allStations undefined", "60 unattended SPO2_VLOW",
        "60 routed SPO2_VLOW prescriber undefined", "120 routed SPO2_VLOW prescriber undefined",
        "180 routed SPO2_VLOW prescriber undefined",
      ])
  }

  @Test func `calls later when it is MEDIUM, and is repeated for the owner when it is LOW`() {
    var medium = StationRoom(StationRoom.wall)
    medium.shown.spo2 = 90
    medium.pass(11)
    let zero = medium.room.now
    medium.pass(700)
    #expect(
      medium.audits(since: zero) == [
        "120 routed SPO2_LOW allStations undefined", "300 routed SPO2_LOW prescriber undefined",
      ])
    var low = StationRoom(StationRoom.wall)
    // PR_REL: 1.3 × 72, above 100, for two minutes.
    low.shown.pr = 105
    low.pass(121)
    let start = low.room.now
    low.pass(1300)
    #expect(
      low.audits(since: start).filter { $0.contains("PR_REL") } == [
        "600 routed PR_REL owner undefined", "1200 routed PR_REL owner undefined",
      ])
  }

  @Test(arguments: [
    Command.acknowledge(.spo2VeryLow), .transfer(destination: "ED"),
  ])
  func `calls nobody after it is taken, or the session is over`(command: Command) {
    var (stations, zero) = Self.high()
    stations.pass(10)
    stations.tell(command)
    stations.pass(300)
    #expect(!stations.audits(since: zero).contains { $0.contains("routed SPO2_VLOW") })
  }

  @Test func `that has gone by itself calls nobody`() {
    var (stations, zero) = Self.high()
    stations.shown.spo2 = 97
    stations.pass(100)
    #expect(!stations.audits(since: zero).contains { $0.contains("SPO2_VLOW") })
  }

  @Test func `stops calling when somebody accepts, and resumes when he does not come`() {
    var (stations, zero) = Self.high()
    stations.pass(10)
    #expect(stations.tell(.answer(.spo2VeryLow, .accepted)).isEmpty)
    stations.pass(200)
    let alarm = stations.room.ward[Room.chair(1)]?.monitor.activeAlarms.first
    #expect(alarm?.acknowledgedBy == nil, "an answer silences nothing")
    let found = stations.audits(since: zero).filter { $0.contains("SPO2_VLOW") }
    #expect(
      found == [
        "10 accepted SPO2_VLOW rn1", "130 unattended SPO2_VLOW",
        "130 routed SPO2_VLOW allStations notAcknowledged",
        "160 routed SPO2_VLOW prescriber undefined",
      ])
  }

  @Test func `calls the next ones at once when it is rejected`() {
    var (stations, zero) = Self.high()
    stations.pass(10)
    stations.tell(.answer(.spo2VeryLow, .rejected), by: "as1")
    stations.pass(55)
    let found = stations.audits(since: zero).filter { $0.contains("SPO2_VLOW") }
    #expect(
      found == [
        "10 rejected SPO2_VLOW as1", "10 routed SPO2_VLOW allStations rejected",
        "60 unattended SPO2_VLOW", "60 routed SPO2_VLOW prescriber undefined",
      ])
    #expect(stations.tell(.answer(.pulseHigh, .accepted)) == [.nothingToAnswer])
  }

  @Test func `begins anew when it gets worse`() {
    var stations = StationRoom(StationRoom.wall)
    stations.room.handle(
      .reading(Room.chair(1), .pressure(.init(systolic: 165, diastolic: 90)!), by: .system))
    let zero = stations.room.now
    stations.pass(130)
    stations.room.handle(
      .reading(Room.chair(1), .pressure(.init(systolic: 166, diastolic: 90)!), by: .system))
    stations.pass(130)
    #expect(
      stations.audits(since: zero).filter { $0.contains("BP_ELEV") } == [
        "250 routed BP_ELEV allStations undefined"
      ])
  }

  @Test func `held back by a pause begins to call at the pause's end`() {
    var stations = StationRoom(StationRoom.wall)
    stations.tell(.alarmPause(seconds: 180, reason: "care"))
    let zero = stations.room.now
    stations.shown.spo2 = 90
    stations.pass(310)
    #expect(stations.audits(since: zero) == ["300 routed SPO2_LOW allStations undefined"])
  }

  @Test func `of the ward itself calls and is answered, too`() {
    var stations = StationRoom(StationRoom.wall)
    let zero = stations.room.now
    stations.room.handle(.log(.failing))
    stations.pass(10)
    #expect(stations.room.tell(.answer(.logFailing, .rejected), .ward) == nil)
    #expect(
      stations.room.tell(.answer(.stationLink, .rejected), .ward)?.reasons == [.nothingToAnswer])
    stations.pass(51)
    #expect(
      stations.audits(since: zero) == [
        "10 * rejected LOG_FAIL rn1", "10 * routed LOG_FAIL allStations rejected",
        "60 * unattended LOG_FAIL", "60 * routed LOG_FAIL prescriber undefined",
      ])
  }
}
