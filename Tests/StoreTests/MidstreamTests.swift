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
  private static func inputs(
    _ driver: String, _ seed: UInt64
  ) throws -> [(at: Instant, input: WardInput)] {
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
    let slot = Slot(chair, .oximeter)
    var inputs: [(at: Instant, input: WardInput)] = [
      (.seconds(1000), .line(slot, .opened)),
      (.seconds(1100), .command(chair, .note("end"), by: nurse)),
    ]
    // Each frame comes in two pieces, 4 ms apart; the patient is checked in between two of them.
    let stream = stream(simulator)
    let frame = stream.count / 20 + Int.random(in: 0..<stream.count / 20, using: &random)
    for (index, (at, bytes)) in stream.enumerated() {
      let (early, late) = (onGrid(at), onGrid(at + .milliseconds(4)))
      let cut = Int.random(in: 1..<max(2, bytes.count), using: &random)
      inputs.append((early, .bytes(slot, Array(bytes.prefix(cut)))))
      if index == frame {
        inputs.append((late, .command(chair, .checkIn(route: .iv40, patient: nil), by: nurse)))
      }
      if bytes.count > cut { inputs.append((late, .bytes(slot, Array(bytes.dropFirst(cut))))) }
    }
    return inputs.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
  }

  /// The millisecond grid of recordings.
  private static func onGrid(_ instant: Instant) -> Instant { .milliseconds(instant.milliseconds) }

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

  @Test(arguments: ["contec-5", "bci", "nonin-2", "nonin-7", "nonin-8", "nonin-1"], seeds(8))
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
    let difference = TimelineDifference(expected: record.events, actual: replayed)
    #expect(difference == nil, "\(difference?.description ?? "")")
  }
}
