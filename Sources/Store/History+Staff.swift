import GRDB
public import Monitoring
import Recording
public import Vitals

extension History {
  /// Who might give commands just before an instant: the staff that the daemon of that time began
  /// with, and what has changed since; `nil` when no daemon has run.
  public func roster(before instant: Instant) throws(StoreError) -> Roster? {
    guard let run = try run(at: instant) else { return nil }
    var roster: Roster
    do throws(TextError) {
      roster = try PlanText.roster(run.staff.split(separator: " ").map(String.init))
    } catch {
      throw .cannotRead(reason: "the staff of the run at \(run.wall): \(error)")
    }
    for (user, role) in try staffChanges(from: run.instant, before: instant) {
      roster.set(role, of: user)
    }
    return roster
  }

  private func staffChanges(
    from start: Instant, before instant: Instant
  ) throws(StoreError) -> [(user: StaffID, role: Role?)] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT body ->> 'user' AS user, body ->> 'role' AS role FROM event
          WHERE chair = ? AND kind = 'audit' AND body ->> 'what' = 'staffChanged'
            AND t_ms >= ? AND t_ms < ? ORDER BY seq
          """,
        arguments: [ChairID.ward.name, start.milliseconds, instant.milliseconds]
      ).compactMap { row in
        StaffID(row["user"] as String).map { ($0, Role(rawValue: row["role"])) }
      }
    }
  }
}
