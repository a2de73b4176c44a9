import CFramers
import Drivers
import Vitals

/// What came out of a stream, added up: proof that both framers did the same work.
struct Totals {
  /// Whole frames; the C framers that read no numbers count these alone.
  var frames = 0
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
    case .stored: readings += 1
    case .respiration, .called, .send, .sendFeature, .identified: break
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

  /// Whether the numbers are the same, but for those at the ends of the stream's pieces, and those
  /// of Nonin packets in which one frame is like the one before: the driver takes none from these.
  func isClose(to other: Totals) -> Bool {
    [\Totals.saturation, \.pulse, \.pleth, \.pressure].allSatisfy { path in
      let (mine, theirs) = (Double(self[keyPath: path]), Double(other[keyPath: path]))
      return (mine - theirs).magnitude <= 0.06 * max(mine, theirs)
    }
  }
}
