import Drivers
import Monitoring
import Recording
import Vitals

/// What one second of one chair costs in rules, with every rule on: an oximeter sample, a
/// respiration rate, and every five minutes a blood pressure.
enum RuleBench {
  private static let repeats = 9
  private static let seconds = 60_000

  static func run() {
    guard let prototype = infusing() else { Bench.fail("the dose did not start") }
    let readings = (0..<600).map(reading)
    let rate = RespirationRate(perMinute: 14)
    let pressure = BloodPressure(
      systolic: 150, diastolic: 92, pulseRate: PulseRate(perMinute: 80))
    var (time, outputs) = (Repeats(), 0)
    for _ in 0..<repeats {
      var monitor = prototype
      outputs = 0
      time.add(
        nanoseconds {
          for second in 0..<seconds {
            let now = Instant.seconds(400 + second)
            monitor.handle(.oximetry(readings[second % 600]), at: now) { _, _ in outputs += 1 }
            if let rate {
              monitor.handle(.respiration(rate, by: nil), at: now) { _, _ in outputs += 1 }
            }
            if second % 300 == 299, let pressure {
              monitor.handle(.determination(.inflating), at: now) { _, _ in outputs += 1 }
              monitor.handle(.determination(.result(pressure)), at: now) { _, _ in outputs += 1 }
            }
          }
        })
    }
    guard outputs > seconds else { Bench.fail("no samples came out") }
    report {
      $0.add("rules", "all")
      $0.addRaw("nsPerChairSecondMinimum", (time.minimum / Double(seconds)).json)
      $0.addRaw("nsPerChairSecondMedian", (time.median / Double(seconds)).json)
    }
  }

  /// A calm minute with a dip now and then, so that rules count and clear.
  private static func reading(_ second: Int) -> OximeterReading {
    let isLow = second % 60 > 48
    return OximeterReading(
      saturation: Saturation(percent: isLow ? 91 : 97),
      pulseRate: PulseRate(perMinute: isLow ? 101 : 74 + second % 3),
      perfusionIndex: PerfusionIndex(hundredths: 200 + second % 7), pleth: UInt16(second % 97))
  }

  /// A chair with a baseline, whose drug runs.
  private static func infusing() -> ChairMonitor? {
    var monitor = ChairMonitor(policy: .adultKetamineDefault1)
    guard let nurse = StaffID("rn1"), let calm = BloodPressure(systolic: 122, diastolic: 78)
    else { return nil }
    func tell(_ command: Command, _ second: Int) {
      _ = monitor.perform(command, by: nurse, role: .rn, at: .seconds(second)) { _, _ in }
    }
    monitor.handle(.stations(1), at: .zero) { _, _ in }
    tell(.checkIn(route: .iv40, patient: nil), 0)
    for second in 1...200 {
      monitor.handle(.oximetry(reading(second % 40)), at: .seconds(second)) { _, _ in }
      if second % 90 == 10 {
        monitor.handle(.manual(calm, by: nurse), at: .seconds(second)) { _, _ in }
      }
    }
    tell(.checklist(.clear), 200)
    tell(.baselineAccepted, 200)
    tell(.escort(.responsibleAdult), 200)
    tell(.doseStart(route: nil), 200)
    return monitor.session?.phase == .infusing ? monitor : nil
  }
}
