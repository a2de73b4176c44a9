import Drivers
import Monitoring
import Testing
import Vitals
import Ward

/// From the bytes of a button under the patient's thumb to the alarm.
@Suite struct `A patient's button` {
  private static let chair = Room.chair(1)
  private static let slot = Slot(chair, .button)

  private static func room() -> Room {
    var room = Room([[.button: "button"]])
    room.infuse(chair)
    room.handle(.line(slot, .opened))
    room.forget()
    return room
  }

  private static func press(_ room: inout Room) {
    room.handle(
      .bytes(slot, InputEvent(type: InputEvent.key, code: 28, value: 1).encoded))
  }

  @Test func `asks to stop the infusion, louder after 30 s, until it is stopped`() {
    var room = Self.room()
    let at = Double(room.now.milliseconds) / 1000
    Self.press(&room)
    #expect(room.alarmSteps == ["1 CALL_STOP raised medium @\(at)"])
    room.advance(to: room.now + .seconds(30))
    #expect(room.alarmSteps.last == "1 CALL_STOP escalated high @\(at + 30)")
    room.forget()
    room.tell(.acknowledge(.callStop), Self.chair)
    #expect(room.alarmSteps == ["1 CALL_STOP acknowledged high @\(at + 30)"])
    room.tell(.doseEnd(.stoppedEarly, cause: .patientRequest), Self.chair)
    #expect(room.alarmSteps.last == "1 CALL_STOP cleared high @\(at + 30)")
  }

  @Test func `calls in observation as well, until somebody has taken note`() {
    var room = Self.room()
    room.tell(.doseEnd(.completed), Self.chair)
    Self.press(&room)
    let at = Double(room.now.milliseconds) / 1000
    #expect(room.alarmSteps == ["1 CALL_STOP raised medium @\(at)"])
    room.forget()
    room.tell(.acknowledge(nil), Self.chair)
    #expect(
      room.alarmSteps == [
        "1 CALL_STOP acknowledged medium @\(at)", "1 CALL_STOP cleared medium @\(at)",
      ])
  }

  @Test func `is on record where nobody is being watched`() {
    var room = Room([[.button: "button"]])
    room.handle(.line(Self.slot, .opened))
    room.forget()
    Self.press(&room)
    #expect(room.alarmSteps == [])
    let called = room.events.contains {
      $0.chair == Self.chair && $0.event == .audit(.patientCalled)
    }
    #expect(called)
  }
}
