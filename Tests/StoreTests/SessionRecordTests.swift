import Drivers
import Monitoring
import Recording
import Store
import Testing
import Vitals
import Ward

/// A session read out of the log is a recording that gives the stored events again.
@Suite struct SessionRecordTests {
  private static let scene = """
    id: T1
    title: a dip to 85 % with a pressure, at chair 7
    baseline: {spo2: 97, pr: 72, sbp: 122, dbp: 76}
    start: 0
    end: 300
    phases: [[0, infusing]]
    spo2: [[0, 97], [60, 97], [70, 85], [110, 85], [120, 97]]
    pr: [[0, 72]]
    pi: [[0, 2.0]]
    nibp: [{start: 30, done: 60, sbp: 128, dbp: 79, pr: 74}]
    schedule: [30]
    acks: [[100, SPO2_VLOW]]
    expect: []
    never: []
    """

  /// What reached the ward, written by the flight recorder in blocks, and what it decided.
  private func write(
    _ entries: [(at: Instant, input: WardInput)], _ plan: WardPlan, to store: Store
  ) async -> Bool {
    var ward = Ward(plan)
    var (flight, batch, isWritten) = (FlightLog(), Batch(), true)
    var sequence: Int64 = 0
    for (at, input) in entries {
      flight.append(input, at: at)
      ward.handle(input, at: at) { at, output in
        guard case .event(let chair, let event) = output else { return }
        sequence += 1
        batch.events.append(
          Batch.Event(
            sequence: sequence, at: at, wall: WallTime(milliseconds: at.milliseconds),
            chair: chair, event: event))
      }
      guard let first = flight.first, at - first > .seconds(1) else { continue }
      batch.flight = Batch.Flight(first: first, last: at, block: flight.bytes)
      flight.removeAll()
      let full = batch
      isWritten = await store.write(full) && isWritten
      batch = Batch()
    }
    return isWritten
  }

  @Test(arguments: ["contec-v7", "nonin-2", "nonin-8"])
  func `it replays to the stored events`(driver: String) async throws {
    let folder = try Folder()
    let store = try Store(path: folder.log)
    let chair = try #require(ChairID("7"))
    let scene = try Scene(text: Self.scene, file: "scene")
    let models = try [driver, "suntech"].map { try #require(Catalog.model(id: $0)) }
    var player = try ScenePlayer(scene, chair: chair, through: models)
    let recording = player.play().recording
    // Far from zero, as boot time is; and after another patient's session at the same chair.
    let offset = Duration.seconds(500_000)
    let inputs = recording.entries.compactMap { at, entry in
      if case .input(let input) = entry { (at: at + offset, input: input) } else { nil }
    }
    let abort = WardInput.command(
      chair, .leaveAMA(reason: "test"), by: try #require(StaffID("rn1")))
    let last = try #require(inputs.last).at
    let again = inputs.map { (at: $0.at + Duration.seconds(5_000), input: $0.input) }
    #expect(await write(inputs + [(last, abort)] + again, recording.plan, to: store))

    let record = try #require(
      try await SessionRecord(of: chair, in: try History(path: folder.log)))
    #expect(record.events.count > 15)
    #expect(record.events.contains { $0.contains("SPO2_VLOW") })
    // As a file would hold it.
    let reread = try Recording(text: record.recording.text)
    let replayed = Replay(reread).run().events.map(\.line)
    let difference = TimelineDifference(expected: record.events, actual: replayed)
    #expect(difference == nil, "\(difference?.description ?? "")")
  }

  @Test func `a chair without a session has no record`() async throws {
    let folder = try Folder()
    _ = try Store(path: folder.log)
    let chair = try #require(ChairID("1"))
    #expect(try await SessionRecord(of: chair, in: try History(path: folder.log)) == nil)
  }
}
