import Monitoring
public import Recording
public import Vitals
public import Ward

/// A chair's latest session as the log holds it: what reached the ward, and what it decided.
public struct SessionRecord: Sendable {
  /// The flight recording, on a time axis that begins with the session.
  public let recording: Recording
  /// The stored events of the chair and of the ward, on the same axis.
  public let events: [String]

  /// Reads the session of a chair that begins with an event, by default the latest; `nil` when there
  /// is none.
  /// - Throws: ``StoreError``, also when the raw bytes of so old a session are gone.
  public init?(
    of chair: ChairID, beginningWith opening: Int64? = nil, in history: History
  ) async throws {
    guard let session = try await history.session(of: chair, beginningWith: opening) else {
      return nil
    }
    let offset = session.start - Instant.zero
    let stored = try await history.events(of: chair, from: session.start, before: session.next)
    events = stored.map { EventText.rebased($0.line, by: offset) }
    let drivers = try await history.drivers(of: chair)
    let standing = try await history.stationsAndLines(before: session.start).compactMap {
      $0.opening(at: chair)
    }
    let alarms = try await history.standingAlarms(before: session.start)
    var entries: [(at: Instant, entry: WireText.Entry)] = []
    let last = session.next == nil ? nil : stored.last?.at
    for block in try await history.flight(from: session.start, to: last) {
      for (at, input) in try FlightLog.read(block)
      where at >= session.start && at <= last ?? at && input.concerns(chair) {
        entries.append((at - offset, .input(input.rebased(by: offset))))
      }
    }
    if let last = stored.last {
      entries.append((max(entries.last?.at ?? .zero, last.at - offset), .end))
    }
    let run = try await history.run(at: session.start)
    let startedAt = stored.first?.wall ?? run?.wall ?? WallTime(milliseconds: 0)
    recording = Recording(
      remarks: [
        "Device: as bound at chair \(chair)",
        "Source: flight recorder, chairside \(run?.software ?? "")",
        "Shows: the session that began \(startedAt)",
      ],
      startedAt: startedAt, policyID: run?.policyID ?? "",
      plan: WardPlan(
        policy: try PlanText.policy(run?.limits.split(separator: " ").map(String.init) ?? []),
        roster: try await history.roster(before: session.start) ?? .standard,
        chairs: [WardPlan.Chair(id: chair, drivers: drivers)],
        speed: run?.speed ?? 1),
      standing: standing, alarms: alarms.rebased(by: offset), entries: entries)
  }
}

extension WardInput {
  /// Whether it can influence this chair.
  public func concerns(_ chair: ChairID) -> Bool {
    switch self {
    case .bytes(let slot, _), .line(let slot, _): slot.chair == chair
    case .command(let id, _, _), .reading(let id, _, _): id == chair || id == .ward
    case .stationSays(_, .confirmed(let id, _, _)), .stationSays(_, .sounded(let id, _, _)):
      id == chair || id == .ward
    case .account(let id, _): id == chair || id == .ward
    case .wallClockStepped, .station, .stationSays, .log, .sound, .logSetAside, .deviceBytesKept,
      .staff,
      .interrupted:
      true
    }
  }

  fileprivate func rebased(by offset: Duration) -> WardInput {
    guard case .interrupted(let since, let isCertain) = self else { return self }
    return .interrupted(since: since - offset, isCertain: isCertain)
  }
}
