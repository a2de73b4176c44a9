import Drivers
import Monitoring
import TestKit
import Testing
import Vitals
import Ward

/// When a ward is called changes nothing (`design.md` section 1), whatever reaches it.
@Suite struct `A ward is a machine` {
  @Test(arguments: seeds(24))
  func `over random days`(seed: UInt64) {
    var random = Seeded(seed)
    let oximeters = Catalog.models.filter { $0.kind == .oximeter }.map(\.id)
    let plan = WardPlan(
      chairs: (1...3).map { number in
        WardPlan.Chair(
          id: Room.chair(number),
          drivers: number == 3
            ? [:]
            : [
              .oximeter: oximeters.randomElement(using: &random) ?? "bci", .cuff: "suntech",
            ])
      })
    let script = Self.script(plan, &random)
    expectMachineLaws(
      of: Ward(plan), script: script, until: (script.last?.0 ?? .zero) + .seconds(100),
      tick: .milliseconds(173))
  }

  static func script(_ plan: WardPlan, _ random: inout Seeded) -> [(Instant, WardInput)] {
    var now = Instant.zero
    var script: [(Instant, WardInput)] = []
    func add(_ input: WardInput) { script.append((now, input)) }
    let nurse = StaffID("rn1")!
    add(.station(StaffID("wall")!, isLinked: true))
    for chair in plan.chairs {
      add(.command(chair.id, .checkIn(route: .iv40, patient: nil), by: nurse))
      for slot in chair.drivers.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
        add(.line(Slot(chair.id, slot), .opened))
      }
    }
    let good = OximeterReading(
      saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 72))
    for second in 0..<80 {
      now = now + .seconds(1)
      for chair in plan.chairs {
        add(.reading(chair.id, .oximetry(good), by: .system))
        guard second == 5 || second == 75 else { continue }
        add(.reading(chair.id, .pressure(BloodPressure(systolic: 120, diastolic: 76)!), by: nurse))
      }
    }
    for chair in plan.chairs {
      add(.command(chair.id, .baselineAccepted, by: nurse))
      add(.command(chair.id, .escort(.responsibleAdult), by: nurse))
      add(.command(chair.id, .doseStart(route: nil), by: nurse))
    }
    for _ in 0..<150 {
      now = now + .milliseconds(Int64.random(in: 0...1500, using: &random))
      let chair = plan.chairs.randomElement(using: &random)!.id
      let slot = Slot(chair, Bool.random(using: &random) ? .oximeter : .cuff)
      let station = StaffID(Bool.random(using: &random) ? "front" : "back")!
      switch Int.random(in: 0..<18, using: &random) {
      case 12: add(.stationSays(station, .hello))
      case 13: add(.stationSays(station, .heartbeat))
      case 14 where Bool.random(using: &random): add(.stationSays(station, .goodbye))
      case 15:
        let alarm = Int.random(in: 1...4, using: &random)
        let revision = Int.random(in: 1...3, using: &random)
        add(.stationSays(station, .confirmed(chair, alarm: alarm, revision: revision)))
      case 16: add(.command(chair, .alarmPause(seconds: 20, reason: "care"), by: nurse))
      case 17: add(.command(chair, .owner(station), by: nurse))
      case 0: add(.line(slot, .closed(reason: "unplugged")))
      case 1: add(.line(slot, .opened))
      case 2: add(.command(chair, .nibpStart, by: nurse))
      case 3: add(.command(chair, .nibpAbort, by: nurse))
      case 4: add(.command(chair, .acknowledge(nil), by: nurse))
      case 5: add(.log(LogHealth.allCases.randomElement(using: &random) ?? .well))
      case 6: add(.bytes(slot, hex("3E 07 47")))
      case 7: add(.interrupted(since: now - .seconds(3)))
      case 8: now = now + .seconds(Int.random(in: 2...40, using: &random))
      default: add(.bytes(slot, random.bytes(Int.random(in: 1...60, using: &random))))
      }
    }
    return script
  }
}
