import GRDB
import Monitoring
public import Vitals
public import Ward

/// The ward's own alarms at an instant of the log.
extension History {
  /// What a ward must know of its own alarms to go on from just before an instant.
  public func standingAlarms(before instant: Instant) throws(StoreError) -> StandingAlarms {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT t_ms, body ->> 'alarm' AS alarm, body ->> 'change' AS change,
            body ->> 'priority' AS priority, body ->> 'id' AS id, body ->> 'by' AS by,
            body ->> 'remark' AS remark
          FROM event WHERE chair = ? AND kind = 'alarm' AND t_ms < ? ORDER BY seq
          """, arguments: [ChairID.ward.name, instant.milliseconds])
      var (count, standing) = (0, [Alarm]())
      var since: [Int: Instant] = [:]
      for row in rows {
        guard let id = AlarmID(rawValue: row["alarm"]),
          let change = AlarmChange.Step(rawValue: row["change"]),
          let priority = Priority.allCases.first(where: { $0.name == row["priority"] })
        else { continue }
        let (serial, at) = (row["id"] as Int, Instant.milliseconds(row["t_ms"]))
        var alarm =
          standing.first { $0.serial == serial }
          ?? Alarm(id: id, serial: serial, priority: priority, presence: .active, raisedAt: at)
        // One that a daemon left behind which did not know of this has no end of its own.
        standing.removeAll { $0.id == id }
        if change == .raised { count = serial }
        if change == .cleared || change == .reset { continue }
        since[serial] = at
        alarm.priority = priority
        alarm.revision += 1
        alarm.remark = (row["remark"] as String?).flatMap(Alarm.Remark.init(rawValue:))
        alarm.acknowledgedBy = change == .acknowledged ? StaffID(row["by"] as String) : nil
        standing.append(alarm)
      }
      standing.sort { $0.serial < $1.serial }
      let link = standing.first { $0.id == .stationLink }
      return StandingAlarms(
        count: count,
        alarms: try standing.map { alarm in
          StandingAlarms.Standing(
            alarm: alarm, since: since[alarm.serial] ?? alarm.raisedAt,
            shownAt: try Self.shown(alarm, before: instant, database))
        },
        lost: try link.map { try Self.lost(since: $0.raisedAt, before: instant, database) } ?? [])
    }
  }

  /// The stations that have confirmed this revision of an alarm, and have not come or gone since.
  private static func shown(
    _ alarm: Alarm, before instant: Instant, _ database: Database
  ) throws -> [StaffID] {
    try String.fetchAll(
      database,
      sql: """
        SELECT DISTINCT body ->> 'station' AS station FROM event AS shown
        WHERE chair = ? AND kind = 'audit' AND t_ms >= ? AND t_ms < ?
          AND body ->> 'what' = 'delivered' AND body ->> 'id' = ? AND body ->> 'revision' = ?
          AND NOT EXISTS (
            SELECT * FROM event WHERE chair = shown.chair AND kind = 'station'
              AND seq > shown.seq AND t_ms < ?
              AND body ->> 'station' = shown.body ->> 'station')
        ORDER BY station
        """,
      arguments: [
        ChairID.ward.name, alarm.raisedAt.milliseconds, instant.milliseconds, alarm.serial,
        alarm.revision, instant.milliseconds,
      ]
    ).compactMap { StaffID($0) }
  }

  /// The stations that fell silent since the alarm about it was raised, and have not come back.
  ///
  /// A display that is closed is lost as well, and nobody misses it.
  private static func lost(
    since start: Instant, before instant: Instant, _ database: Database
  ) throws -> [StaffID] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT t_ms, body ->> 'station' AS station, body ->> 'change' AS change,
          body ->> 'confirms' AS confirms
        FROM event WHERE chair = ? AND kind = 'station' AND t_ms < ? ORDER BY seq
        """, arguments: [ChairID.ward.name, instant.milliseconds])
    var (confirming, lost) = (Set<String>(), Set<String>())
    for row in rows {
      let station: String = row["station"]
      lost.remove(station)
      switch row["change"] as String {
      case "linked" where (row["confirms"] as Int?) == 1: confirming.insert(station)
      case "lost" where confirming.contains(station) && row["t_ms"] >= start.milliseconds:
        lost.insert(station)
        confirming.remove(station)
      default: confirming.remove(station)
      }
    }
    return lost.sorted().compactMap { StaffID($0) }
  }
}
