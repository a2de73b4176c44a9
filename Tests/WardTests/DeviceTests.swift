import Drivers
import Monitoring
import TestKit
import Testing
import Vitals
import Ward

/// From bytes to alarms and from orders to bytes, through the drivers.
@Suite struct `A chair with devices` {
  static let slot = Slot(Room.chair(1), .oximeter)
  static let cuff = Slot(Room.chair(1), .cuff)
  static let start = hex("3A 20")

  /// A second of a Nonin format 2 or 7 oximeter is much to write by hand: the simulator says it.
  struct Source {
    var simulator: any Simulator

    init(_ driver: String, saturation: Int, from: Instant) {
      let patient = SimulatedPatient(
        oximetry: { _ in
          OximeterReading(
            saturation: Saturation(percent: saturation), pulseRate: PulseRate(perMinute: 72),
            perfusionIndex: PerfusionIndex(hundredths: 200))
        }, determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })
      simulator = Catalog.model(id: driver)!.makeSimulator(patient)
      Self.open(&simulator, from)
    }

    private static func open(_ simulator: inout any Simulator, _ at: Instant) {
      simulator.handle(.opened, at: at) { _, _ in }
    }

    mutating func bytes(until end: Instant) -> [(Instant, [UInt8])] {
      var chunks: [(Instant, [UInt8])] = []
      simulator.advance(to: end) { chunks.append(($0, $1)) }
      return chunks
    }
  }

  /// `design.md` 1: the cable is cut during a HIGH.
  @Test(arguments: ["nonin-2", "nonin-7", "nonin-8", "bci", "contec-5"])
  func `keeps a HIGH alarm when its line is cut, and tells the silence at 10 s`(driver: String) {
    var room = Room([[.oximeter: driver]])
    room.infuse(Room.chair(1))
    room.handle(.line(Self.slot, .opened))
    var source = Source(driver, saturation: 84, from: room.now)
    let cut = room.now + .seconds(12)
    var last = room.now
    for (at, bytes) in source.bytes(until: cut) {
      room.handle(.bytes(Self.slot, bytes), at: at)
      last = at
    }
    let monitor = { room.ward[Room.chair(1)]!.monitor }
    #expect(monitor().activeAlarms.first?.id == .spo2VeryLow)
    room.forget()
    room.handle(.line(Self.slot, .closed(reason: "unplugged")), at: cut)
    room.advance(to: cut + .seconds(30))
    #expect(monitor().activeAlarms.first?.id == .spo2VeryLow)
    #expect(monitor().activeAlarms.first?.presence == .active)
    let raised = Double((last + .seconds(10)).milliseconds) / 1000
    // Counted from the last frame that was taken, at most one before the last byte.
    let frame = 1 / Double(Catalog.model(id: driver)!.nominalFramesPerSecond)
    let silence = room.events.first {
      if case .alarm(let change) = $0.event { change.alarm.id == .noData } else { false }
    }
    let late = silence.map { Double($0.at.milliseconds) / 1000 - raised }
    #expect(late.map { -frame - 0.01 <= $0 && $0 <= 0 } == true, "\(String(describing: late))")
    #expect(!room.alarmSteps.contains { $0.contains("SPO2") })
  }

  @Test func `sends an order to its cuff's driver once`() {
    var room = Room([[.cuff: "suntech"]])
    room.handle(.line(Self.cuff, .opened))
    room.infuse(Room.chair(1))
    room.forget()
    #expect(room.tell(.nibpStart, Room.chair(1)) == nil)
    #expect(room.tell(.nibpStart, Room.chair(1))?.reasons == [.cuffBusy])
    room.advance(to: room.now + .milliseconds(100))
    #expect(room.sends(to: Self.cuff).count { $0.starts(with: Self.start) } == 1)
  }

  @Test func `orders a cuff at its due time, once, and not while its line is cut`() {
    var room = Room([[.cuff: "suntech"]])
    room.infuse(Room.chair(1))
    room.tell(.schedule(dueSeconds: [100], startsByItself: true), Room.chair(1))
    let zero = room.now
    room.advance(to: zero + .seconds(150))
    #expect(room.sends(to: Self.cuff).isEmpty)
    room.forget()
    room.handle(.line(Self.cuff, .opened))
    // The due time is past: what is still wanted is done now, and stamped now.
    room.advance(to: zero + .seconds(151))
    #expect(room.sends(to: Self.cuff).count { $0.starts(with: Self.start) } <= 1)
    #expect(room.outputs.allSatisfy { $0.at >= zero + .seconds(150) })
  }

  @Test func `never inflates by plugging in, whatever is plugged when`() {
    for driver in Catalog.models where driver.kind == .cuff {
      var room = Room([[.cuff: driver.id]])
      room.infuse(Room.chair(1))
      for _ in 0..<20 {
        room.handle(.line(Self.cuff, .opened))
        room.advance(to: room.now + .seconds(3))
        room.handle(.line(Self.cuff, .closed(reason: "loose")))
      }
      #expect(!room.sends(to: Self.cuff).contains { $0.starts(with: Self.start) })
    }
  }

  @Test func `reports what is plugged and unplugged`() {
    var room = Room([[.oximeter: "nonin-8"]])
    room.handle(.line(Self.slot, .opened))
    room.handle(.line(Self.slot, .closed(reason: "unplugged")))
    #expect(
      room.events.map(\.event) == [
        .device(.oximeter, .connected(driver: "nonin-8")),
        .device(.oximeter, .disconnected(reason: "unplugged")),
      ])
    #expect(room.ward[Room.chair(1)]?.oximeter?.isOpen == false)
  }
}
