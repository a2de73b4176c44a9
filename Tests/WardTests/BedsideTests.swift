import Drivers
import Monitoring
import Testing
import Vitals
import Ward

/// A chair with a bedside monitor beside the cuff that takes orders.
@Suite struct `A bedside monitor` {
  /// What the driver at one slot finds must not pass for what the other's did.
  @Test func `says nothing of the cuff that is at work`() throws {
    let (chair, pressure) = (Room.chair(1), BloodPressure(systolic: 128, diastolic: 79)!)
    var room = Room([[.cuff: "suntech", .monitor: "hl7"]])
    room.infuse(chair)
    room.handle(.line(Slot(chair, .cuff), .opened))
    room.handle(.line(Slot(chair, .monitor), .opened))
    #expect(room.tell(.nibpStart, chair) == nil)
    #expect(room.ward[chair]?.monitor.isCuffWorking == true)
    let measuredAt = room.now
    var bedside = try #require(Catalog.model(id: "hl7")).makeSimulator(
      SimulatedPatient(
        oximetry: { _ in nil },
        determination: { _ in
          SimulatedDetermination(duration: .seconds(1), outcome: .failed(.motion))
        },
        lastPressure: { _ in (measuredAt, pressure) }))
    var chunks: [[UInt8]] = []
    bedside.handle(.opened, at: room.now) { chunks.append($1) }
    for chunk in chunks { room.handle(.bytes(Slot(chair, .monitor), chunk)) }
    #expect(room.ward[chair]?.monitor.readings.last?.pressure.systolic == 128)
    #expect(room.ward[chair]?.monitor.isCuffWorking == true)
    #expect(room.tell(.nibpStart, chair)?.reasons == [.cuffBusy])
  }
}
