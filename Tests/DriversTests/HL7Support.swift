import Drivers
import TestKit
import Vitals

/// Messages as a monitor would send them.
enum HL7Text {
  static let header =
    "MSH|^~\\&|MON^0200AAFFFE000001^EUI-64|CLINIC|US|CLINIC|20260314101602-0500||ORU^R01^ORU_R01|"
    + "KC-1|P|2.6|||AL|NE"
  static let saturation =
    "OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.3.1.150456|97|262688^MDC_DIM_PERCENT^MDC|||||R"
  static let rate =
    "OBX|2|NM|149530^MDC_PULS_OXIM_PULS_RATE^MDC|1.3.1.149530|72|264864^MDC_DIM_BEAT_PER_MIN^MDC"
    + "|||||R"

  /// A header with other fields, counted as HL7 counts them.
  static func header(_ changes: [Int: String]) -> String {
    var fields = header.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    while fields.count < 17 { fields.append("") }
    for (number, text) in changes { fields[number - 1] = text }
    return fields.joined(separator: "|")
  }

  /// Three rows of a cuff's result, each with a time or without.
  static func pressure(
    _ systolic: Int = 150, _ diastolic: Int = 90, _ mean: Int = 110, at time: String = ""
  ) -> [String] {
    [
      ("150021^MDC_PRESS_BLD_NONINV_SYS", systolic), ("150022^MDC_PRESS_BLD_NONINV_DIA", diastolic),
      ("150023^MDC_PRESS_BLD_NONINV_MEAN", mean),
    ].map { "OBX|9|NM|\($0)^MDC|1.2.1.1|\($1)|266016^MDC_DIM_MMHG^MDC|||||R|||\(time)" }
  }

  /// The bytes of a message in its envelope.
  static func bytes(_ lines: [String], end: String = "\r") -> [UInt8] {
    [0x0B] + Array((lines.joined(separator: end) + end).utf8) + [0x1C, 0x0D]
  }
}

/// The driver of `hl7`, told messages a second apart.
struct HL7Host {
  private var driver: any Driver
  private(set) var outputs: [DriverOutput] = []
  private var now = Instant.zero

  init(listening: Bool = false) {
    let model = Catalog.model(id: "hl7")!
    driver = listening ? model.makeListener() : model.makeDriver()
    if !listening { tell(.opened) }
  }

  var account: ByteAccount { driver.account }

  var readings: [OximeterReading] {
    outputs.compactMap { if case .oximetry(let one) = $0 { one } else { nil } }
  }

  var pressures: [BloodPressure] {
    outputs.compactMap {
      if case .determination(.result(let one)) = $0 { one } else { nil }
    }
  }

  /// What was answered: `AA KC-1`.
  var answers: [String] {
    outputs.compactMap { output in
      guard case .send(let bytes) = output else { return nil }
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r")
      let fields = lines.first { $0.hasPrefix("MSA|") }?.split(separator: "|")
      return fields?.dropFirst().joined(separator: " ")
    }
  }

  mutating func tell(_ input: DriverInput, after pause: Duration = .seconds(1)) {
    now = now + pause
    var outputs = outputs
    driver.handle(input, at: now) { outputs.append($1) }
    self.outputs = outputs
  }

  mutating func tell(_ lines: [String], end: String = "\r") {
    tell(.bytes(HL7Text.bytes(lines, end: end)))
  }
}
