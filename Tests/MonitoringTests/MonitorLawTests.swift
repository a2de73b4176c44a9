@testable import Monitoring
import TestKit
import Testing
import Vitals

/// When a chair is called changes nothing (`design.md` section 1), whatever reaches it.
@Suite struct `A chair's monitor is a machine` {
  @Test(arguments: seeds(60))
  func `over random visits`(seed: UInt64) {
    var random = Seeded(seed)
    let script = Self.script(&random)
    expectMachineLaws(
      of: ChairMonitor(policy: .adultKetamineDefault1), script: script,
      until: (script.last?.0 ?? .zero) + .seconds(400), tick: .milliseconds(237))
  }

  @Test(arguments: seeds(30))
  func `and the same visit gives the same outputs`(seed: UInt64) {
    var random = Seeded(seed)
    let script = Self.script(&random)
    func play() -> [ChairMonitor.Output] {
      var monitor = ChairMonitor(policy: .adultKetamineDefault1)
      var outputs: [ChairMonitor.Output] = []
      for (at, input) in script { monitor.handle(input, at: at) { outputs.append($1) } }
      return outputs
    }
    #expect(play() == play())
  }

  /// A visit that gets as far as a dose, with anything in between.
  static func script(_ random: inout Seeded) -> [(Instant, ChairMonitor.Input)] {
    var now = Instant.milliseconds(Int64.random(in: -50_000...50_000, using: &random))
    var script: [(Instant, ChairMonitor.Input)] = []
    let (rn, md) = (StaffID("rn1")!, StaffID("md1")!)
    func add(_ input: ChairMonitor.Input) { script.append((now, input)) }
    func tell(_ command: Command) { add(.command(command, by: rn, role: .rn)) }
    add(.stations(1))
    add(.cuffTakesOrders(true))
    tell(.checkIn(route: Route.allCases.randomElement(using: &random) ?? .iv40, patient: nil))
    tell(.checklist(.clear))
    for second in 0..<130 {
      now = now + .milliseconds(Int64.random(in: 900...1100, using: &random))
      add(.oximetry(Visit.reading(97, 72)))
      if second % 64 == 10 { add(.manual(Visit.pressure(120, 76), by: rn)) }
    }
    tell(.baselineAccepted)
    tell(.escort(.responsibleAdult))
    tell(.doseStart(route: nil))
    if Bool.random(using: &random) {
      tell(.schedule(dueSeconds: [60, 200, 500], startsByItself: Bool.random(using: &random)))
    }
    var reading = Visit.reading(97, 72)
    for _ in 0..<250 {
      now = now + .milliseconds(Int64.random(in: 0...2500, using: &random))
      switch Int.random(in: 0..<40, using: &random) {
      case 0...4: reading = Self.reading(&random)
      case 5: now = now + .seconds(Int.random(in: 3...140, using: &random))
      case 6: add(.determination(.inflating))
      case 7: add(.determination(.result(Self.pressure(&random))))
      case 8: add(.determination(.failed(.motion)))
      case 9: add(.determination(.aborted))
      case 10: add(.manual(Self.pressure(&random), by: rn))
      case 11: add(.device(.cuff, .disconnected(reason: "unplugged")))
      case 12: add(.cuffTakesOrders(true))
      case 13: add(.stations(Int.random(in: 0...2, using: &random)))
      case 14:
        add(
          .interrupted(
            since: now - .seconds(Int.random(in: 1...90, using: &random)),
            isCertain: Bool.random(using: &random)))
      case 15...20:
        let name = CommandName.allCases.randomElement(using: &random) ?? .note
        // A visit that ends at once tests little.
        let isEnd = [.transfer, .leaveAMA, .abort].contains(name)
        guard !isEnd || Int.random(in: 0..<10, using: &random) == 0 else { continue }
        add(.command(name.example, by: md, role: .prescriber))
      case 21: tell(.doseEnd(.completed))
      case 22:
        tell(
          .schedule(
            dueSeconds: [Int.random(in: -300...900, using: &random)], startsByItself: true))
      case 23: tell(.acknowledge(AlarmID.allCases.randomElement(using: &random)))
      default: add(.oximetry(reading))
      }
    }
    return script
  }

  private static func reading(_ random: inout Seeded) -> OximeterReading {
    let marks: [SignalStatus] = [
      [], [], [], [], .sensorOff, .artifact, .nonPulsatile, .searching, .lowPerfusion,
    ]
    var reading = Visit.reading(
      Int.random(in: 80...100, using: &random), Int.random(in: 30...160, using: &random),
      marks.randomElement(using: &random) ?? [], perfusion: Int.random(in: 5...300, using: &random))
    reading.carriesNumerics = Int.random(in: 0..<10, using: &random) > 0
    return reading
  }

  private static func pressure(_ random: inout Seeded) -> BloodPressure {
    let diastolic = Int.random(in: 35...115, using: &random)
    return Visit.pressure(diastolic + Int.random(in: 10...80, using: &random), diastolic)
  }
}
