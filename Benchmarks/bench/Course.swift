import Store
import Vitals

/// What an oximeter on a calm patient says, second by second, as the ward hands it to the log: a
/// random walk with the steps of real numbers, jitter of the port's beat, motion and lost fingers.
struct Course {
  private var random: UInt64
  private var (spo2, rate, perfusion) = (97, 72, 240)
  private var (fault, faultSeconds): (SignalStatus, Int) = ([], 0)

  init(seed: UInt64) { random = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

  private mutating func next(_ bound: Int) -> Int {
    random ^= random << 13
    random ^= random >> 7
    random ^= random << 17
    return Int(random >> 33) % bound
  }

  /// The next second's sample.
  mutating func sample(second: Int, of chair: ChairID) -> Batch.Sample {
    if next(8) == 0 { spo2 = min(100, max(90, spo2 + next(3) - 1)) }
    if next(3) == 0 { rate = min(110, max(52, rate + next(5) - 2)) }
    perfusion = min(1200, max(40, perfusion + next(9) - 4 + (next(40) == 0 ? next(61) - 30 : 0)))
    if faultSeconds > 0 {
      faultSeconds -= 1
    } else if next(600) == 0 {
      (fault, faultSeconds) = (next(2) == 0 ? .poorSignal : .sensorOff, 3 + next(20))
    } else {
      fault = []
    }
    let isOff = fault == .sensorOff
    return Batch.Sample(
      at: .milliseconds(Int64(second) * 1000 + Int64(7 + next(3))), chair: chair,
      reading: OximeterReading(
        saturation: isOff ? nil : Saturation(percent: spo2),
        pulseRate: isOff ? nil : PulseRate(perMinute: rate),
        perfusionIndex: isOff ? nil : PerfusionIndex(hundredths: perfusion),
        status: fault))
  }
}
