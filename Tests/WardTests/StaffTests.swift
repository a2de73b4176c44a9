import Monitoring
import Testing
import Vitals
import Ward

@Suite struct `The staff of a ward` {
  private let rn9 = StaffID("rn9")!
  private let nurse = StaffID("rn1")!

  @Test func `changes while sessions run, on record`() {
    var room = Room([[:]])
    room.infuse(Room.chair(1))
    room.forget()
    #expect(room.tell(.note("x"), Room.chair(1), by: "rn9")?.reasons == [.unknownStaff])
    room.handle(.staff(rn9, .rn))
    #expect(room.tell(.note("x"), Room.chair(1), by: "rn9") == nil)
    room.handle(.staff(rn9, .assistant))
    #expect(
      room.tell(.holdDeclared(reason: "x"), Room.chair(1), by: "rn9")?.reasons == [.notYourRole])
    room.handle(.staff(rn9, nil))
    #expect(room.tell(.note("x"), Room.chair(1), by: "rn9")?.reasons == [.unknownStaff])
    let changes = room.events.compactMap { event -> Role?? in
      if case .audit(.staffChanged(rn9, let role)) = event.event { .some(role) } else { nil }
    }
    #expect(changes == [.rn, .assistant, nil])
    #expect(room.ward.plan.roster.role(of: rn9) == nil)
  }

  /// Whom a command names, as escort or as the nurse who observes, is staff as of now.
  @Test func `may be named once they are there, and no longer when they have left`() {
    var room = Room([[:]])
    let chair = Room.chair(1)
    room.infuse(chair)
    #expect(room.tell(.handover(to: rn9), chair)?.reasons == [.notANurse])
    room.handle(.staff(rn9, .rn))
    #expect(room.tell(.handover(to: rn9), chair) == nil)
    room.tell(.doseEnd(.completed), chair)
    #expect(room.tell(.patientAway(escort: rn9), chair) == nil)
    room.tell(.patientReturned, chair)
    room.handle(.staff(rn9, nil))
    #expect(room.tell(.patientAway(escort: rn9), chair)?.reasons == [.unknownStaff])
    #expect(room.tell(.handover(to: rn9), chair)?.reasons == [.notANurse])
  }

  @Test func `can take nobody's acknowledgement who has left`() {
    var room = Room([[:]])
    room.handle(.log(.failing))
    room.handle(.staff(nurse, nil))
    #expect(room.tell(.acknowledge(nil), .ward)?.reasons == [.unknownStaff])
  }

  @Test func `says nothing of what stays as it is, and never loses the software itself`() {
    var room = Room([[:]])
    room.handle(.staff(nurse, .rn))
    room.handle(.staff(rn9, nil))
    room.handle(.staff(.system, nil))
    #expect(room.outputs.isEmpty)
    #expect(room.ward.roster.role(of: .system) == .system)
  }

  @Test func `is known by its logins, at the chair or in the ward`() {
    var room = Room([[:]])
    let note = AccountNote.authenticated(by: nurse, for: .command(.sign), factors: [.userId, .pin])
    room.handle(.account(Room.chair(1), note))
    room.handle(.account(.ward, .lockedOut(nurse, seconds: 900)))
    room.handle(.account(ChairID("99")!, note))
    #expect(
      room.outputs.map(\.output) == [
        .event(Room.chair(1), .audit(.account(note))),
        .event(.ward, .audit(.account(.lockedOut(nurse, seconds: 900)))),
        .event(.ward, .audit(.account(note))),
      ])
  }
}
