import Drivers
import Monitoring
import Recording
import Store
import TestKit
import Testing
import Vitals
import Ward

/// A session begins in the middle of a device's stream, and chunks end where they like: its record
/// must replay all the same.
@Suite struct MidstreamTests {
  /// What one oximeter sends for two minutes, cut anywhere, and a patient checked in at some point.
  private static func inputs(_ driver: String, _ seed: UInt64) throws -> [(
    at: Instant, input: WardInput
  )] {
    var random = Seeded(seed)
    let model = try #require(Catalog.model(id: driver))
    let chair = try #require(ChairID("7"))
    let nurse = try #require(StaffID("rn1"))
    let patient = SimulatedPatient(
      oximetry: { instant in
        let isLow = (30..<70).contains((instant - .zero).wholeSeconds - 1000)
        return OximeterReading(
          saturation: Saturation(percent: isLow ? 84 : 97), pulseRate: PulseRate(perMinute: 72),
          perfusionIndex: PerfusionIndex(hundredths: 200))
      }, determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) })
    let simulator = model.makeSimulator(patient)
    let checkIn = Instant.milliseconds(1_005_000 + Int64.random(in: 0...3000, using: &random))
    var inputs: [(at: Instant, input: WardInput)] = [
      (.seconds(1000), .line(Slot(chair, .oximeter), .opened)),
      (checkIn, .command(chair, .checkIn(route: .iv40, patient: nil), by: nurse)),
      (.seconds(1100), .command(chair, .note("end"), by: nurse)),
    ]
    // Whatever comes in 7 ms is read at once, and not at a frame's end.
    var (held, due) = ([UInt8](), Instant.seconds(1000))
    for (at, bytes) in stream(simulator) {
      while due <= at {
        let count = Int.random(in: 0...held.count, using: &random)
        if count > 0 {
          inputs.append((due, .bytes(Slot(chair, .oximeter), Array(held.prefix(count)))))
        }
        held.removeFirst(count)
        due = due + .milliseconds(7)
      }
      held += bytes
    }
    return inputs.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  private static func stream(_ simulator: some Simulator) -> [(Instant, [UInt8])] {
    var simulator = simulator
    var stream: [(Instant, [UInt8])] = []
    simulator.handle(.opened, at: .seconds(1000)) { stream.append(($0, $1)) }
    simulator.handle(.bytes(hex("7D 81 A1 80 80 80 80 80 80")), at: .seconds(1000)) {
      stream.append(($0, $1))
    }
    simulator.advance(to: .seconds(1090)) { stream.append(($0, $1)) }
    return stream
  }

  @Test(arguments: ["contec-5", "bci", "nonin-2", "nonin-7", "nonin-8", "nonin-1"], seeds(40))
  func `a session that begins in midstream replays to the stored events`(
    driver: String, seed: UInt64
  ) async throws {
    let folder = try Folder()
    let store = try Store(path: folder.log)
    let chair = try #require(ChairID("7"))
    let inputs = try Self.inputs(driver, seed)
    let plan = WardPlan(chairs: [WardPlan.Chair(id: chair, drivers: [.oximeter: driver])])
    var ward = Ward(plan)
    var (flight, batch) = (FlightLog(), Batch())
    for (at, input) in inputs {
      flight.append(input, at: at)
      ward.handle(input, at: at) { at, output in
        if case .sample = output, at > .seconds(1004), at < .seconds(1012) {
          print("DBG live", driver, seed, Double(at.milliseconds) / 1000)
        }
        guard case .event(let chair, let event) = output else { return }
        batch.events.append(
          Batch.Event(
            sequence: Int64(batch.events.count + 1), at: at,
            wall: WallTime(milliseconds: at.milliseconds), chair: chair, event: event))
      }
    }
    if let first = flight.first, let last = flight.last {
      batch.flight = Batch.Flight(first: first, last: last, block: flight.bytes)
    }
    #expect(await store.write(batch))
    let record = try #require(
      try await SessionRecord(of: chair, in: try History(path: folder.log)))
    #expect(record.events.contains { $0.contains("SPO2_VLOW") })
    let replayed = Replay(try Recording(text: record.recording.text)).run().events.map(\.line)
    for (a, b) in zip(record.events, replayed) where a.contains("SPO2_VLOW") {
      print("DBG", driver, seed, a.prefix(12), b.prefix(12))
    }
    let difference = TimelineDifference(expected: record.events, actual: replayed)
    #expect(difference == nil, "\(difference?.description ?? "")")
  }
}
