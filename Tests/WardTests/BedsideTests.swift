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

  /// Bytes in, alarm out: whatever counts breathing watches it.
  @Test(arguments: Catalog.models.filter(\.reportsRespiration).map(\.id))
  func `that counts breathing alarms when it becomes too rare`(id: String) throws {
    let (chair, model) = (Room.chair(1), try #require(Catalog.model(id: id)))
    var room = Room([[.monitor: id]])
    let slot = Slot(chair, .monitor)
    var device = model.makeSimulator(Self.breathing { $0 < .seconds(200) ? 14 : 5 })
    var sent = 0
    func pass(until end: Instant) {
      while room.now < end {
        var chunks: [[UInt8]] = []
        device.advance(to: room.now) { chunks.append($1) }
        for chunk in chunks { room.handle(.bytes(slot, chunk)) }
        let sends = room.sends(to: slot)
        for bytes in sends.dropFirst(sent) {
          var answers: [[UInt8]] = []
          device.handle(.bytes(bytes), at: room.now) { answers.append($1) }
          for answer in answers { room.handle(.bytes(slot, answer)) }
        }
        sent = sends.count
        room.advance(to: room.now + .milliseconds(100))
      }
    }
    room.infuse(chair)
    device.handle(.opened, at: room.now) { _, _ in }
    room.handle(.line(slot, .opened))
    pass(until: .seconds(199))
    #expect(room.ward[chair]?.monitor.respiration(at: room.now)?.rate.perMinute == 14)
    #expect(!room.alarmSteps.contains { $0.contains("RR_") })
    // 20 s, and what the slowest of them takes to say so.
    pass(until: .seconds(230))
    #expect(room.alarmSteps.contains { $0.hasPrefix("1 RR_VLOW raised high") })
    #expect(room.ward[chair]?.monitor.respiration(at: room.now)?.by == nil)
    room.handle(.line(slot, .closed(reason: "hung up")))
    room.advance(to: room.now + .seconds(11))
    #expect(room.ward[chair]?.monitor.respiration(at: room.now) == nil)
    #expect(room.alarmSteps.contains { $0.contains("RR_VLOW") && $0.contains("cleared") } == false)
  }

  private static func breathing(_ rate: @escaping @Sendable (Instant) -> Int) -> SimulatedPatient {
    let well = OximeterReading(
      saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 72))
    return SimulatedPatient(
      oximetry: { _ in well },
      determination: { _ in
        SimulatedDetermination(duration: .seconds(1), outcome: .failed(.motion))
      },
      respiration: { RespirationRate(perMinute: rate($0)) })
  }
}
