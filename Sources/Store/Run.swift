import GRDB
import Records
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
  /// The site's name.
  public let site: String
  /// The public half of the key that signs this run's records; the store fills it in.
  public internal(set) var siteKey = ""
  /// Which file of the site the log is, from 1; the store fills it in.
  ///
  /// An event's name for ever is site, epoch and number: a log that replaces one that was lost or was
  /// set back to a backup counts one on, so no two events share a name.
  public internal(set) var epoch: Int64 = 1
  /// The whole policy as signatures hash it (`Records.PolicyText`).
  public let policyText: String
  /// The printed names of the staff, by user name.
  public let names: [String: String]

  public init(
    boot: String, boottimeNanoseconds: Int64, instant: Instant, wall: WallTime, speed: Double,
    software: String, policyID: String, staff: String = "", limits: String = "",
    site: String = "", policyText: String = "", names: [String: String] = [:]
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
    self.site = site
    self.policyText = policyText
    self.names = names
  }

  func insert(_ database: Database, _ chain: inout ChainWriter) throws {
    let names = JSONValue.object(names.mapValues { .text($0) })
    try chain.insert(
      .run, nil,
      [
        .text(boot), .integer(boottimeNanoseconds), .integer(instant.milliseconds),
        .integer(wall.milliseconds), .real(speed), .text(software), .text(policyID),
        .text(staff), .text(limits), .text(site), .text(siteKey), .text(policyText),
        .text(names.canonical), .integer(epoch),
      ], into: database)
  }

  init(row: Row) {
    self.init(
      boot: row["boot"], boottimeNanoseconds: row["boottime_ns"],
      instant: .milliseconds(row["instant_ms"]), wall: WallTime(milliseconds: row["wall_ms"]),
      speed: row["speed"], software: row["software"], policyID: row["policy"],
      staff: row["staff"], limits: row["limits"], site: row["site"],
      policyText: row["policy_text"], names: Self.names(row["names"]))
    siteKey = row["site_key"]
    epoch = row["epoch"] ?? 1
  }

  private static func names(_ text: String) -> [String: String] {
    (JSONValue(text)?.object ?? [:]).compactMapValues(\.text)
  }
}
