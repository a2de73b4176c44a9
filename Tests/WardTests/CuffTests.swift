import Drivers
import Monitoring
import TestKit
import Testing
import Vitals
import Ward

/// A chair and a simulated cuff on one wire.
struct CuffRoom {
  static let slot = Slot(Room.chair(1), .cuff)
  var room: Room
  private var simulator: any Simulator
  private var told = 0

  /// A patient whose every determination goes like this.
  init(_ model: Model, _ outcome: Determination, seconds: Int = 30) {
    room = Room([[.cuff: model.id]])
    simulator = model.makeSimulator(
      SimulatedPatient(
        oximetry: { _ in nil },
        determination: { _ in
          SimulatedDetermination(duration: .seconds(seconds), outcome: outcome)
        }))
    plug()
    room.infuse(Room.chair(1))
    run(for: .seconds(40))
    room.forget()
    told = 0
  }

  mutating func plug() {
    room.handle(.line(Self.slot, .opened))
    simulate(.opened)
    settle()
  }

  mutating func unplug() { room.handle(.line(Self.slot, .closed(reason: "unplugged"))) }

  @discardableResult
  mutating func tell(_ command: Command) -> Refusal? {
    defer { settle() }
    return room.tell(command, Room.chair(1))
  }

  /// Lets chair and cuff talk.
  mutating func run(for duration: Duration) {
    let end = room.now + duration
    while let due = earliest(simulator.nextDeadline, room.ward.nextDeadline), due <= end {
      room.advance(to: max(due, room.now))
      simulate(nil)
      settle()
    }
    room.advance(to: end)
  }

  private mutating func simulate(_ input: SimulatorInput?) {
    var chunks: [[UInt8]] = []
    if let input {
      simulator.handle(input, at: room.now) { chunks.append($1) }
    } else {
      simulator.advance(to: room.now) { chunks.append($1) }
    }
    guard room.ward[Room.chair(1)]?.cuff?.isOpen == true else { return }
    for chunk in chunks { room.handle(.bytes(Self.slot, chunk)) }
  }

  /// Hands the cuff what it was told.
  private mutating func settle() {
    while case let sends = room.sends(to: Self.slot), told < sends.count {
      let bytes = sends[told]
      told += 1
      simulate(.bytes(bytes))
    }
  }

  var orders: [CuffOrderCause] {
    room.events.compactMap {
      if case .audit(.cuffOrdered(let cause, _)) = $0.event { cause } else { nil }
    }
  }

  var failures: [DeterminationFailure] {
    room.events.compactMap {
      if case .device(_, .determinationFailed(let why)) = $0.event { why } else { nil }
    }
  }

  var readings: Int {
    room.events.count { if case .reading = $0.event { true } else { false } }
  }
}

/// Every cuff of the catalog that takes orders, from the order to its bytes and back.
@Suite struct `A cuff that takes orders` {
  static let models = Catalog.models.filter { $0.kind == .cuff && $0.takesOrders }.map(\.id)
  static let good = Determination.result(BloodPressure(systolic: 128, diastolic: 79)!)

  private static func room(_ id: String, _ outcome: Determination = good) -> CuffRoom {
    CuffRoom(Catalog.model(id: id)!, outcome)
  }

  @Test(arguments: models)
  func `measures when it is told to`(id: String) {
    var cuff = Self.room(id)
    #expect(cuff.tell(.nibpStart) == nil)
    cuff.run(for: .seconds(45))
    #expect(cuff.readings == 1 && cuff.failures == [])
    cuff.run(for: .seconds(400))
    #expect(cuff.readings == 1 && cuff.orders == [.operatorStart])
  }

  @Test(arguments: models)
  func `measures again and again in STAT mode, for 5 min`(id: String) {
    var cuff = Self.room(id)
    cuff.tell(.nibpStat)
    cuff.run(for: .seconds(600))
    #expect((7...9).contains(cuff.readings), "\(cuff.readings)")
    #expect(cuff.orders == [CuffOrderCause](repeating: .stat, count: cuff.readings))
    #expect(cuff.failures == [])
  }

  @Test(arguments: models)
  func `is stopped on the wire when its line is back, if it was at work`(id: String) {
    var cuff = Self.room(id)
    cuff.tell(.nibpStart)
    let start = cuff.room.sends(to: CuffRoom.slot)
    cuff.run(for: .seconds(6))
    cuff.unplug()
    #expect(cuff.failures == [.connectionLost])
    cuff.run(for: .seconds(8))
    let before = cuff.room.sends(to: CuffRoom.slot).count
    cuff.plug()
    #expect(cuff.orders == [.operatorStart, .reconnectAbort])
    let sends = cuff.room.sends(to: CuffRoom.slot).dropFirst(before)
    #expect(!sends.isEmpty && !sends.contains { start.first == $0 })
    cuff.run(for: .seconds(100))
    #expect(cuff.readings == 0)
    // Told to be started by hand: not even the failure is repeated.
    #expect(cuff.orders == [.operatorStart, .reconnectAbort])
  }

  @Test(arguments: models)
  func `is stopped on the wire by a person and at the end of a session`(id: String) {
    for end in [Command.nibpAbort, .leaveAMA(reason: "insists")] {
      var cuff = Self.room(id)
      cuff.tell(.nibpStart)
      cuff.run(for: .seconds(6))
      let before = cuff.room.sends(to: CuffRoom.slot).count
      cuff.tell(end)
      #expect(cuff.room.sends(to: CuffRoom.slot).count > before, "\(end.name)")
      cuff.run(for: .seconds(60))
      #expect(cuff.readings == 0 && cuff.failures == [], "\(end.name)")
      let isAborted = cuff.room.events.contains {
        $0.event == .device(.cuff, .determinationAborted)
      }
      #expect(isAborted, "\(end.name)")
    }
  }

  @Test(arguments: models)
  func `that stops working is given up after 180 s at the latest`(id: String) {
    var cuff = CuffRoom(Catalog.model(id: id)!, Self.good, seconds: 1000)
    cuff.tell(.nibpStart)
    cuff.run(for: .seconds(195))
    #expect(cuff.failures.count == 1)
    #expect(cuff.room.ward[Room.chair(1)]?.monitor.isCuffWorking == false)
  }

  @Test(arguments: models, [DeterminationFailure.cuffLeak, .motion, .overpressure, .timeOut])
  func `reports what went wrong, and ends STAT mode`(id: String, why: DeterminationFailure) {
    var cuff = Self.room(id, .failed(why))
    cuff.tell(.nibpStat)
    cuff.run(for: .seconds(50))
    #expect(cuff.failures.count == 1, "\(cuff.failures)")
    #expect(cuff.orders == [.stat])
    #expect(cuff.room.alarmSteps.contains { $0.contains("NIBP_FAIL raised low") })
  }
}
