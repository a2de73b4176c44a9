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

  /// Alarms of the ward that came and went, that stand, and that get worse while the patient is here;
  /// shown by a station, or by nobody in time.
  @Test(arguments: [true, false])
  func `it numbers the ward's alarms on, whatever stood before it`(isShown: Bool) async throws {
    let folder = try Folder()
    let store = try Store(path: folder.log)
    let chair = try #require(ChairID("7"))
    var player = try ScenePlayer(try Scene(text: Self.scene, file: "scene"), chair: chair)
    let recording = player.play().recording
    let scene = recording.entries.compactMap { at, entry in
      if case .input(let input) = entry { (at: at + .seconds(500_000), input: input) } else { nil }
    }
    let (begin, end) = (try #require(scene.first).at, try #require(scene.last).at)
    let (wall, front) = (try #require(StaffID("wall")), try #require(StaffID("front")))
    let nurse = try #require(StaffID("rn1"))
    func before(_ seconds: Int, _ input: WardInput) -> (at: Instant, input: WardInput) {
      (begin - Duration.seconds(seconds), input)
    }
    func after(_ seconds: Int, _ input: WardInput) -> (at: Instant, input: WardInput) {
      (begin + Duration.seconds(seconds), input)
    }
    let says = WardInput.stationSays
    var inputs = [
      before(900, says(wall, .hello)), before(800, .log(.late)), before(790, .log(.well)),
      before(700, .log(.lowSpace)),
      before(690, .command(.ward, .acknowledge(.logFailing), by: nurse)),
      before(200, says(front, .hello)),
      after(150, .log(.failing)), after(160, .log(.well)), after(170, .log(.late)),
      after(200, says(front, .heartbeat)), after(230, says(front, .goodbye)),
    ]
    let shown = [(799, 1, 1), (789, 1, 2), (699, 2, 1), (689, 2, 2)]
    for (seconds, alarm, revision) in shown where isShown {
      inputs.append(
        before(seconds, says(wall, .confirmed(.ward, alarm: alarm, revision: revision))))
    }
    // Late, but shown at last.
    if !isShown { inputs.append(after(100, says(wall, .confirmed(.ward, alarm: 3, revision: 2)))) }
    var beat = begin - Duration.seconds(900)
    while beat < end {
      beat = beat + Duration.seconds(2)
      inputs.append((beat, says(wall, .heartbeat)))
    }
    inputs += scene
    let sorted = inputs.enumerated().sorted {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }.map(\.element)
    #expect(await write(sorted, recording.plan, to: store))

    let record = try #require(
      try await SessionRecord(of: chair, in: try History(path: folder.log)))
    let standing = record.recording.alarms
    #expect(standing.lost == [front])
    let ids = standing.alarms.map(\.alarm.id)
    #expect(
      ids == (isShown ? [.logFailing, .stationLink] : [.logFailing, .notDelivered, .stationLink]))
    #expect(standing.alarms.map(\.alarm.serial) == (isShown ? [2, 3] : [3, 4, 5]))
    #expect(standing.count == standing.alarms.last?.alarm.serial)
    #expect(standing.alarms.first?.alarm.acknowledgedBy == nurse)
    #expect(standing.alarms.first?.shownAt == (isShown ? [wall] : []))
    let ward = record.events.filter { $0.contains(#""chair":"*","event":"alarm""#) }
    let steps = ["escalated", "cleared", "raised", "cleared"]
    #expect(
      ward.count >= 4 && steps.allSatisfy { step in ward.contains { $0.contains(step) } }, "\(ward)"
    )
    let reread = try Recording(text: record.recording.text)
    let difference = TimelineDifference(
      expected: record.events, actual: Replay(reread).run().events.map(\.line))
    #expect(difference == nil, "\(difference?.description ?? "")")
  }

  @Test func `a chair without a session has no record`() async throws {
    let folder = try Folder()
    _ = try Store(path: folder.log)
    let chair = try #require(ChairID("1"))
    #expect(try await SessionRecord(of: chair, in: try History(path: folder.log)) == nil)
  }
}
