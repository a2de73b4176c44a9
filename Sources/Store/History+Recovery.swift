import GRDB
public import Monitoring
public import Vitals
public import Ward

/// What a daemon asks of the log when it starts.
extension History {
  /// Something that was so at an instant, whenever it began.
  public enum Standing: Sendable {
    case line(Slot, isOpen: Bool)
    case station(StaffID, confirms: Bool)
    case sound(StaffID, StationSound)

    /// What made it so.
    public var input: WardInput {
      switch self {
      case .line(let slot, let isOpen):
        .line(slot, isOpen ? .opened : .closed(reason: "before"))
      case .station(let station, confirms: true): .stationSays(station, .hello)
      case .station(let station, confirms: false): .station(station, isLinked: true)
      case .sound(let station, let sound): .stationSays(station, .sound(sound))
      }
    }

    /// What a recording of this chair begins with because of it; `nil` for nothing.
    public func opening(at chair: ChairID) -> WardInput? {
      if case .line(let slot, let isOpen) = self, slot.chair != chair || !isOpen { return nil }
      return input
    }
  }

  /// When the chair's session began that has not ended; `nil` when there is none.
  public func openSessionStart(of chair: ChairID) throws(StoreError) -> Instant? {
    let session = try lastSession(of: chair)
    return session?.isOpen == true ? session?.start : nil
  }

  /// When the chair's latest session began, and whether it goes on; `nil` when it never had one.
  public func lastSession(
    of chair: ChairID
  ) throws(StoreError) -> (start: Instant, isOpen: Bool)? {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT t_ms, body ->> 'state' AS state FROM event
          WHERE chair = ? AND kind = 'session' ORDER BY seq DESC
          """, arguments: [chair.name])
      var (start, isOpen) = (Instant?.none, true)
      while let row = try rows.next() {
        if Self.endings.contains(row["state"]) {
          guard start == nil else { break }
          isOpen = false
        }
        start = .milliseconds(row["t_ms"])
      }
      return start.map { ($0, isOpen) }
    }
  }

  /// The chairs that ever had a session.
  public func chairsWithSession() throws(StoreError) -> [ChairID] {
    try read {
      try String.fetchAll(
        $0, sql: "SELECT DISTINCT chair FROM event WHERE kind = 'session' ORDER BY chair"
      ).compactMap { ChairID($0) }
    }
  }

  static let endings: Set<String> = ["signedOff", "transferred", "leftAMA", "aborted"]

  /// The lines that were open or closed and the stations that were linked at an instant.
  public func stationsAndLines(before instant: Instant) throws(StoreError) -> [Standing] {
    try read { database in
      let lines = try Row.fetchAll(
        database,
        sql: """
          SELECT chair, body ->> 'slot' AS slot, body ->> 'change' AS change, max(seq)
          FROM event WHERE kind = 'device' AND t_ms < ?
            AND body ->> 'change' IN ('connected', 'disconnected')
          GROUP BY chair, slot
          """, arguments: [instant.milliseconds])
      let stations = try Row.fetchAll(
        database,
        sql: """
          SELECT body ->> 'station' AS station, body ->> 'change' AS change,
            body ->> 'confirms' AS confirms, max(seq)
          FROM event WHERE kind = 'station' AND t_ms < ? GROUP BY station
          """, arguments: [instant.milliseconds])
      let sounds = try Self.sounds(before: instant, database)
      return lines.compactMap { row in
        guard let chair = ChairID(row["chair"] as String),
          let slot = SlotName(rawValue: row["slot"])
        else { return nil }
        return .line(Slot(chair, slot), isOpen: row["change"] == "connected")
      }
        + stations.compactMap { row in
          guard row["change"] == "linked", let station = StaffID(row["station"] as String) else {
            return nil
          }
          return .station(station, confirms: (row["confirms"] as Int?) == 1)
        } + sounds
    }
  }

  /// What stations have said of their sound since they were last linked.
  private static func sounds(before instant: Instant, _ database: Database) throws -> [Standing] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT body ->> 'station' AS station, body ->> 'visible' AS visible,
          body ->> 'audible' AS audible, body ->> 'by' AS by_user, max(seq)
        FROM event AS said
        WHERE chair = ? AND kind = 'audit' AND body ->> 'what' = 'stationSound' AND t_ms < ?
          AND NOT EXISTS (
            SELECT * FROM event WHERE chair = said.chair AND kind = 'station'
              AND seq > said.seq AND t_ms < ?
              AND body ->> 'station' = said.body ->> 'station')
        GROUP BY station ORDER BY station
        """, arguments: [ChairID.ward.name, instant.milliseconds, instant.milliseconds])
    return rows.compactMap { row in
      StaffID(row["station"] as String).map {
        .sound(
          $0,
          StationSound(
            isVisible: (row["visible"] as Int?) == 1, isAudible: (row["audible"] as Int?) == 1,
            checkedBy: (row["by_user"] as String?).flatMap { StaffID($0) }))
      }
    }
  }

  /// The drivers that last spoke at a chair's slots.
  public func drivers(of chair: ChairID) throws(StoreError) -> [SlotName: String] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT body ->> 'slot' AS slot, body ->> 'driver' AS driver, max(seq) FROM event
          WHERE kind = 'device' AND chair = ? AND body ->> 'change' = 'connected' GROUP BY slot
          """, arguments: [chair.name])
      let pairs = rows.compactMap { row in
        SlotName(rawValue: row["slot"]).map { ($0, row["driver"] as String) }
      }
      return Dictionary(pairs, uniquingKeysWith: { $1 })
    }
  }

  /// The blood pressures of a chair in an interval, as timeline lines.
  public func pressures(
    of chair: ChairID, from: Instant, to: Instant
  ) throws(StoreError) -> [String] {
    try read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT body FROM event WHERE chair = ? AND kind = 'reading' AND t_ms BETWEEN ? AND ?
          ORDER BY seq
          """, arguments: [chair.name, from.milliseconds, to.milliseconds])
    }
  }
}
