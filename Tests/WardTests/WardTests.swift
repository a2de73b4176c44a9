import Monitoring
import Testing
import Vitals
import Ward

@Suite struct `A ward` {
  static let manual: [SlotName: String] = [:]

  @Test func `refuses a command for a chair that it does not have, on record`() {
    var room = Room([Self.manual])
    #expect(room.tell(.note("hello"), ChairID("9")!)?.reasons == [.noSuchChair])
    #expect(
      room.outputs.map(\.output) == [
        .event(.ward, .audit(.refused(.note, [.noSuchChair], by: StaffID("rn1")!)))
      ])
    #expect(room.tell(.note("hello"), .ward)?.reasons == [.noSuchChair])
  }

  @Test func `takes no notice of devices and readings of a chair that it does not have`() {
    var room = Room([Self.manual])
    let nine = ChairID("9")!
    room.handle(.bytes(Slot(nine, .oximeter), [1, 2, 3]))
    room.handle(.line(Slot(nine, .cuff), .opened))
    room.handle(.reading(nine, .oximetry(OximeterReading()), by: .system))
    #expect(room.outputs.isEmpty)
  }

  @Test func `refuses who is not on its staff list`() {
    var room = Room([Self.manual])
    #expect(
      room.tell(.checkIn(route: .iv40, patient: nil), Room.chair(1), by: "eve")?.reasons == [
        .unknownStaff
      ])
    #expect(room.ward[Room.chair(1)]?.monitor.session == nil)
  }

  /// Deadlines of several chairs fire in the order of time, and of the room where they meet.
  @Test func `tells what happens in one order, whichever chair it happens at`() {
    var room = Room([Self.manual, Self.manual, Self.manual])
    room.handle(.station(StaffID("wall")!, isLinked: true))
    for (offset, number) in [(0, 3), (500, 1), (250, 2)] {
      room.handle(
        .command(
          Room.chair(number), .checkIn(route: .iv40, patient: nil), by: StaffID("rn1")!),
        at: max(room.now, .milliseconds(Int64(offset))))
    }
    room.forget()
    // NO_DATA at 10 s each, of one input long after all of them.
    room.handle(.wallClockStepped(milliseconds: 5), at: .seconds(60))
    #expect(
      room.alarmSteps == [
        "3 NO_DATA raised medium @10.0", "1 NO_DATA raised medium @10.5",
        "2 NO_DATA raised medium @10.5",
      ])
    #expect(room.events.last?.chair == .ward)
    let stamps = room.outputs.map(\.at)
    #expect(stamps == stamps.sorted())
  }

  @Test func `knows which stations are connected, and tells every chair`() {
    var room = Room([Self.manual, Self.manual])
    room.infuse(Room.chair(1))
    #expect(room.ward[Room.chair(1)]?.monitor.session?.phase == .infusing)
    let (wall, mobile) = (StaffID("wall")!, StaffID("mobile")!)
    room.handle(.station(mobile, isLinked: true))
    room.handle(.station(wall, isLinked: false))
    #expect(room.ward.stations == [mobile])
    // One is enough for a dose; none is not.
    room.handle(.station(mobile, isLinked: false))
    room.tell(.doseEnd(.completed), Room.chair(1))
    let refusal = room.tell(
      .doseStart(route: nil, reason: "no effect"), Room.chair(1), by: "md1")
    #expect(refusal?.reasons == [.noStation])
  }

  @Test func `writes a step of the wall clock down and moves nothing`() {
    var room = Room([Self.manual])
    room.infuse(Room.chair(1))
    room.forget()
    let deadline = room.ward.nextDeadline
    room.handle(.wallClockStepped(milliseconds: -180_000))
    #expect(
      room.outputs.map(\.output) == [
        .event(.ward, .audit(.wallClockStepped(milliseconds: -180_000)))
      ])
    #expect(room.ward.nextDeadline == deadline)
  }

  @Test func `tells every open session that nobody was watching`() {
    var room = Room([Self.manual, Self.manual])
    room.infuse(Room.chair(2))
    room.forget()
    room.handle(.interrupted(since: room.now - .seconds(9)))
    #expect(
      room.alarmSteps.map { $0.split(separator: "@")[0] } == [
        "2 MONITORING_INTERRUPTED raised medium ", "2 MONITORING_INTERRUPTED latched medium ",
      ])
  }
}
