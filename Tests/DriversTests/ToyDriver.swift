@testable import Drivers
import Vitals

// The driver of `docs/adding-a-driver.md`: a device that sends a line a second,
// `S097P072*3F`, where 3F is the sum of the bytes before the star, modulo 256. In the product this
// would be Sources/Drivers/Toy/Toy.swift, its row would stand in Catalog.swift, and nothing else.

/// The driver of `toy`.
struct ToyDriver: FramedDriver {
  var line = FramedLine(ToyConversation())
}

/// Lines of `S097P072*3F`.
enum ToyLayout: LineLayout {
  static let longest = 16
  static let end = UInt8(ascii: "\n")

  static func accepts(_ line: Span<UInt8>) -> Bool {
    guard line.count == 11, line.has("S", at: 0), line.has("P", at: 4), line.has("*", at: 8),
      let sent = line.hexadecimal(in: 9..<11)
    else { return false }
    var sum = 0
    for index in 0..<8 { sum += Int(line[index]) }
    return sum & 0xFF == sent
  }
}

/// Every line is a reading; dashes mean that there is no finger.
struct ToyConversation: Conversation {
  typealias Cut = LineFraming<ToyLayout>

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard frame.count > 11 else { return }
    var reading = OximeterReading()
    reading.saturation = frame.decimal(in: 1..<4).flatMap(Saturation.init(percent:))
    reading.pulseRate = frame.decimal(in: 5..<8).flatMap(PulseRate.init(perMinute:))
    if reading.saturation == nil { reading.status = .sensorOff }
    emit(instant, .oximetry(reading))
  }
}

/// The device's side.
struct ToyEncoder: FrameEncoder {
  var framesPerMinute: Int { 60 }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    let isOff = !reading.status.isDisjoint(with: .withoutNumbers)
    func field(_ value: Int?) -> String {
      guard let value, !isOff else { return "---" }
      return String(repeating: "0", count: 3 - "\(value)".count) + "\(value)"
    }
    let text =
      "S\(field(reading.saturation?.percent))P\(field(reading.pulseRate?.perMinute))"
    let sum = text.utf8.reduce(0) { $0 + Int($1) } & 0xFF
    let digits = String(sum, radix: 16, uppercase: true)
    return Array("\(text)*\(digits.count < 2 ? "0" : "")\(digits)\r\n".utf8)
  }
}

extension Model {
  /// The row that would stand in the catalog.
  static let toy = Model(
    id: "toy", kind: .oximeter, vendor: "Nobody", models: "Toy", link: .serial("9600 8N1"),
    maturity: .experimental, nominalFramesPerSecond: 1, frameLength: 13, checksumFromEnd: 3,
    reports: .sensorOff, makeDriver: { ToyDriver() },
    makeSimulator: { OximeterSimulator(ToyEncoder(), patient: $0) })
}
