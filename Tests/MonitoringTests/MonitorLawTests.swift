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

  /// A recording of a session begins at zero, whenever that was: nothing may hang on where an instant
  /// lies between the seconds of a clock.
  @Test(arguments: seeds(30))
  func `and the same visit at another time gives the same, then`(seed: UInt64) {
    var random = Seeded(seed)
    Self.expectSameLater(Self.script(&random), seed)
    Self.expectSameLater(Self.observation(&random), seed)
  }

  private static func expectSameLater(_ script: [(Instant, ChairMonitor.Input)], _ seed: UInt64) {
    func play(later: Duration) -> [String] {
      var monitor = ChairMonitor(policy: .adultKetamineDefault1)
      var outputs: [String] = []
      for (at, input) in script {
        monitor.handle(moved(input, by: later), at: at + later) { at, output in
          outputs.append("\(at - later) \(words(output, laterBy: later))")
        }
      }
      return outputs
    }
    let now = play(later: .zero)
    for milliseconds in [1, 437, 999, 86_399_500, -1_000_001] as [Int64] {
      let then = play(later: .milliseconds(milliseconds))
      let difference = zip(now, then).first { $0 != $1 }
      #expect(
        difference == nil && now.count == then.count,
        "seed \(seed), \(milliseconds) ms: \(difference.map { "\($0), \($1)" } ?? "")")
    }
  }

  private static func moved(_ input: ChairMonitor.Input, by later: Duration) -> ChairMonitor.Input {
    guard case .interrupted(let since, let isCertain) = input else { return input }
    return .interrupted(since: since + later, isCertain: isCertain)
  }

  /// An output in words, the instants in it moved back.
  private static func words(_ output: ChairMonitor.Output, laterBy later: Duration) -> String {
    "\(output)".replacing(/Instant\(nanoseconds: (-?\d+)\)/) { match in
      "\((Int64(match.1) ?? 0) - later.nanoseconds) ns"
    }
  }

  /// Seconds that are not quite a second long, until the saturation has been good for long enough.
  private static func observation(_ random: inout Seeded) -> [(Instant, ChairMonitor.Input)] {
    var script = accepted(&random)
    var now = script.last?.0 ?? .zero
    for command in [
      Command.escort(.responsibleAdult), .doseStart(route: nil), .doseEnd(.completed),
    ] {
      script.append((now, .command(command, by: StaffID("rn1")!, role: .rn)))
    }
    for _ in 0..<400 {
      now = now + .milliseconds(Int64.random(in: 700...1300, using: &random))
      script.append((now, .oximetry(Visit.reading(97, 72))))
    }
    return script
  }

  /// A visit up to the acceptance of its baseline.
  private static func accepted(_ random: inout Seeded) -> [(Instant, ChairMonitor.Input)] {
    var now = Instant.milliseconds(Int64.random(in: -50_000...50_000, using: &random))
    var script: [(Instant, ChairMonitor.Input)] = []
    let rn = StaffID("rn1")!
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
    return script
  }

  /// A visit that gets as far as a dose, with anything in between.
  static func script(_ random: inout Seeded) -> [(Instant, ChairMonitor.Input)] {
    var script = accepted(&random)
    var now = script.last?.0 ?? .zero
    let (rn, md) = (StaffID("rn1")!, StaffID("md1")!)
    func add(_ input: ChairMonitor.Input) { script.append((now, input)) }
    func tell(_ command: Command) { add(.command(command, by: rn, role: .rn)) }
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
