import Monitoring
import Vitals
public import Ward

/// Readings given by hand or by a scene, as `key=value` fields.
public enum HandReadingText {
  /// Reads what a person may type in: a blood pressure (`sbp`, `dbp`, perhaps `map`, `pr`) or a counted
  /// respiration rate (`rr`).
  ///
  /// What only devices know is refused.
  public static func typed(_ fields: inout Fields) throws(TextError) -> HandReading {
    if fields.has("sbp") { return .pressure(try pressure(&fields)) }
    let perMinute = try CommandText.needed(
      "sbp= and dbp=, or rr", try fields.number("rr", in: 0...120))
    return .respiration(
      try CommandText.needed("rr", RespirationRate(perMinute: perMinute)))
  }

  static func parse(_ fields: inout Fields) throws(TextError) -> HandReading {
    if let step = fields.take("cuff") { return .determination(try determination(step, &fields)) }
    if let systolic = try fields.number("sbp", in: 0...999) {
      return .pressure(try pressure(systolic: systolic, &fields))
    }
    if let rate = try fields.number("rr", in: 0...120).flatMap(RespirationRate.init(perMinute:)) {
      return .respiration(rate)
    }
    if let percent = try fields.number("battery", in: 0...100) {
      return try battery(percent, &fields)
    }
    return .oximetry(try oximetry(&fields))
  }

  private static func battery(
    _ percent: Int, _ fields: inout Fields
  ) throws(TextError) -> HandReading {
    let minutes = try fields.number("minutes", in: 0...100_000)
    let slot = try fields.word("slot", SlotName.self) ?? .oximeter
    guard let level = BatteryLevel(percent: percent, minutes: minutes) else {
      throw TextError("battery=\(percent) cannot be a level")
    }
    return .battery(slot, level)
  }

  static func fields(of reading: HandReading) -> [(key: String, value: String)] {
    switch reading {
    case .pressure(let pressure): return fields(of: pressure)
    case .oximetry(let reading):
      let all: [(key: String, value: String?)] = [
        ("spo2", reading.saturation.map { "\($0.percent)" }),
        ("pr", reading.pulseRate.map { "\($0.perMinute)" }),
        ("pi", reading.perfusionIndex.map { "\($0.hundredths)" }),
        (
          "status",
          reading.status.isEmpty ? nil : reading.status.names.joined(separator: ",")
        ),
      ]
      let said = all.compactMap { key, value in value.map { (key: key, value: $0) } }
      return said.isEmpty ? [(key: "status", value: "none")] : said
    case .respiration(let rate): return [("rr", "\(rate.perMinute)")]
    case .battery(let slot, let level):
      return [("battery", "\(level.percent)")]
        + (level.minutes.map { [("minutes", "\($0)")] } ?? []) + [("slot", slot.rawValue)]
    case .determination(let step):
      switch step {
      case .inflating: return [("cuff", "inflating")]
      case .cuffPressure(let mmHg): return [("cuff", "pressure"), ("mmHg", "\(mmHg)")]
      case .result(let pressure): return [("cuff", "result")] + fields(of: pressure)
      case .failed(let why): return [("cuff", "failed"), ("why", why.rawValue)]
      case .aborted: return [("cuff", "aborted")]
      }
    }
  }

  static func fields(of pressure: BloodPressure) -> [(key: String, value: String)] {
    let all: [(key: String, value: Int?)] = [
      ("sbp", pressure.systolic), ("dbp", pressure.diastolic), ("map", pressure.measuredMean),
      ("pr", pressure.pulseRate?.perMinute),
    ]
    return all.compactMap { key, value in value.map { (key, "\($0)") } }
      + (pressure.quality == .clean ? [] : [("quality", pressure.quality.rawValue)])
  }

  private static func determination(
    _ step: String, _ fields: inout Fields
  ) throws(TextError) -> Determination {
    switch step {
    case "inflating": return .inflating
    case "pressure": return .cuffPressure(mmHg: try fields.number("mmHg", in: 0...400) ?? 0)
    case "aborted": return .aborted
    case "failed":
      return .failed(try fields.word("why", DeterminationFailure.self) ?? .hardware)
    case "result":
      guard let systolic = try fields.number("sbp", in: 0...999) else {
        throw TextError("sbp= is missing")
      }
      return .result(try pressure(systolic: systolic, &fields))
    default:
      throw TextError("cuff=\(step) is none of: inflating, pressure, result, failed, aborted")
    }
  }

  /// A pressure that must be there.
  static func pressure(_ fields: inout Fields) throws(TextError) -> BloodPressure {
    let systolic = try CommandText.needed("sbp", try fields.number("sbp", in: 0...999))
    return try pressure(systolic: systolic, &fields)
  }

  private static func pressure(
    systolic: Int, _ fields: inout Fields
  ) throws(TextError) -> BloodPressure {
    guard let diastolic = try fields.number("dbp", in: 0...999) else {
      throw TextError("dbp= is missing")
    }
    let mean = try fields.number("map", in: 0...999)
    let rate = try fields.number("pr", in: 18...300)
    guard
      let pressure = BloodPressure(
        systolic: systolic, diastolic: diastolic, mean: mean,
        pulseRate: rate.flatMap(PulseRate.init(perMinute:)),
        quality: try fields.word("quality", BloodPressure.Quality.self) ?? .clean)
    else { throw TextError("\(systolic)/\(diastolic) cannot be a blood pressure") }
    return pressure
  }

  private static func oximetry(_ fields: inout Fields) throws(TextError) -> OximeterReading {
    var reading = OximeterReading()
    if let percent = try fields.number("spo2", in: 1...100) {
      reading.saturation = Saturation(percent: percent)
    }
    if let rate = try fields.number("pr", in: 18...300) {
      reading.pulseRate = PulseRate(perMinute: rate)
    }
    if let hundredths = try fields.number("pi", in: 2...2000) {
      reading.perfusionIndex = PerfusionIndex(hundredths: hundredths)
    }
    let status = fields.take("status")
    for name in (status ?? "none").split(separator: ",") where name != "none" {
      guard let flag = SignalStatus(name: String(name)) else {
        throw TextError("status=\(name) is none of: \(SignalStatus.names.joined(separator: ", "))")
      }
      reading.status.insert(flag)
    }
    guard status != nil || reading != OximeterReading() else {
      throw TextError(
        "a reading gives sbp= and dbp=, spo2= and pr=, status=, rr=, battery= or cuff=")
    }
    return reading
  }
}
