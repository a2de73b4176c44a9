import Monitoring
import TestKit
import Testing
import Vitals
import Ward

/// Who is heard, who has sounded what, and what is left for the server (`nurse-station.md` 1.8).
@Suite struct `The sound of a station` {
  private static let (wall, front) = (StationRoom.wall, StationRoom.front)
  private static let heard = StationSound(
    isVisible: true, isAudible: true, checkedBy: StaffID("rn1"))

  /// A station that is heard, and a patient whose pulse is HIGH from the eleventh second on.
  private static func alarmed(
    _ sounds: [StaffID: StationSound] = [wall: heard]
  ) -> StationRoom {
    var room = StationRoom(wall, front)
    for (station, sound) in sounds.sorted(by: { $0.key.name < $1.key.name }) {
      room.room.handle(.stationSays(station, .sound(sound)))
    }
    room.room.forget()
    room.shown.pr = 160
    room.pass(12)
    return room
  }

  private static func high(_ room: StationRoom) -> Alarm? {
    room.room.ward[Room.chair(1)]?.monitor.activeAlarms.first { $0.priority == .high }
  }

  /// The station says that every alarm of the chair had its part in a burst.
  private static func sound(_ room: inout StationRoom, by station: StaffID = wall) {
    for alarm in room.room.ward[Room.chair(1)]?.monitor.activeAlarms ?? [] {
      room.room.handle(
        .stationSays(
          station, .sounded(Room.chair(1), alarm: alarm.serial, revision: alarm.revision)))
    }
  }

  private static func says(_ room: StationRoom) -> [String] {
    room.room.events.compactMap { _, _, event in
      switch event {
      case .audit(.sounded(let id, _, let revision, let station, _)):
        "sounded \(id.rawValue) \(revision) \(station)"
      case .audit(.stationSound(let station, let sound)): "\(station) \(sound.reachesPeople)"
      default: nil
      }
    }
  }

  @Test(arguments: [
    StationSound(isVisible: false, isAudible: true, checkedBy: StaffID("rn1")),
    StationSound(isVisible: true, isAudible: false, checkedBy: StaffID("rn1")),
    StationSound(isVisible: true, isAudible: true, checkedBy: nil), .none,
  ])
  func `counts only while it is seen, sounds, and was heard by somebody`(sound: StationSound) {
    var room = StationRoom(Self.wall)
    #expect(room.room.ward.audibleStations.isEmpty && room.room.ward.isAnyChairUnheard)
    room.room.handle(.stationSays(Self.wall, .sound(Self.heard)))
    #expect(room.room.ward.audibleStations == [Self.wall] && !room.room.ward.isAnyChairUnheard)
    room.room.handle(.stationSays(Self.wall, .sound(sound)))
    #expect(room.room.ward.audibleStations.isEmpty && room.room.ward.isAnyChairUnheard)
    // Said once for every change, however often it is told.
    room.room.handle(.stationSays(Self.wall, .sound(sound)))
    #expect(Self.says(room) == ["wall true", "wall false"])
  }

  @Test func `begins anew with a page that is loaded anew, and ends with the station`() {
    var room = StationRoom(Self.wall)
    room.room.handle(.stationSays(Self.wall, .sound(Self.heard)))
    room.room.handle(.stationSays(Self.wall, .hello))
    #expect(room.room.ward.audibleStations.isEmpty)
    #expect(room.room.ward.sound(of: Self.wall) == nil)
    room.room.handle(.stationSays(Self.wall, .sound(Self.heard)))
    room.beating = []
    room.pass(12)
    #expect(room.room.ward.audibleStations.isEmpty && room.room.ward.isAnyChairUnheard)
  }

  @Test func `of a station that is not linked is nobody's`() {
    var room = StationRoom()
    room.room.handle(.stationSays(Self.front, .sound(Self.heard)))
    #expect(room.room.ward.audibleStations.isEmpty && Self.says(room) == [])
  }

  @Test func `is the sounder at the chair while the station says that nobody hears it`() {
    var room = StationRoom(Self.wall)
    #expect(room.room.ward[Room.chair(1)]?.desk.isSounderOn == false)
    let zero = room.room.now
    room.room.handle(.stationSays(Self.wall, .sound(.none)))
    #expect(room.audits(since: zero) == ["0 sounder on stationSilent"])
    room.room.handle(.stationSays(Self.wall, .sound(Self.heard)))
    #expect(room.audits(since: zero).last == "0 sounder off linked")
  }

  @Test func `covers a chair for its owner alone`() {
    var room = StationRoom(Self.wall, Self.front)
    room.room.handle(.stationSays(Self.front, .sound(Self.heard)))
    #expect(!room.room.ward.isAnyChairUnheard)
    #expect(room.tell(.owner(Self.wall)).isEmpty)
    #expect(room.room.ward.isAnyChairUnheard)
  }

  @Test func `is a receipt apart from that for what is drawn, and no acknowledgement`() {
    var room = Self.alarmed()
    Self.sound(&room)
    Self.sound(&room)
    #expect(Self.says(room).filter { $0.contains("VHIGH") } == ["sounded PR_VHIGH 1 wall"])
    #expect(
      room.audits(since: .zero, deliveries: true).contains { $0.hasSuffix("PR_VHIGH 1 wall") })
    #expect(Self.high(room)?.acknowledgedBy == nil)
    // Nobody has acknowledged it: the calling goes on.
    for _ in 0..<70 {
      room.pass(1)
      Self.sound(&room)
    }
    #expect(room.linkSteps.isEmpty && room.room.ward.unheard == nil)
    #expect(
      room.audits(since: .zero).filter { $0.contains("routed PR_VHIGH") }.map {
        $0.split(separator: " ").dropFirst().joined(separator: " ")
      } == ["routed PR_VHIGH allStations undefined", "routed PR_VHIGH prescriber undefined"])
  }

  @Test func `that does not come within 5 s is passed on, told, and left to the server`() {
    var room = Self.alarmed()
    let raisedAt = Self.high(room)?.raisedAt ?? .zero
    room.room.advance(to: raisedAt + .seconds(5) - .milliseconds(1))
    #expect(room.linkSteps.isEmpty && room.room.ward.unheard == nil)
    room.room.advance(to: raisedAt + .seconds(5))
    #expect(room.linkSteps == ["1 NOT_DELIVERED raised"])
    #expect(room.audits(since: raisedAt).contains("5 routed PR_VHIGH allStations notSounded"))
    #expect(room.room.ward.unheard?.priority == .high)
    Self.sound(&room)
    #expect(room.linkSteps.last == "1 NOT_DELIVERED cleared")
    #expect(room.room.ward.unheard == nil)
  }

  @Test func `is believed only of a station that is heard`() {
    var room = Self.alarmed()
    Self.sound(&room, by: Self.front)
    #expect(Self.says(room) == [])
  }

  @Test func `is not waited for where nobody is heard: the server sounds at once`() {
    var room = Self.alarmed([:])
    #expect(room.room.ward.unheard?.priority == .high)
    room.pass(10)
    #expect(room.linkSteps.isEmpty)
    #expect(room.tell(.acknowledge(.pulseVeryHigh)).isEmpty)
    #expect(room.room.ward.unheard.map(\.priority) != .high)
  }

  @Test func `is taken over by the server when the station falls silent in the middle of it`() {
    var room = Self.alarmed()
    Self.sound(&room)
    #expect(room.room.ward.unheard == nil)
    room.room.handle(.stationSays(Self.wall, .sound(.none)))
    #expect(room.room.ward.unheard?.priority == .high)
    room.room.handle(.stationSays(Self.wall, .sound(Self.heard)))
    // It has begun anew, and has five seconds again.
    #expect(room.room.ward.unheard == nil)
    room.pass(6)
    #expect(room.room.ward.unheard?.priority == .high)
  }

  @Test func `that a person pauses is not waited for, and escalation goes on`() {
    var room = StationRoom(Self.wall)
    room.room.handle(.stationSays(Self.wall, .sound(Self.heard)))
    let pause = Command.stationPause(Self.wall, seconds: 120)
    #expect(room.room.tell(pause, .ward) == nil)
    room.room.forget()
    // A MEDIUM does not break through.
    room.shown.pr = 125
    room.pass(40)
    let alarm = room.room.ward[Room.chair(1)]?.monitor.activeAlarms.first
    #expect(alarm?.priority == .medium)
    #expect(room.linkSteps.isEmpty && room.room.ward.unheard == nil)
    // The pause ends: now it is waited for.
    room.pass(90)
    #expect(room.linkSteps == ["1 NOT_DELIVERED raised"])
    room.pass(60)
    #expect(
      room.audits(since: .zero).contains {
        $0.hasSuffix("routed \(alarm!.id.rawValue) allStations notSounded")
      })
  }

  @Test func `is news to the server with every alarm of the highest priority`() {
    var room = Self.alarmed([:])
    let first = room.room.ward.unheard
    #expect(first?.isNews(since: nil) == true && first?.isNews(since: first) == false)
    room.shown.spo2 = 80
    room.pass(20)
    let second = room.room.ward.unheard
    #expect(second?.priority == .high && second?.isNews(since: first) == true)
    #expect(first?.isNews(since: second) == false)
  }
}

/// `STATION_SILENT`: what the daemon has noticed for ten seconds, and tells the ward.
@Suite struct `Silence` {
  @Test func `is an alarm of the ward until a station is heard`() {
    var room = StationRoom(StationRoom.wall)
    room.room.handle(.sound(.hostOnly))
    #expect(
      room.room.alarmSteps.map { $0.split(separator: " @")[0] } == [
        "* STATION_SILENT raised medium"
      ])
    room.room.handle(.sound(.hostOnly))
    room.room.handle(.sound(.stations))
    #expect(room.room.alarmSteps.count == 2 && room.room.ward.wardAlarms.active.isEmpty)
  }

  @Test
  func
    `of the server, too, is another alarm, which the first one's acknowledgement does not cover`()
  {
    var room = StationRoom(StationRoom.wall)
    room.room.handle(.sound(.hostOnly))
    #expect(room.room.tell(.acknowledge(.stationSilent), .ward) == nil)
    #expect(room.room.ward.unheard == nil)
    room.room.handle(.sound(.nobody))
    let alarm = room.room.ward.wardAlarms[.stationSilent]
    #expect(alarm?.remark == .hostSilent && alarm?.acknowledgedBy == nil)
    // What the server can do again takes nothing back: no station is heard.
    room.room.handle(.sound(.hostOnly))
    #expect(room.room.ward.wardAlarms[.stationSilent]?.serial == alarm?.serial)
  }

  @Test func `sounds at the server only while somebody is watched`() {
    var room = Room([[:]])
    room.handle(.sound(.hostOnly))
    #expect(room.ward.unheard == nil && !room.ward.isAnyChairUnheard)
  }
}
