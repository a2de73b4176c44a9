import Drivers
import Recording
import Vitals

/// What a driver read, for people and for programs.
enum ReadingText {
  static func json(_ output: DriverOutput) -> String? {
    var line = JSONLine()
    switch output {
    case .oximetry(let reading): add(reading, to: &line)
    case .determination(let step):
      switch step {
      case .inflating: line.add("cuff", "inflating")
      case .cuffPressure(let mmHg): line.add("cuffPressure", mmHg)
      case .result(let pressure): add(pressure, to: &line)
      case .failed(let why):
        line.add("fail", why.rawValue)
        line.add("flags", [String]())
      case .aborted: line.add("cuff", "aborted")
      }
    case .respiration(let rate):
      line.add("rr", rate.perMinute)
      line.add("flags", [String]())
    case .called: line.addRaw("called", "true")
    case .stored(let reading):
      line.addRaw("stored", "true")
      line.add(ifAny: "deviceTime", reading.deviceTime?.description)
      switch reading.value {
      case .pressure(let pressure): add(pressure, to: &line)
      case .oximetry(let reading): add(reading, to: &line)
      }
    case .identified(let identity):
      line.add(ifAny: "model", identity.model)
      line.add(ifAny: "serial", identity.serial)
      line.add(ifAny: "firmware", identity.firmware)
    case .send, .sendFeature: return nil
    }
    return line.line
  }

  static func words(_ output: DriverOutput) -> String? {
    switch output {
    case .oximetry(let reading): return words(reading)
    case .determination(let step):
      switch step {
      case .inflating: return "cuff inflating"
      case .cuffPressure(let mmHg): return "cuff at \(mmHg) mmHg"
      case .result(let pressure):
        return words(pressure)
      case .failed(let why): return "no pressure: \(why.rawValue)"
      case .aborted: return "cuff aborted"
      }
    case .respiration(let rate): return "breathing \(rate.perMinute) /min"
    case .called: return "called"
    case .stored(let reading):
      let time = reading.deviceTime.map { "at \($0) by its clock: " } ?? ""
      switch reading.value {
      case .pressure(let pressure): return "stored \(time)\(words(pressure))"
      case .oximetry(let reading): return "stored \(time)\(words(reading))"
      }
    case .identified(let identity):
      let parts = [identity.model, identity.serial, identity.firmware].compactMap { $0 }
      return "device: \(parts.joined(separator: ", "))"
    case .send, .sendFeature: return nil
    }
  }

  private static func words(_ reading: OximeterReading) -> String {
    let parts: [String?] = [
      reading.saturation.map { "SpO2 \($0.percent) %" },
      reading.pulseRate.map { "pulse \($0.perMinute) /min" },
      reading.perfusionIndex.map { "PI \($0.percent) %" },
      reading.pleth.map { "pleth \($0)" },
      reading.status.isEmpty ? nil : reading.status.names.joined(separator: " "),
    ]
    return parts.compactMap { $0 }.joined(separator: "  ")
  }

  private static func words(_ pressure: BloodPressure) -> String {
    "\(pressure.systolic)/\(pressure.diastolic) mmHg, mean \(pressure.mean)"
  }

  private static func add(_ reading: OximeterReading, to line: inout JSONLine) {
    line.add(ifAny: "spo2", reading.saturation?.percent)
    line.add(ifAny: "pr", reading.pulseRate?.perMinute)
    if let index = reading.perfusionIndex { line.addRaw("pi", "\(index.percent)") }
    line.add(ifAny: "pleth", reading.pleth.map(Int.init))
    line.add("flags", reading.status.names)
  }

  private static func add(_ pressure: BloodPressure, to line: inout JSONLine) {
    line.add("sbp", pressure.systolic)
    line.add("dbp", pressure.diastolic)
    line.add("map", pressure.mean)
    line.add(ifAny: "pulse", pressure.pulseRate?.perMinute)
    line.add("flags", [String]())
  }
}
