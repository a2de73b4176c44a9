import Drivers
import TestKit
import Testing
import Vitals

/// The whole dialogue between our manager and our simulated agent.
@Suite struct `A simulated IEEE 11073 agent` {
  private let model = Catalog.model(id: "phdc")!
  private let pressure = Course.pressure(128, 79, 95, 71)

  private func patient(pressureAt: [Int] = []) -> SimulatedPatient {
    let pressure = pressure
    return SimulatedPatient(
      oximetry: { _ in Course.reading(97, 72, 350) },
      determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) },
      lastPressure: { now in
        pressureAt.last { .seconds($0) <= now }.map { (.seconds($0), pressure) }
      })
  }

  private func texts(_ bedside: Bedside) -> [String] {
    bedside.outputs.compactMap { _, output in
      switch output {
      case .identified(let identity): identity.model
      case .determination(.result): "result"
      case .stored(let reading): "stored \(reading.deviceTime?.description ?? "")"
      default: nil
      }
    }
  }

  @Test func `associates, is configured, says who it is, and reports once a second`() {
    var bedside = Bedside(model, patient: patient())
    bedside.open()
    bedside.pass(.milliseconds(60_500))
    #expect(bedside.readings.count == 60)
    #expect(bedside.readings.allSatisfy { $0.isUsable && $0.saturation?.percent == 97 })
    #expect(texts(bedside) == ["Chairside Simulator"])
    // An answer to the request, one to the configuration, one question, sixty confirmations.
    #expect(bedside.sent.count == 63)
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  @Test func `reports a pressure once, which is a result when we were there`() {
    var bedside = Bedside(model, patient: patient(pressureAt: [-600, 20, 40]))
    bedside.open()
    bedside.pass(.seconds(120))
    // What it measured before it was switched on is memory.
    #expect(
      texts(bedside)
        == ["Chairside Simulator", "stored 2026-03-14T09:00:00", "result", "result"])
    #expect(bedside.determinations == [.result(pressure), .result(pressure)])
  }

  @Test func `associates anew when the manager has forgotten it`() {
    var bedside = Bedside(model, patient: patient(pressureAt: [20]))
    bedside.open()
    bedside.pass(.milliseconds(30_500))
    // As when a session begins: the device knows nothing of it.
    bedside.close()
    bedside.pass(.seconds(60))
    // The report at 31 s tells it so; it is back at 32 or 33 s.
    #expect((87...89).contains(bedside.readings.count))
    #expect(texts(bedside) == ["Chairside Simulator", "result", "Chairside Simulator"])
  }

  @Test func `with a standard configuration reports numbers or none`() throws {
    var simulator: any Simulator = PHDCAgent(
      patient: Course(stretch: .seconds(2)).patient, configuration: .standard)
    var visit = PHDCVisit()
    visit.play(&simulator, for: .seconds(20))
    let readings = visit.readings.compactMap { output -> OximeterReading? in
      if case .oximetry(let reading) = output { reading } else { nil }
    }
    #expect(readings.count == 19)
    #expect(Set(readings.map { $0.saturation?.percent }) == [97, 88, 62, 93, 100, nil])
    #expect(readings.allSatisfy { $0.isUsable == ($0.saturation != nil) })
    #expect(visit.account.damagedBytes == 0)
  }

  @Test func `asks again until it is answered, and gives up a manager that does not confirm`() {
    var simulator: any Simulator = PHDCAgent(patient: patient(), configuration: .standard)
    var said: [(Instant, [UInt8])] = []
    func hear(_ bytes: [UInt8], at instant: Instant) {
      simulator.handle(.bytes(bytes), at: instant) { said.append(($0, $1)) }
    }
    simulator.handle(.opened, at: .zero) { said.append(($0, $1)) }
    simulator.advance(to: .milliseconds(6500)) { said.append(($0, $1)) }
    #expect(said.map(\.0) == [.zero, .seconds(3), .seconds(6)])
    hear(PHDCBytes.answer(0), at: .milliseconds(6500))
    said.removeAll()
    simulator.advance(to: .milliseconds(10_400)) { said.append(($0, $1)) }
    // Reports at 7, 8, 9 and 10 s; none is confirmed.
    #expect(said.last?.0 == .seconds(10))
    #expect(said.contains { $0.1 == hex("E600 0002 0002") })
  }

  @Test(arguments: [1, 4, 8])
  func `keeps silent when it is not wanted`(_ result: Int) {
    var simulator: any Simulator = PHDCAgent(patient: patient())
    var said: [[UInt8]] = []
    simulator.handle(.opened, at: .zero) { said.append($1) }
    simulator.handle(.bytes(PHDCBytes.answer(result)), at: .milliseconds(10)) { said.append($1) }
    simulator.advance(to: .seconds(600)) { said.append($1) }
    #expect(said.count == 1)
  }

  @Test func `releases when its configuration is refused`() {
    var simulator: any Simulator = PHDCAgent(patient: patient())
    var said: [[UInt8]] = []
    simulator.handle(.opened, at: .zero) { said.append($1) }
    simulator.handle(.bytes(PHDCBytes.answer(3)), at: .milliseconds(10)) { said.append($1) }
    simulator.advance(to: .milliseconds(200)) { said.append($1) }
    let refusal = hex("E700 0016 0014 0000 0201 000E 0000 FFFFFFFF 0D1C 0004 4000 0001")
    simulator.handle(.bytes(refusal), at: .milliseconds(200)) { said.append($1) }
    simulator.advance(to: .seconds(600)) { said.append($1) }
    #expect(said.count == 3)
    #expect(said.last == hex("E400 0002 0000"))
  }
}
