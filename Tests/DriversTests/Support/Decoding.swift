import Drivers
import Vitals

/// A model's fixture: what its simulator sends on the ``Course``, as chunks and as one stream.
struct Fixture {
  let model: Model
  let chunks: [(instant: Instant, bytes: [UInt8])]
  var bytes: [UInt8] { chunks.flatMap(\.bytes) }
  /// What the two or three seconds decode to.
  var decoded: Decoded { Decoded(model, [bytes]) }

  init(_ model: Model) {
    self.model = model
    // A stretch must hold a whole packet of Nonin's 25 frames; slow devices get two frames.
    let rate = max(Int(model.nominalFramesPerSecond), 1)
    let frames = rate == 75 ? 25 : rate == 1 ? 2 : 6
    let course = Course(stretch: .nanoseconds(Int64(frames) * 1_000_000_000 / Int64(rate)))
    var bedside = Bedside(model, patient: course.patient)
    bedside.open()
    switch model.kind {
    case .oximeter, .monitor:
      bedside.pass(course.length)
    case .cuff:
      for _ in 0..<Course.determinations.count {
        bedside.order(.start)
        bedside.pass(.seconds(10))
      }
    }
    chunks = bedside.received
  }
}

/// What a listener makes of bytes, once silence has settled what it can.
struct Decoded {
  let outputs: [DriverOutput]
  let account: ByteAccount

  init(_ model: Model, _ chunks: [[UInt8]]) {
    (outputs, account) = Self.decode(model.makeListener(), chunks)
  }

  private static func decode(
    _ prototype: some Driver, _ chunks: [[UInt8]]
  ) -> ([DriverOutput], ByteAccount) {
    var driver = prototype
    var outputs: [DriverOutput] = []
    for chunk in chunks { driver.handle(.bytes(chunk), at: .zero) { outputs.append($1) } }
    driver.advance(to: .seconds(1)) { outputs.append($1) }
    return (outputs, driver.account)
  }

  var readings: [OximeterReading] {
    outputs.compactMap { if case .oximetry(let one) = $0 { one } else { nil } }
  }

  /// Everything a person would see as a number, or as the outcome of a measurement.
  var numbers: [Number] { outputs.compactMap(Number.init) }
}

/// A number as the device sent it.
enum Number: Hashable {
  case oximetry(Saturation?, PulseRate?, PerfusionIndex?)
  case determination(Determination)
  case stored(StoredReading)

  init?(_ output: DriverOutput) {
    switch output {
    case .oximetry(let reading):
      if reading.saturation == nil, reading.pulseRate == nil { return nil }
      self = .oximetry(reading.saturation, reading.pulseRate, reading.perfusionIndex)
    case .determination(let determination):
      self = .determination(determination)
    case .stored(let reading): self = .stored(reading)
    case .send, .sendFeature, .identified: return nil
    }
  }
}
