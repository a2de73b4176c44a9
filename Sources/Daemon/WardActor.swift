public import DispatchKit
import Dispatch
import Monitoring
import Recording
public import Station
public import Store
public import Vitals
public import Ward

/// Runs the ward live: stamps what reaches it, records it, arms one timer, and passes on what it
/// decides. This is the whole difference between live and replay.
///
/// Does no I/O and waits for nobody: the log is told through ``Store/append(_:done:)``, devices
/// through `send`, people through the feed.
public actor WardActor: QueueActor {
  public nonisolated let executor: SerialQueueExecutor
  let clock: WardClock
  let feed: Feed<StreamMessage>
  let identity: StationIdentity
  let store: Store
  private let send: @Sendable (Slot, [UInt8], _ isFeature: Bool) -> Void
  let notify = Notify()
  let tap = WireTap()

  var ward: Ward
  /// What the wall clock showed at an instant, before any step.
  let wallOrigin: (instant: Instant, wall: WallTime)
  var wallStepMilliseconds: Int64 = 0
  private var lastNow: Instant
  private var timer: SourceHandle?
  private var armedFor: Instant?
  private var tick: SourceHandle?
  private var flushing: SourceHandle?
  /// How often numbers go to the log: with the time that the disk takes, a plug that is pulled costs
  /// at most one second of them.
  private static let flushInterval = Duration.milliseconds(900)
  /// The beat on which a crowd of lines is read serves the deadlines as well.
  private var isPaced = false

  /// What the next batch will hold.
  private var pending = Batch()
  /// What goes to devices once the ward has decided everything.
  private var sends: [(slot: Slot, bytes: [UInt8], isFeature: Bool)] = []
  private var flight = FlightLog()
  private(set) var sequence: Int64
  /// Chairs whose tile has changed since it was last published.
  private var dirty: Set<ChairID> = []
  var publisher = Publisher()
  var logHealth = LogHealth.well
  /// Whether the flight recorder takes the bytes of devices: not while too much waits for the disk.
  var keepsBytes = true
  /// How much of the flight recorder may wait for the disk, in bytes.
  let mostHeld: Int
  var isSpaceLow = false
  var logSpace: LogSpace?
  /// The name of a damaged log that was found at the start, and whether nobody has taken note yet.
  var setAside: String?
  var isRenewalNews = false
  var lateTimer: SourceHandle?
  var stationStreams: [StaffID: StationStreams] = [:]
  var sounds = SoundDesk()
  var beat: UInt64 = 0
  private var looks = RecordLooks()
  private(set) var isStopping = false
  private(set) var frameRates = FrameRates()
  /// Printed names.
  private(set) var names: [StaffID: String]

  /// - Parameters:
  ///   - executor: the ports' as well: bytes then reach the ward without a wake-up.
  public init(
    on executor: SerialQueueExecutor, ward: Ward, clock: WardClock, sequence: Int64,
    identity: StationIdentity, names: [StaffID: String] = [:], store: Store,
    feed: Feed<StreamMessage>, mostHeld: Int = WardActor.mostHeld,
    send: @escaping @Sendable (Slot, [UInt8], _ isFeature: Bool) -> Void
  ) {
    self.executor = executor
    self.ward = ward
    self.clock = clock
    self.sequence = sequence
    self.identity = identity
    self.names = names
    self.store = store
    self.feed = feed
    self.mostHeld = mostHeld
    self.send = send
    lastNow = clock.now
    wallOrigin = (clock.now, WardClock.wall)
  }

  /// Starts the one-second beat (heartbeat, watchdog) and the batches of samples.
  public func start() {
    tick = onTick(every: .seconds(1)) { $0.everySecond() }
    flushing = onTick(every: Self.flushInterval) { $0.flush() }
    rearm()
  }

  /// Takes an input.
  ///
  /// Called on the ward's own queue, it is taken there and then; called on any other, it hops here
  /// without waiting, and the order of calls is kept.
  public nonisolated func take(_ input: WardInput) {
    guard executor.isIsolatingCurrentContext() != true else {
      return assumeIsolated { $0.handle(input) }
    }
    executor.async(on: self) { ward in ward.handle(input) }
  }

  /// Takes what happened before this daemon ran, at an instant that its log had already reached.
  nonisolated func take(_ inputs: [WardInput], at last: Instant) {
    executor.async(on: self) { ward in
      for input in inputs { ward.handle(input, at: last) }
    }
  }

  func handle(_ input: WardInput) { handle(input, at: stamp()) }

  private func handle(_ input: WardInput, at now: Instant) {
    if case .bytes(let slot, let bytes) = input {
      tap.received(bytes, from: slot, at: now)
      if keepsBytes { flight.append(input, at: now) }
    } else {
      flight.append(input, at: now)
    }
    ward.handle(input, at: now) { collect($0, $1) }
    settle()
  }

  /// Carries out a command that the desk has admitted, after what it says of who gave it.
  ///
  /// Returns after its events are durable or 250 ms have passed.
  func submit(
    _ command: Command, of chair: ChairID, by staff: StaffID, _ admission: AccountDesk.Admission
  ) async -> CommandAnswer {
    save(admission.accounts)
    if let note = admission.note { handle(.account(chair, note)) }
    let refusal = perform(command, of: chair, by: staff)
    settle()
    return CommandAnswer(refusal: refusal, isDurable: await whenPublished())
  }

  /// Puts on record that a session's record is shown to somebody (`clinical.md` 1.7).
  func noteShown(_ record: String, as form: RecordForm, at station: StaffID?) {
    guard looks.isNew(record, form, station, at: clock.now) else { return }
    handle(.account(.ward, .shown(record: record, as: form, at: station)))
  }

  private func perform(_ command: Command, of chair: ChairID, by staff: StaffID) -> Refusal? {
    let now = stamp()
    flight.append(.command(chair, command, by: staff), at: now)
    return ward.perform(command, of: chair, by: staff, at: now) { collect($0, $1) }
  }

  /// Puts accounts into the next batch, which the event that tells of them will complete.
  func save(_ accounts: [Account]) {
    pending.accounts += accounts
    for account in accounts { names[account.id] = account.name }
  }

  /// The instant of what happens now: never before that of anything earlier.
  private func stamp() -> Instant {
    lastNow = max(lastNow, clock.now)
    return lastNow
  }

  private func collect(_ at: Instant, _ output: WardOutput) {
    switch output {
    case .event(let chair, let event):
      sequence += 1
      pending.events.append(
        Batch.Event(
          sequence: sequence, at: at, wall: wall(at), chair: chair, event: event))
      dirty.insert(chair)
    case .sample(let chair, let reading):
      pending.samples.append(Batch.Sample(at: at, chair: chair, reading: reading))
      dirty.insert(chair)
    case .send(let slot, let bytes): pass(bytes, to: slot, at, isFeature: false)
    case .sendFeature(let slot, let bytes): pass(bytes, to: slot, at, isFeature: true)
    }
  }

  private func pass(_ bytes: [UInt8], to slot: Slot, _ at: Instant, isFeature: Bool) {
    tap.sent(bytes, to: slot, at: at)
    sends.append((slot, bytes, isFeature))
  }

  /// Gives devices what they are told.
  ///
  /// A line that fails then is an input of its own, so the ward must be done with the last.
  private func passOn() {
    guard !sends.isEmpty else { return }
    let due = sends
    sends.removeAll()
    for (slot, bytes, isFeature) in due { send(slot, bytes, isFeature) }
  }

  /// Events go to the log at once; samples and the flight record wait for the next batch.
  private func settle() {
    passOn()
    if pending.events.isEmpty {
      publishTiles()
    } else {
      updateLoudspeaker()
      flush()
    }
    rearm()
  }

  private func flush() {
    if let first = flight.first, let last = flight.last {
      pending.flight = Batch.Flight(first: first, last: last, block: flight.bytes)
      flight.removeAll()
    }
    guard !pending.isEmpty else { return }
    let batch = pending
    pending = Batch()
    let number = publisher.hold(batch)
    watchLateness()
    store.append(batch) { [weak self] isDurable in
      guard let self else { return }
      executor.async(on: self) { ward in ward.committed(number, isDurable) }
    }
  }

  /// What the wall clock shows at an instant.
  func wall(_ at: Instant) -> WallTime {
    wallOrigin.wall + (at - wallOrigin.instant) + .milliseconds(wallStepMilliseconds)
  }

  /// Publishes the tiles that have changed.
  ///
  /// A tile shows nothing that its chair's log does not hold yet.
  func publishTiles() {
    guard !dirty.isEmpty, !publisher.isHoldingEvents else { return }
    defer { dirty.removeAll(keepingCapacity: true) }
    // Whoever comes later begins with a snapshot.
    guard feed.isHeard else { return }
    for id in dirty {
      if let chair = ward[id] {
        feed.publish(
          StreamMessage(name: "vitals", data: TileText.json(chair, at: lastNow)))
      }
    }
  }

  private func rearm() {
    guard let due = ward.nextDeadline, !isStopping, !isPaced else { return }
    // A timer that is armed for an earlier instant finds nothing due then, and is armed anew.
    if let armedFor, armedFor <= due { return }
    armedFor = due
    timer = onDeadline(after: clock.realTime(until: due)) { $0.deadlineReached() }
  }

  /// Meets deadlines on the beat of the lines; a timer of our own when that is over.
  ///
  /// Called on the ward's queue. Returns how long until the next.
  func paced(isOver: Bool) -> Duration? {
    guard !isStopping else { return nil }
    isPaced = !isOver
    if isOver {
      rearm()
    } else if armedFor != nil {
      timer = nil
      armedFor = nil
    }
    guard let due = ward.nextDeadline else { return nil }
    if due <= clock.now { deadlineReached() }
    return ward.nextDeadline.map(clock.realTime(until:))
  }

  private func deadlineReached() {
    armedFor = nil
    let now = stamp()
    ward.advance(to: now) { collect($0, $1) }
    settle()
  }

  private func everySecond() {
    noticeWallClockStep()
    noticeFailingLog()
    noticeAcknowledgement()
    watchSpace()
    loseSilentStations()
    watchSound()
    frameRates.note(ward)
    publishTiles()
    publishBeat()
    if notify.watchdogMicroseconds != nil { notify.send("WATCHDOG=1") }
  }

  /// The configuration binds the slot to another port, or to none: its line is about to be closed.
  ///
  /// A cuff that works is stopped first, while it can be reached. Called on any queue.
  nonisolated func letGo(_ slot: Slot) {
    executor.async(on: self) { ward in
      if slot.name == .cuff, ward.ward[slot.chair]?.monitor.isCuffWorking == true {
        _ = ward.perform(.nibpAbort, of: slot.chair, by: .system)
        ward.settle()
      }
      ward.handle(.line(slot, .closed(reason: "bound elsewhere")))
    }
  }

  /// Aborts what we started and writes everything out.
  ///
  /// Nothing is taken afterwards.
  public func stop() async {
    for chair in ward.chairs where chair.monitor.isCuffWorking || chair.monitor.stat != nil {
      _ = perform(.nibpAbort, of: chair.id, by: .system)
    }
    passOn()
    isStopping = true
    tick = nil
    flushing = nil
    timer = nil
    flush()
    await store.close()
    feed.finish()
    tap.finish()
  }
}
