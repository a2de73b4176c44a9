import Monitoring
import Recording
public import Vitals
public import Ward

/// What does not change while a daemon runs.
public struct StationIdentity: Sendable {
  /// Changes with every start of the daemon; pages start anew when they see another.
  public let bootID: String
  public let version: String
  public let site: String
  /// Whether the patients are simulated.
  public let isDemo: Bool

  public init(bootID: String, version: String, site: String, isDemo: Bool) {
    self.bootID = bootID
    self.version = version
    self.site = site
    self.isDemo = isDemo
  }
}

/// The whole state in JSON: what a page starts from.
public enum SnapshotText {
  public static func json(
    _ ward: Ward, names: [StaffID: String], identity: StationIdentity, at now: Instant,
    wall: WallTime, speed: Double, asOf sequence: Int64, durable: Int64,
    sound: SoundState
  ) -> String {
    var json = JSONLine()
    json.add("asOfEventId", Int(sequence))
    json.add("durableEventId", Int(durable))
    json.add("serverTime", wall.description)
    json.addRaw("now", Seconds.short(now))
    json.add("bootId", identity.bootID)
    json.add("version", identity.version)
    json.add("site", identity.site)
    json.add("mode", identity.isDemo ? "demo" : "live")
    json.addRaw("speed", Self.speed(speed))
    json.add("policy", ward.plan.policy.policyID)
    let staff = ward.roster.members.map { member in
      var json = JSONLine()
      json.add("id", member.id.name)
      json.add("name", names[member.id] ?? member.id.name)
      json.add("role", member.role.rawValue)
      return json.line
    }
    json.addRaw("staff", "[" + staff.joined(separator: ",") + "]")
    json.addRaw("secretFor", secretDemands)
    let alarms = ward.wardAlarms.active.map {
      AlarmText.json($0, signal: $0.acknowledgedBy == nil ? .on : .acknowledged, at: now)
    }
    json.addRaw("alarms", "[" + alarms.joined(separator: ",") + "]")
    json.addRaw("ended", SignalsText.ends(ward.unconfirmedEnds))
    let stations = ward.stations.sorted { $0.name < $1.name }.map { station in
      var json = JSONLine()
      json.add("name", station.name)
      json.add("confirms", ward.confirmingStations.contains(station))
      json.add(
        orNull: "audioPausedSeconds", ward.audioPausedUntil(station).map { ($0 - now).wholeSeconds }
      )
      SoundText.add(station, of: ward, sound, to: &json)
      return json.line
    }
    json.addRaw("stations", "[" + stations.joined(separator: ",") + "]")
    json.addRaw("sound", SoundText.json(ward, sound))
    let chairs = ward.chairs.map { TileText.json($0, at: now) }
    json.addRaw("chairs", "[" + chairs.joined(separator: ",") + "]")
    return json.line
  }

  /// Which commands ask for the secret of whom, so that a page asks before it sends.
  private static let secretDemands: String = {
    var json = JSONLine()
    for name in CommandName.allCases where name.secretDemand != .never {
      json.add(name.rawValue, name.secretDemand.rawValue)
    }
    return json.line
  }()

  /// `1`, `20`, `2.5`: no more decimals than needed.
  public static func speed(_ speed: Double) -> String {
    speed == speed.rounded() ? "\(Int(speed))" : "\(speed)"
  }
}
