import CFramers
import Drivers
import Vitals

/// What came out of a stream, added up: proof that both framers did the same work.
struct Totals {
  private(set) var readings = 0
  private var saturation = 0
  private var pulse = 0
  private var pleth = 0
  private var pressure = 0

  init() {}

  init(_ totals: cframer_totals) {
    readings = Int(totals.readings)
    saturation = Int(totals.saturation)
    pulse = Int(totals.pulse)
    pleth = Int(totals.pleth)
    pressure = Int(totals.pressure)
  }

  @inline(__always)
  mutating func add(_ output: DriverOutput) {
    switch output {
    case .oximetry(let reading):
      readings += 1
      saturation += reading.saturation?.percent ?? 0
      pulse += reading.pulseRate?.perMinute ?? 0
      pleth += Int(reading.pleth ?? 0)
    case .determination(let step): add(step)
    case .send: break
    }
  }

  private mutating func add(_ step: Determination) {
    readings += 1
    switch step {
    case .cuffPressure(let mmHg): pressure += mmHg
    case .result(let result):
      pressure += result.systolic + result.diastolic + (result.measuredMean ?? 0)
      pulse += result.pulseRate?.perMinute ?? 0
    case .inflating, .failed, .aborted: break
    }
  }

  /// The same but for the last frames, which a driver holds back until it sees what follows them.
  /// (A cuff's driver also keeps "done", one reply of 43, to itself.)
  func isClose(to other: Totals) -> Bool {
    func isClose(_ path: KeyPath<Totals, Int>, within share: Double) -> Bool {
      let (mine, theirs) = (Double(self[keyPath: path]), Double(other[keyPath: path]))
      return (mine - theirs).magnitude <= share * max(mine, theirs)
    }
    return isClose(\.readings, within: 0.03)
      && [\Totals.saturation, \.pulse, \.pleth, \.pressure].allSatisfy {
        isClose($0, within: 0.001)
      }
  }
}
