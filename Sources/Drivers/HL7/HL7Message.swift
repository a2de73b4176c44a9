import Vitals

/// Writes a monitor's message ORU^R01, as Mindray's and others' gateways do.
struct HL7Message {
  /// The simulated monitor's clock; wrong, like any device's.
  private static let epoch = WallTime(milliseconds: 1_773_478_800_000)

  private var lines: [String]
  private var rows = 0

  /// Begins a message without numbers.
  init(controlID: String, at instant: Instant) {
    let now = Self.clock(instant)
    lines = [
      "MSH|^~\\&|SIMULATOR^0200AAFFFE000099^EUI-64|WARD|CHAIRSIDE|WARD|\(now)||ORU^R01^ORU_R01|"
        + "\(controlID)|P|2.6|||AL|NE||UNICODE UTF-8",
      "PID|||BED-1",
      "PV1||I|WARD^^BED-1",
      "OBR|1|\(controlID)|\(controlID)|182777000^monitoring of patient^SCT|||\(now)",
    ]
  }

  /// The bytes between the ends of the envelope.
  var encoded: [UInt8] { Array((lines.joined(separator: "\r") + "\r").utf8) }

  /// Adds what the oximeter shows; without a value the rows say so.
  mutating func add(_ reading: OximeterReading) {
    let status = reading.status
    let isShown = status.isDisjoint(with: .withoutNumbers) || status.contains(.demonstration)
    let isDoubtful = !status.isDisjoint(with: [.artifact, .poorSignal, .lowConfidence])
    let flag = status.contains(.demonstration) ? "DEMO" : isDoubtful ? "QUES" : ""
    let saturation = isShown ? reading.saturation.map { "\($0.percent)" } : nil
    let rate = isShown ? reading.pulseRate.map { "\($0.perMinute)" } : nil
    let perfusion = isShown ? reading.perfusionIndex.map { Self.decimal($0.hundredths) } : nil
    add(
      "150456^MDC_PULS_OXIM_SAT_O2", "1.3.1.150456", saturation, "262688^MDC_DIM_PERCENT", flag)
    add(
      "149530^MDC_PULS_OXIM_PULS_RATE", "1.3.1.149530", rate, "264864^MDC_DIM_BEAT_PER_MIN", flag)
    add("150488^MDC_BLD_PERF_INDEX", "1.3.1.150488", perfusion, "262688^MDC_DIM_PERCENT", flag)
  }

  /// Adds what the monitor counts of the breathing.
  mutating func add(_ rate: RespirationRate) {
    add(
      "151562^MDC_RESP_RATE", "1.4.1.151562", "\(rate.perMinute)", "264928^MDC_DIM_RESP_PER_MIN", ""
    )
  }

  /// Adds a result of the monitor's own cuff.
  mutating func add(_ pressure: BloodPressure, at instant: Instant) {
    let time = Self.clock(instant)
    let unit = "266016^MDC_DIM_MMHG"
    func text(_ number: Int) -> String { "\(number)" }
    add("150021^MDC_PRESS_BLD_NONINV_SYS", "1.1.9.150021", text(pressure.systolic), unit, "", time)
    add("150022^MDC_PRESS_BLD_NONINV_DIA", "1.1.9.150022", text(pressure.diastolic), unit, "", time)
    if let mean = pressure.measuredMean {
      add("150023^MDC_PRESS_BLD_NONINV_MEAN", "1.1.9.150023", text(mean), unit, "", time)
    }
    if let rate = pressure.pulseRate {
      add(
        "149546^MDC_PULS_RATE_NON_INV", "1.1.9.149546", text(rate.perMinute),
        "264864^MDC_DIM_BEAT_PER_MIN", "", time)
    }
  }

  private mutating func add(
    _ code: String, _ subID: String, _ value: String?, _ unit: String, _ flag: String,
    _ time: String = ""
  ) {
    rows += 1
    let status = value == nil ? "X" : "R"
    lines.append(
      "OBX|\(rows)|NM|\(code)^MDC|\(subID)|\(value ?? "")|\(unit)^MDC||\(flag)|||\(status)|||\(time)"
    )
  }

  private static func decimal(_ hundredths: Int) -> String {
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// As `20260314101602.113+0000`.
  private static func clock(_ instant: Instant) -> String {
    let time = WallTime(milliseconds: epoch.milliseconds + instant.milliseconds)
    return String(time.description.filter { $0.isNumber || $0 == "." }) + "+0000"
  }
}
