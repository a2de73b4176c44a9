public import Monitoring
import Recording
public import Vitals
public import Ward

/// What a station says every five seconds of itself.
public struct StationBeat: Hashable, Sendable {
  public let sound: StationSound
  /// The newest event that it has.
  public let lastEventID: Int64?

  public init(sound: StationSound, lastEventID: Int64?) {
    self.sound = sound
    self.lastEventID = lastEventID
  }
}

/// What is known of loudspeakers besides what the ward knows.
public struct SoundState: Sendable {
  /// The last beat of a station.
  public struct Heard: Sendable {
    public let secondsAgo: Int
    public let lastEventID: Int64?

    public init(secondsAgo: Int, lastEventID: Int64?) {
      self.secondsAgo = secondsAgo
      self.lastEventID = lastEventID
    }
  }

  /// `off`, `unknown`, `ready` or `failing`.
  public var hostAbility: String
  /// Why the server cannot sound.
  public var hostReason: String?
  /// What sounds there now.
  public var hostSounding: String?
  public var hostBursts = 0
  public var hostFailures = 0
  public var beats: [StaffID: Heard] = [:]

  public init(hostAbility: String) { self.hostAbility = hostAbility }
}

/// Who can be heard, in JSON.
public enum SoundText {
  /// For the snapshot: how many stations, whether a watched chair has none, and the server's own
  /// loudspeaker.
  public static func json(_ ward: Ward, _ state: SoundState) -> String {
    var json = JSONLine()
    json.add("audible", ward.audibleStations.count)
    json.add("unheard", ward.isAnyChairUnheard)
    var host = JSONLine()
    host.add("state", state.hostAbility)
    host.add(orNull: "reason", state.hostReason)
    host.add(orNull: "sounding", state.hostSounding)
    host.add("bursts", state.hostBursts)
    host.add("failures", state.hostFailures)
    json.addRaw("host", host.line)
    return json.line
  }

  private static func truth(_ value: Bool?) -> String { value.map { "\($0)" } ?? "null" }

  /// How one station is; before its first beat nothing is known.
  static func add(_ station: StaffID, of ward: Ward, _ state: SoundState, to json: inout JSONLine) {
    let sound = ward.sound(of: station)
    json.addRaw("visible", truth(sound?.isVisible))
    json.addRaw("audible", truth(sound?.isAudible))
    json.add(orNull: "soundCheckedBy", sound?.checkedBy?.name)
    json.add(orNull: "beatSeconds", state.beats[station]?.secondsAgo)
    json.add(orNull: "lastEventId", state.beats[station]?.lastEventID.map { Int($0) })
  }
}
