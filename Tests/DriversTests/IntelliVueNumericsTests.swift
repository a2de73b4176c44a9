import Drivers
import TestKit
import Testing
import Vitals

/// What becomes of a poll's numbers, read from frames a monitor might send.
@Suite struct `IntelliVue numerics` {
  private static let model = Catalog.model(id: "intellivue")!

  /// What a listener hears of one poll result with these observations, ten bytes a value.
  private func heard(_ observations: [String]) -> [DriverOutput] {
    let observations = observations.enumerated().map { index, text in
      let bytes = hex(text)
      let values = stride(from: 0, to: bytes.count, by: 10).compactMap {
        IntelliVueValue(Array(bytes[$0..<$0 + 10]).span)
      }
      return IntelliVueEncoder.Observation(handle: UInt16(index), values: values)
    }
    let payload = IntelliVueEncoder.pollResult(1, time: 0, observations)
    return Decoded(Self.model, [IntelliVueFrame.encode(payload)]).outputs
  }

  private func oximetry(_ observations: [String]) -> OximeterReading? {
    heard(observations).lazy.compactMap {
      if case .oximetry(let reading) = $0 { reading } else { nil }
    }.first
  }

  private static let good = "4BB8 0000 0220 FF0003D6"
  private static let pulse = "4822 0000 0AA0 0000003C"

  @Test func `are a reading`() throws {
    let reading = try #require(oximetry([Self.good, Self.pulse, "4BB0 0000 0200 FE00015E"]))
    #expect(reading == Course.reading(98, 60, 350))
  }

  static let states: [(String, SignalStatus)] = [
    ("8000", .sensorOff), ("2000", .sensorDisconnected), ("1000", .searching),
    ("0800", .demonstration), ("0400", .demonstration), ("0401", .demonstration),
    ("0200", .poorSignal), ("0100", .poorSignal), ("8400", [.sensorOff, .demonstration]),
  ]

  @Test(arguments: states)
  func `that the monitor does not stand by are no numbers`(_ state: String, _ status: SignalStatus)
    throws
  {
    let reading = try #require(oximetry(["4BB8 \(state) 0220 FF0003D6", Self.pulse]))
    #expect(reading.status == status)
    #expect(reading.saturation == nil)
    #expect(!reading.isUsable)
  }

  @Test(arguments: ["4000", "0040", "4003"])
  func `that the monitor doubts are kept, and marked`(_ state: String) throws {
    let reading = try #require(oximetry(["4BB8 \(state) 0220 FF0003D6", Self.pulse]))
    #expect(reading.status == .lowConfidence)
    #expect(reading.saturation?.percent == 98)
  }

  @Test(arguments: ["0001", "0002", "0003", "0020", "0080", "00A3"])
  func `under alarm, validated or going on are good`(_ state: String) throws {
    let reading = try #require(oximetry(["4BB8 \(state) 0220 FF0003D6", Self.pulse]))
    #expect(reading.isUsable)
  }

  @Test(arguments: ["0F20", "0AA0", "0200", "0000"])
  func `in another unit are no numbers`(_ unit: String) throws {
    #expect(try #require(oximetry(["4BB8 0000 \(unit) FF0003D6", Self.pulse])).saturation == nil)
    let other = unit == "0AA0" ? "0220" : unit
    #expect(try #require(oximetry([Self.good, "4822 0000 \(other) 0000003C"])).pulseRate == nil)
  }

  @Test func `of a pulse rate alone in demonstration are none at all`() throws {
    let reading = try #require(oximetry([Self.good, "4822 0400 0AA0 0000003C"]))
    #expect(reading == OximeterReading(status: .demonstration))
  }

  @Test func `beyond all bounds are no numbers`() throws {
    for float in ["7F7FFFFD", "00000000", "00000BB9", "7F800003", "097FFFFD", "00FFFFFF"] {
      let reading = try #require(oximetry(["4BB8 0000 0220 \(float)", "4822 0000 0AA0 \(float)"]))
      #expect(reading.saturation == nil && reading.pulseRate == nil, "\(float)")
    }
  }

  private static let pressure =
    "4A05 0000 0F20 0000007A 4A06 0000 0F20 00000052 4A07 0000 0F20 0000005B"

  @Test func `of the cuff are a determination`() {
    let whole = BloodPressure(
      systolic: 122, diastolic: 82, mean: 91, pulseRate: PulseRate(perMinute: 66))!
    #expect(
      heard([Self.pressure, "F0E5 0000 0AA0 00000042"]) == [.determination(.result(whole))])
    // One by one instead of as a compound.
    #expect(
      heard(["4A05 0000 0F20 0000007A", "4A06 0000 0F20 00000052", "4A07 0000 0F20 0000005B"])
        == [.determination(.result(Course.pressure(122, 82, 91, 0)))])
  }

  @Test func `of the cuff in kPa are converted`() {
    // 16.3, 10.9 and 12.1 kPa.
    #expect(
      heard(["4A05 0000 0F03 FF0000A3 4A06 0000 0F03 FF00006D 4A07 0000 0F03 FF000079"])
        == [.determination(.result(Course.pressure(122, 82, 91, 0)))])
  }

  @Test(arguments: ["8000", "2000", "1000", "0800", "0400", "0200", "0040", "0402"])
  func `of the cuff that nobody stands by are no determination`(_ state: String) {
    #expect(heard([Self.pressure.replacing("4A05 0000", with: "4A05 \(state)")]).isEmpty)
    #expect(heard([Self.pressure.replacing("4A06 0000", with: "4A06 \(state)")]).isEmpty)
  }

  @Test func `of the cuff in demonstration by the mean alone are no determination`() {
    #expect(heard([Self.pressure.replacing("4A07 0000", with: "4A07 0400")]).isEmpty)
  }

  @Test func `of the cuff that the monitor doubts call for another try`() {
    #expect(
      heard([Self.pressure.replacing("4A05 0000", with: "4A05 4000")])
        == [.determination(.failed(.weakSignal))])
  }

  @Test func `of the cuff that cannot be are a failure`() {
    #expect(
      heard([Self.pressure.replacing("0000007A", with: "00000032")])
        == [.determination(.failed(.implausible))])
  }

  @Test(arguments: ["0220", "0000", "0F21"])
  func `of the cuff in an unknown unit are no determination`(_ unit: String) {
    #expect(heard([Self.pressure.replacing("4A06 0000 0F20", with: "4A06 0000 \(unit)")]).isEmpty)
  }

  @Test func `of a compound with a wrong count or length are none`() throws {
    let observation = IntelliVueEncoder.Observation(
      handle: 1,
      values: stride(from: 0, to: 30, by: 10).compactMap {
        IntelliVueValue(Array(hex(Self.pressure)[$0..<$0 + 10]).span)
      })
    let payload = IntelliVueEncoder.pollResult(1, time: 0, [observation])
    // The compound lies at the end: id, length, count, length.
    let start = payload.count - 38
    #expect(payload[start] == 0x09 && payload[start + 1] == 0x4B)
    for (offset, byte) in [(3, 0x21), (3, 0x23), (5, 0x02), (5, 0x04), (4, 0xFF)] {
      var damaged = payload
      damaged[start + offset] = UInt8(byte)
      #expect(Decoded(Self.model, [IntelliVueFrame.encode(damaged)]).outputs.isEmpty)
    }
  }
}
