import Annunciator
import DispatchKit
import Hotplug
import Lines
public import Logging
import Monitoring
import Recording
public import Settings
import Station
import Store
import Vitals
import Ward

/// The daemon: introduces ward, devices, log and station to each other, and ends them in order.
public struct Daemon: Sendable {
  public static let version = "0.1.0"

  public var settings: Settings
  /// How many times faster than real time the ward's clock runs; 1 in the clinic.
  public var speed: Double = 1
  /// A clock that others share; `nil` for the daemon's own.
  public var clock: WardClock?
  public var isDemo = false
  /// How many bytes of the flight recorder may wait for a disk that takes nothing.
  public var mostHeld = WardActor.mostHeld
  /// The log's sessions were simulated up to this very moment: nobody was left unwatched.
  public var isContinuation = false
  let logger: Logger

  public init(settings: Settings, logger: Logger) {
    self.settings = settings
    self.logger = logger
  }

  /// What a running daemon can be asked for.
  public struct Handle: Sendable {
    public let ward: WardActor
    let desk: AccountDesk
    /// The TCP port of the station.
    public let port: Int
    let bindings: Bindings

    /// Applies what may change while patients are watched: which port a device is on.
    ///
    /// Everything else takes effect with the next start. `read` gives `nil` for a file that does
    /// not read.
    public func reload(_ read: () -> Settings?) {
      let boottime = WardClock.boottimeNanoseconds / 1000
      ward.notify.send("RELOADING=1\nMONOTONIC_USEC=\(boottime)")
      if let settings = read() { bindings.apply(settings) }
      ward.notify.send("READY=1")
    }
  }

  /// Runs until `body` returns; `body` is called once the station answers.
  ///
  /// - Throws: ``StoreError``, ``LineError``, or what the station says of a port in use.
  public func run(_ body: @escaping @Sendable (Handle) async -> Void) async throws {
    let beginning = try await Beginning(self)
    let (store, history, book) = (beginning.store, beginning.history, beginning.book)
    let (plan, recovery) = (beginning.plan, beginning.recovery)
    let boot = BootID.current
    let isSameBoot = beginning.lastRun.map { $0.boot == boot }
    let clock = self.clock ?? self.clock(after: recovery.lastInstant, boot, beginning.lastRun)
    store.begin(
      Run(
        boot: boot, instant: clock.now, speed: clock.speed, settings: settings, plan: plan,
        names: names(of: book)))

    let feed = Feed<StreamMessage>(capacity: 1024)
    let mailbox = Mailbox(logger)
    // Nothing here blocks: the ports' calls return at once, and opening and closing happen elsewhere.
    let executor = SerialQueueExecutor(label: "ward")
    let ports = try Ports<Slot>(
      on: executor, report: { mailbox.deliver($1, from: $0) },
      onBeat: { mailbox.beat(isOver: $0) })
    let ward = WardActor(
      on: executor, ward: recovery.ward, clock: clock, sequence: recovery.lastSequence,
      identity: identity, names: names(of: book), store: store, feed: feed,
      mostHeld: mostHeld
    ) { slot, bytes, isFeature in ports.send(bytes, to: slot, asFeature: isFeature) }
    mailbox.open(ward)
    takeUp(recovery, ward, isCertain: isSameBoot)
    if let setAside = beginning.setAside { ward.report(setAside) }
    await ward.start()
    let annunciator = Loudspeaker.make(settings.annunciator, logger) { ward.heard($0) }
    await ward.use(annunciator)
    let hotplug = DeviceMonitor { change in
      if case .added(let device) = change { ports.deviceAppeared(device.node) }
    }
    if case .blind(_, let reason) = await hotplug.start() {
      logger.notice("no hotplug events: \(reason); absent devices are tried every few seconds")
    }
    let bindings = Bindings(ports, mailbox, logger)
    bindings.apply(settings)

    let housekeeping = Housekeeping(
      store: store, path: settings.storePath, retention: settings.retention, logger: logger)
    await housekeeping.start()

    let setup = SetupCode(beside: settings.storePath)
    if book.isEmpty { announce(setup) } else { setup.used() }
    let desk = AccountDesk(
      book: book, seed: seed, fallback: plan.roster, ledger: ward, clock: clock, setup: setup)
    let station = Station(
      link: WardLink(
        ward: ward, desk: desk, history: history, bindings: bindings,
        reports: SessionReport(history: history)), feed: feed)
    let (listening, announce) = AsyncStream.makeStream(of: Int.self)
    try await withThrowingTaskGroup(of: Void.self) { [logger, settings] group in
      group.addTask {
        try await station.run(port: settings.port, logger: logger) { announce.yield($0) }
      }
      if let door = secureDoor() { group.addTask { await station.run(door, logger: logger) } }
      group.addTask {
        guard let port = await listening.first(where: { _ in true }) else { return }
        ward.notify.send("READY=1")
        await body(Handle(ward: ward, desk: desk, port: port, bindings: bindings))
        ward.notify.send("STOPPING=1")
        setup.used()
        await ward.stop()
        await annunciator.stop()
        await ports.shutdown()
        await hotplug.stop()
        await housekeeping.stop()
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Tells the ward what happened while no daemon ran.
  ///
  /// Only within one boot is the length of the gap certain.
  private func takeUp(_ recovery: Recovery, _ ward: WardActor, isCertain: Bool?) {
    guard let last = recovery.lastInstant else { return }
    // The lines went with the daemon that held them. Were they closed only now, a cuff would be
    // ordered, and would fail, at due times when nobody was there.
    let closed = LineChange.closed(reason: "daemon restarted")
    // The same holds for stations: it was not they who fell silent.
    // One that was missed before is missed still, but for an empty ward.
    let isWatching = recovery.ward.chairs.contains { $0.monitor.session?.isMonitored == true }
    let left = recovery.ward.stations.union(isWatching ? [] : recovery.ward.lostStations)
    // And what was wrong with the log is over: this daemon has opened it, and written to it.
    let isFailing = recovery.ward.wardAlarms.logFailing != nil
    // Who can be heard is found out anew.
    let wasSilent = recovery.ward.wardAlarms[.stationSilent] != nil
    ward.take(
      recovery.openSlots.map { .line($0, closed) }
        + left.sorted { $0.name < $1.name }.map { .stationSays($0, .goodbye) }
        + (isFailing ? [.log(.well)] : []) + (wasSilent ? [.sound(.stations)] : []),
      at: last)
    ward.take(recovery.staffChanges, at: last)
    // A log that only `chairside account` has written to was watched by nobody before.
    if !isContinuation, let isCertain { ward.take(.interrupted(since: last, isCertain: isCertain)) }
  }

  /// The clock of a daemon that goes on after `last`.
  ///
  /// Boot time while it is the same boot and runs at its own speed. Otherwise counted on from the
  /// last start: by boot time if it has not begun anew since, else by the wall clock.
  private func clock(after last: Instant?, _ boot: String, _ lastRun: Run?) -> WardClock {
    guard let last, let run = lastRun else {
      return speed == 1 ? .real : WardClock(from: .zero, at: speed)
    }
    if run.boot == boot, run.speed == 1, speed == 1, WardClock.real.now >= last { return .real }
    let elapsed =
      run.boot == boot
      ? WardClock.boottimeNanoseconds - run.boottimeNanoseconds
      : (WardClock.wall.milliseconds - run.wall.milliseconds) * 1_000_000
    let reached = run.instant + .nanoseconds(Int64(Double(elapsed) * run.speed))
    return WardClock(from: max(reached, last + .milliseconds(1)), at: speed)
  }

  private var identity: StationIdentity {
    StationIdentity(
      bootID: "\(BootID.current.prefix(8))-\(WardClock.boottimeNanoseconds)",
      version: Self.version, site: settings.site, isDemo: isDemo)
  }

  func plan(of book: AccountBook) -> WardPlan {
    WardPlan(
      policy: settings.policy, roster: settings.roster(book),
      chairs: settings.chairs.map { chair in
        WardPlan.Chair(id: chair.id, drivers: chair.devices.mapValues(\.driver))
      }, speed: clock?.speed ?? speed)
  }
}
