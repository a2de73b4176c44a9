import Drivers
import Recording
import Vitals

/// What a driver read, for people and for programs.
enum ReadingText {
  static func json(_ output: DriverOutput) -> String? {
    var line = JSONLine()
    switch output {
    case .oximetry(let reading):
      line.add(ifAny: "spo2", reading.saturation?.percent)
      line.add(ifAny: "pr", reading.pulseRate?.perMinute)
      if let index = reading.perfusionIndex { line.addRaw("pi", "\(index.percent)") }
      line.add(ifAny: "pleth", reading.pleth.map(Int.init))
      line.add("flags", reading.status.names)
    case .determination(let step):
      switch step {
      case .inflating: line.add("cuff", "inflating")
      case .cuffPressure(let mmHg): line.add("cuffPressure", mmHg)
      case .result(let pressure):
        line.add("sbp", pressure.systolic)
        line.add("dbp", pressure.diastolic)
        line.add("map", pressure.mean)
        line.add(ifAny: "pulse", pressure.pulseRate?.perMinute)
        line.add("flags", [String]())
      case .failed(let why):
        line.add("fail", why.rawValue)
        line.add("flags", [String]())
      case .aborted: line.add("cuff", "aborted")
      }
    case .send: return nil
    }
    return line.line
  }

  static func words(_ output: DriverOutput) -> String? {
    switch output {
    case .oximetry(let reading):
      let parts: [String?] = [
        reading.saturation.map { "SpO2 \($0.percent) %" },
        reading.pulseRate.map { "pulse \($0.perMinute) /min" },
        reading.perfusionIndex.map { "PI \($0.percent) %" },
        reading.pleth.map { "pleth \($0)" },
        reading.status.isEmpty ? nil : reading.status.names.joined(separator: " "),
      ]
      return parts.compactMap { $0 }.joined(separator: "  ")
    case .determination(let step):
      switch step {
      case .inflating: return "cuff inflating"
      case .cuffPressure(let mmHg): return "cuff at \(mmHg) mmHg"
      case .result(let pressure):
        return "\(pressure.systolic)/\(pressure.diastolic) mmHg, mean \(pressure.mean)"
      case .failed(let why): return "no pressure: \(why.rawValue)"
      case .aborted: return "cuff aborted"
      }
    case .send: return nil
    }
  }
}
