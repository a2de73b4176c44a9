import GRDB
public import Vitals

/// One start of the daemon: how its instants relate to the clocks of that boot.
public struct Run: Sendable {
  /// The kernel's boot id; instants go on by `CLOCK_BOOTTIME` while it stays the same.
  public let boot: String
  /// `CLOCK_BOOTTIME` at the start.
  public let boottimeNanoseconds: Int64
  /// The ward's instant at the start.
  public let instant: Instant
  public let wall: WallTime
  /// How much faster than real time the daemon's clock runs; 1 outside demos and tests.
  public let speed: Double
  public let software: String
  public let policyID: String
  /// Who might give commands, as in recordings (`Recording.PlanText`).
  public let staff: String
  /// The limits that differ from the default policy, as in recordings.
  public let limits: String

  public init(
    boot: String, boottimeNanoseconds: Int64, instant: Instant, wall: WallTime, speed: Double,
    software: String, policyID: String, staff: String = "", limits: String = ""
  ) {
    self.boot = boot
    self.boottimeNanoseconds = boottimeNanoseconds
    self.instant = instant
    self.wall = wall
    self.speed = speed
    self.software = software
    self.policyID = policyID
    self.staff = staff
    self.limits = limits
  }

  func insert(_ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO run
          (boot, boottime_ns, instant_ms, wall_ms, speed, software, policy, staff, limits)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        boot, boottimeNanoseconds, instant.milliseconds, wall.milliseconds, speed, software,
        policyID, staff, limits,
      ])
  }

  init(row: Row) {
    self.init(
      boot: row["boot"], boottimeNanoseconds: row["boottime_ns"],
      instant: .milliseconds(row["instant_ms"]), wall: WallTime(milliseconds: row["wall_ms"]),
      speed: row["speed"], software: row["software"], policyID: row["policy"],
      staff: row["staff"], limits: row["limits"])
  }
}
