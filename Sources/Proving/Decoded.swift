public import Drivers
public import Vitals

/// What a listener makes of bytes, once silence has settled what it can.
public struct Decoded: Sendable {
  public let outputs: [DriverOutput]
  public let account: ByteAccount

  /// Decodes chunks that come without a pause, and the silence after them.
  public init(_ model: Model, _ chunks: [[UInt8]]) {
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

  public var readings: [OximeterReading] {
    outputs.compactMap { if case .oximetry(let one) = $0 { one } else { nil } }
  }

  /// Everything a person would see as a number, or as the outcome of a measurement.
  public var numbers: [Number] { outputs.compactMap(Number.init) }
}

/// A number as the device sent it.
public enum Number: Hashable, Sendable {
  case oximetry(Saturation?, PulseRate?, PerfusionIndex?)
  case determination(Determination)
  case respiration(RespirationRate)
  /// No number, but as false when nobody pressed.
  case call
  case stored(StoredReading)

  /// The number in an output, if it has one.
  public init?(_ output: DriverOutput) {
    switch output {
    case .oximetry(let reading):
      if reading.saturation == nil, reading.pulseRate == nil { return nil }
      self = .oximetry(reading.saturation, reading.pulseRate, reading.perfusionIndex)
    case .determination(let determination):
      self = .determination(determination)
    case .respiration(let rate): self = .respiration(rate)
    case .called: self = .call
    case .stored(let reading): self = .stored(reading)
    case .send, .sendFeature, .identified: return nil
    }
  }
}
