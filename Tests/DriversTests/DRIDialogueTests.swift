import Drivers
import TestKit
import Testing
import Vitals

/// The driver against the simulated monitor, and against hostile input.
@Suite struct `DRI, in dialogue` {
  private let model = Catalog.model(id: "dri")!
  private static let request = DriverOutput.send(DRIRequest(intervalSeconds: 5).encoded)

  private func patient(
    oximetry: @escaping @Sendable (Instant) -> OximeterReading? = { _ in
      Course.reading(97, 72, 350)
    },
    pressure: @escaping @Sendable (Instant) -> (at: Instant, pressure: BloodPressure)? = { _ in
      nil
    }
  ) -> SimulatedPatient {
    SimulatedPatient(
      oximetry: oximetry,
      determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) },
      lastPressure: pressure)
  }

  @Test func `asks once, and has a record every 5 s`() {
    var bedside = Bedside(model, patient: patient())
    bedside.open()
    bedside.pass(.seconds(3600))
    #expect(bedside.sent.count == 1)
    #expect(bedside.readings.count == 720)
    #expect(bedside.received.last?.instant == .seconds(3596))
    let expected = OximeterReading(
      saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 72))
    #expect(bedside.readings.allSatisfy { $0 == expected })
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  @Test(arguments: Course.stretches.indices)
  func `understands the simulated monitor`(_ stretch: Int) throws {
    let said = Course.stretches[stretch]
    var bedside = Bedside(model, patient: patient(oximetry: { _ in said }))
    bedside.open()
    bedside.pass(.seconds(3))
    let heard = try #require(bedside.readings.last)
    #expect(heard.isUsable == said.isUsable)
    #expect(said.status.intersection(model.reports).isSubset(of: heard.status))
    if said.isUsable { #expect(heard.saturation == said.saturation) }
  }

  @Test func `asks again when records cease to come, and goes on when they come back`() {
    var bedside = Bedside(
      model,
      patient: patient(oximetry: {
        (20..<200).contains($0.milliseconds / 1000) ? nil : Course.reading(97, 72, 350)
      }))
    bedside.open()
    bedside.pass(.seconds(190))
    let asked = bedside.outputs.filter { $0.output == Self.request }.map(\.instant.milliseconds)
    #expect(asked.prefix(4) == [0, 23_500, 31_000, 38_500])
    // After ten tries more slowly.
    #expect(asked.suffix(3) == [158_500, 173_500, 188_500])
    let before = bedside.readings.count
    bedside.pass(.seconds(40))
    #expect(bedside.readings.count >= before + 5)
  }

  @Test func `a pressure that stood there already is old; the next is new, and counts once`() {
    let old = Course.pressure(118, 71, 90, 66)
    let new = Course.pressure(152, 96, 118, 91)
    var bedside = Bedside(
      model,
      patient: patient(pressure: {
        $0 < .seconds(60) ? (.seconds(-600), old) : (.seconds(60), new)
      }))
    bedside.open()
    bedside.pass(.seconds(59))
    #expect(bedside.determinations.isEmpty)
    bedside.pass(.seconds(60))
    #expect(bedside.determinations == [.result(new)])
  }

  @Test func `the first pressure of all is new when none stood there before`() {
    let one = Course.pressure(118, 71, 90, 66)
    var bedside = Bedside(
      model, patient: patient(pressure: { $0 < .seconds(30) ? nil : (.seconds(30), one) }))
    bedside.open()
    bedside.pass(.seconds(300))
    #expect(bedside.determinations == [.result(one)])
  }

  @Test func `a pressure that goes away and comes back is no new one`() {
    let one = Course.pressure(118, 71, 90, 66)
    var bedside = Bedside(
      model,
      patient: patient(pressure: {
        $0 < .seconds(30) || (60..<90).contains($0.milliseconds / 1000)
          ? nil : (.seconds(30), one)
      }))
    bedside.open()
    bedside.pass(.seconds(300))
    #expect(bedside.determinations == [.result(one)])
  }

  @Test func `after the line was open anew, what stands there is old again`() {
    let one = Course.pressure(118, 71, 90, 66)
    var bedside = Bedside(
      model, patient: patient(pressure: { $0 < .seconds(30) ? nil : (.seconds(30), one) }))
    bedside.open()
    bedside.pass(.seconds(60))
    bedside.close()
    bedside.open()
    bedside.pass(.seconds(60))
    #expect(bedside.determinations == [.result(one)])
  }

  @Test func `the same record over and over is read once, and asked again`() {
    var record = DRIRecord(time: 1000)
    record.oximetry.status = .measures
    record.oximetry.saturation = 9700
    record.oximetry.pulseRate = 7200
    let frame = DRIFrame.encode(record.encoded(number: 1))
    var driver = model.makeDriver()
    var outputs: [DriverOutput] = []
    driver.handle(.opened, at: .zero) { outputs.append($1) }
    for second in 1...20 {
      driver.handle(.bytes(frame), at: .seconds(second)) { outputs.append($1) }
    }
    let readings = outputs.filter { if case .oximetry = $0 { true } else { false } }
    #expect(readings.count == 1)
    #expect(outputs.filter { $0 == Self.request }.count == 3)
  }

  @Test(arguments: seeds(20))
  func `bytes changed at random inside good frames never trap`(seed: UInt64) {
    var random = Seeded(seed)
    let records = Fixture(model).chunks.compactMap { DRIFrame.record(in: $0.bytes.span) }
    for _ in 0..<100 {
      guard var record = records.randomElement(using: &random) else { return }
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let index = Int.random(in: record.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: record[index] = UInt8.random(in: 0...255, using: &random)
        case 1: record[index] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
        case 2: record.removeSubrange(index..<min(record.count, index + 30))
        default: record.insert(contentsOf: random.bytes(30), at: index)
        }
        guard record.count > 40 else { break }
      }
      if record.count >= 40, Bool.random(using: &random) {
        record[0] = UInt8(record.count & 0xFF)
        record[1] = UInt8(record.count >> 8)
      }
      feed(record, seed: seed)
    }
  }

  private func feed(_ record: [UInt8], seed: UInt64) {
    var driver = model.makeListener()
    var outputs = 0
    driver.handle(.bytes(DRIFrame.encode(record)), at: .zero) { _, _ in outputs += 1 }
    driver.advance(to: .seconds(2)) { _, _ in outputs += 1 }
    // Oximetry, breathing and a pressure.
    #expect(outputs <= 3, "seed \(seed)")
    #expect(driver.account.pendingBytes == 0, "seed \(seed)")
  }

  @Test func `a frame without an end is given up, and costs no more than its bytes`() {
    var driver = model.makeListener()
    driver.handle(.bytes([0x7E]), at: .zero) { _, _ in }
    for _ in 0..<200_000 { driver.handle(.bytes([0x11]), at: .zero) { _, _ in } }
    #expect(driver.account.frames == 0)
    #expect(driver.account.bytes == 200_001)
    #expect(driver.account.pendingBytes < 3000)
  }
}
