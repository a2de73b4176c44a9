import DispatchKit
import Monitoring
import Recording
import Station
import Store
import Vitals
import Ward

/// From the log to people: an event is shown when it is durable, or after 250 ms all the same.
extension WardActor {
  /// How long the disk may take before an event is shown without it.
  private static let patience = Duration.milliseconds(250)
  /// A log that has taken nothing for this long has failed (`clinical.md` 3.3).
  private static let failure = Duration.seconds(10)
  /// With less space than this somebody must make room (`clinical.md` 3.3).
  private static let leastSpace: Int64 = 1 << 30
  /// Somebody who reads the log without an end keeps more than this from being moved into the file.
  static let mostAhead: Int64 = 256 << 20
  /// Some hours of eight chairs; the service may use 512 MiB (`systemd/chairside.service`).
  public static let mostHeld = 64 << 20
  private static let beatsBetweenSpaceChecks: UInt64 = 30
  /// A wall clock that is this far off what it should show was stepped.
  private static let wallTolerance: Int64 = 2000

  func committed(_ number: UInt64, _ isDurable: Bool) {
    guard isDurable else { return }
    show(publisher.release(upTo: number), isDurable: true)
    if publisher.oldestWait == nil, !keepsBytes {
      keepsBytes = true
      handle(.deviceBytesKept(true))
    }
    if publisher.oldestWait == nil, logHealth != restingHealth { report(restingHealth) }
    publishTiles()
  }

  /// Arms the 250 ms after which events are shown without the disk.
  func watchLateness() {
    guard lateTimer == nil else { return }
    lateTimer = onDeadline(after: Self.patience) { $0.notePatienceEnd() }
  }

  private func notePatienceEnd() {
    lateTimer = nil
    guard let wait = publisher.oldestWait else { return }
    guard wait >= Self.patience else {
      lateTimer = onDeadline(after: Self.patience - wait) { $0.notePatienceEnd() }
      return
    }
    show(publisher.showAll(), isDurable: false)
    if logHealth == restingHealth { report(.late) }
    publishTiles()
  }

  func noticeFailingLog() {
    guard let wait = publisher.oldestWait else { return }
    // Memory is for watching. What people did, what was decided and the numbers go on being kept.
    if publisher.heldBytes > mostHeld, keepsBytes {
      handle(.deviceBytesKept(false))
      keepsBytes = false
    }
    if wait >= Self.failure, logHealth != .failing { report(.failing) }
    if wait >= Self.patience, lateTimer == nil { watchLateness() }
  }

  /// What a log is that takes everything.
  private var restingHealth: LogHealth {
    isSpaceLow ? .lowSpace : isRenewalNews ? .renewed : .well
  }

  /// The log is a new one: on record, and an alarm until somebody acknowledges it.
  nonisolated func report(_ log: SetAside) {
    executor.async(on: self) { ward in
      let name = String(log.path.split(separator: "/").last ?? "")
      ward.setAside = name
      ward.isRenewalNews = true
      ward.handle(
        .logSetAside(
          LostLog(
            file: name, reason: log.reason, accounts: log.accounts.count, chairs: log.chairs)))
      ward.report(ward.restingHealth)
    }
  }

  /// Whoever acknowledges it knows of it.
  func noticeAcknowledgement() {
    guard isRenewalNews, ward.wardAlarms.logFailing?.acknowledgedBy != nil else { return }
    let isResting = logHealth == restingHealth
    isRenewalNews = false
    if isResting { report(restingHealth) }
  }

  /// Asks the store for the space that is left, twice a minute.
  func watchSpace() {
    guard beat % Self.beatsBetweenSpaceChecks == 1 else { return }
    store.measureSpace { [weak self] space in
      guard let self else { return }
      executor.async(on: self) { $0.noticeSpace(space) }
    }
  }

  private func noticeSpace(_ space: LogSpace) {
    let isResting = logHealth == restingHealth
    logSpace = space
    if let free = space.free { isSpaceLow = free < Self.leastSpace }
    if isResting, logHealth != restingHealth { report(restingHealth) }
  }

  private func report(_ health: LogHealth) {
    logHealth = health
    handle(.log(health))
  }

  private func show(_ events: [Batch.Event], isDurable: Bool) {
    for event in events {
      feed.publish(EventMessage.message(event, isDurable: isDurable))
    }
  }

  /// Returns once everything decided so far may be shown: whether the log holds it.
  @discardableResult
  func whenPublished() async -> Bool {
    await withCheckedContinuation { publisher.wait($0) }
  }

  /// What streams cannot find in the log.
  func unlogged() -> Unlogged {
    Unlogged(
      newest: sequence,
      events: publisher.shownEarly.map { EventMessage.message($0, isDurable: false) })
  }

  func noticeWallClockStep() {
    // A clock that runs at another speed has no wall clock to agree with.
    guard clock.speed == 1 else { return }
    let off = WardClock.wall.milliseconds - wall(clock.now).milliseconds
    guard abs(off) > Self.wallTolerance else { return }
    wallStepMilliseconds += off
    handle(.wallClockStepped(milliseconds: off))
  }

  func publishBeat() {
    beat += 1
    let alarms = ward.chairs.flatMap(\.monitor.activeAlarms).filter { $0.presence == .active }
    var json = JSONLine()
    json.add("seq", Int(beat))
    json.add("serverTime", wall(clock.now).description)
    json.addRaw("now", Seconds.short(clock.now))
    json.add("bootId", identity.bootID)
    json.add("activeHigh", alarms.count { $0.priority == .high })
    json.add("activeMedium", alarms.count { $0.priority == .medium })
    json.add("lastEventId", Int(sequence))
    json.addRaw("speed", SnapshotText.speed(clock.speed))
    json.addRaw("sound", SoundText.json(ward, soundState))
    feed.publish(StreamMessage(name: "hb", data: json.line))
    let silence = ward.wardAlarms[.stationSilent] == nil ? "" : ", no station can be heard"
    notify.send("STATUS=\(ward.chairs.count) chairs, \(alarms.count) alarms\(silence)")
  }
}
