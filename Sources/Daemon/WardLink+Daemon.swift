import Annunciator
import Feeds
import Monitoring
import Recording
import Station
import Store
import Vitals
import Ward

extension WardLink {
  /// What the station may ask, answered by the live ward and the log.
  init(
    ward: WardActor, desk: AccountDesk, history: History, bindings: Bindings,
    reports: SessionReport
  ) {
    self.init(
      snapshot: { await ward.snapshot() },
      chair: { await ward.tile(of: $0) },
      submit: { await desk.submit($1, of: $0, by: $2, secret: $3, to: ward) },
      enter: { await desk.enter($0, secret: $1) },
      role: { await desk.roster.role(of: $0) },
      read: { await ward.read($1, of: $0, by: $2) },
      accounts: { order in
        await desk.administer(order).map {
          AccountList(
            $0.accounts, at: ward.clock.now, wall: WardClock.wall, isDurable: $0.isDurable)
        }
      },
      events: { try await history.events(after: $0, limit: $1).map(EventMessage.message) },
      unlogged: { await ward.unlogged() },
      chairEvents: { chair, limit in
        let events = try await history.events(of: chair, limit: limit)
        let list = events.map { EventMessage.message($0).data }.joined(separator: ",")
        return #"{"events":["# + list + "]}"
      },
      trend: { chair, seconds, points in
        let end = await ward.now
        let start = end - Duration.seconds(seconds)
        return TrendText.json(
          samples: try await history.samples(of: chair, from: start, to: end),
          pressures: try await history.pressures(of: chair, from: start, to: end),
          end: end, seconds: seconds, points: points)
      },
      stationStream: { ward.stationStream($0, isOpen: $1, confirms: $2) },
      stationSays: { await ward.hear($1, from: $0) },
      stationBeat: { await ward.hear($1, from: $0) },
      health: { await ward.health() },
      readiness: { await ward.readiness() },
      metrics: { await ward.metrics() },
      devices: { await ward.devices(port: { bindings.port(of: $0) }) },
      deviceBytes: { ward.tap.messages(of: $0) },
      sessions: { try await reports.sessions(of: $0) },
      report: { name, station in
        guard let visit = try await reports.visit(named: name) else { return nil }
        await ward.noteShown(name, as: .report, at: station)
        return Report(try await reports.log(of: visit)).html
      })
  }
}

extension WardActor {
  var now: Instant { clock.now }

  /// The whole state.
  ///
  /// Waits for what is decided but not durable yet, at most 250 ms.
  func snapshot() async -> String {
    await whenPublished()
    return SnapshotText.json(
      ward, names: names, identity: identity, at: clock.now, wall: wall(clock.now),
      speed: clock.speed, asOf: sequence,
      durable: publisher.firstHeld.map { $0.sequence - 1 } ?? sequence, sound: soundState)
  }

  func tile(of id: ChairID) async -> String? {
    if id == .ward { return "{}" }
    await whenPublished()
    return ward[id].map { TileText.json($0, at: clock.now, isFull: true) }
  }

  /// Takes a reading that a person typed in.
  ///
  /// Returns after its events are durable or 250 ms have passed.
  func read(
    _ reading: HandReading, of chair: ChairID, by staff: StaffID
  ) async -> CommandAnswer {
    guard let monitor = ward[chair]?.monitor else {
      return CommandAnswer(refusal: Refusal(.noSuchChair), isDurable: true)
    }
    if let why = monitor.reasonAgainstReading(by: ward.roster.role(of: staff)) {
      return CommandAnswer(refusal: Refusal(why), isDurable: true)
    }
    handle(.reading(chair, reading, by: staff))
    return CommandAnswer(refusal: nil, isDurable: await whenPublished())
  }

  func health() -> (isWell: Bool, text: String) {
    var note = setAside.map { "; a damaged log was set aside as \($0)" } ?? ""
    if let ahead = logSpace?.ahead, ahead > Self.mostAhead {
      note +=
        "; somebody reads the log without an end, and keeps \(ahead >> 20) MiB out of its file"
    }
    return switch logHealth {
    case .well, .renewed: (true, "ok" + note)
    case .lowSpace: (true, "ok, with less than 1 GiB of disk space" + note)
    case .late, .failing: (false, "the log is \(logHealth.rawValue)" + note)
    }
  }

  func devices(port: @Sendable (Slot) -> String?) -> String {
    DeviceText.json(ward, at: clock.now, port: port, rate: { frameRates[$0] })
  }

  func metrics() -> String {
    Metrics.text(ward, at: clock.now)
      + Metrics.text(
        log: logSpace.map { (file: $0.file, ahead: $0.ahead, free: $0.free) },
        waitingSeconds: publisher.oldestWait?.components.seconds ?? 0)
      + Metrics.text(
        hostSound: sounds.host.ability == .ready, bursts: sounds.host.bursts,
        failures: sounds.host.failures)
  }
}
