import Monitoring
import Vitals

/// One chair's way to people: its alarms, its link to a station, and the sounder beside the patient
/// (`clinical.md` 3.7 to 3.9).
///
/// The sounder is silent only while a station that confirms what it shows is linked and does not say
/// that nobody can hear it, no alarm is undelivered, and a session runs.
public struct ChairDesk: Hashable, Sendable {
  /// Who shows the chair now.
  struct Reach: Hashable {
    /// Stations that confirm.
    let confirming: Set<StaffID>
    /// Those among them that are seen and heard.
    let audible: Set<StaffID>
    /// Those among them that say that they are not; of the others it is not known.
    let silent: Set<StaffID>
    /// Those whose sound a person has paused.
    let paused: Set<StaffID>
    /// Whether any station is linked, be it a display.
    let isAnyLinked: Bool
    let isMonitored: Bool
    let owner: StaffID?

    /// Whether the chair's station, or any where it has none, confirms.
    var isCovered: Bool {
      guard isMonitored else { return false }
      return has(confirming)
    }

    /// Whether the chair's station, or any where it has none, is one of these.
    func has(_ stations: Set<StaffID>) -> Bool {
      owner.map { stations.contains($0) } ?? !stations.isEmpty
    }
  }

  var alarms: AlarmDesk
  /// Whether the sounder at the chair sounds.
  public private(set) var isSounderOn = true
  private var isCovered = false
  /// A station that covered the chair fell silent, and none has come since.
  private var isLinkLost = false
  private var isUndelivered = false
  /// Whether a station that shows the chair is seen and heard.
  public private(set) var isHeard = false

  init(limit: Duration) { alarms = AlarmDesk(limit: limit) }

  /// Ends of alarms that no station has confirmed yet.
  public var unconfirmedEnds: [(alarm: Int, revision: Int)] { alarms.deliveries.unconfirmedEnds }

  /// Compares what is with what was.
  ///
  /// `isSilence` tells that a station is gone without a goodbye. Returns what the chair's monitor
  /// must know.
  mutating func settle(
    _ reach: Reach, isSilence: Bool = false, at now: Instant, emit: (AuditEntry) -> Void
  ) -> [LinkNews] {
    guard reach.isMonitored else {
      alarms.clear()
      (isCovered, isLinkLost, isUndelivered) = (false, false, false)
      isHeard = false
      sound(true, .sessionEnded, emit)
      return []
    }
    var news: [LinkNews] = []
    let wasCovered = isCovered
    isCovered = reach.isCovered
    if isCovered, isLinkLost {
      isLinkLost = false
      news.append(.back)
    } else if wasCovered, !isCovered {
      isLinkLost = isSilence
      news.append(isSilence ? .lost : .left)
    }
    // A ward with nothing but displays was never promised a confirmation. One with no screen at all
    // shows its alarms to nobody.
    alarms.expect(
      !reach.confirming.isEmpty || !reach.isAnyLinked || isLinkLost,
      anybodyShows: !reach.confirming.isEmpty, at: now)
    isHeard = reach.has(reach.audible)
    alarms.expectSound(reach.has(reach.audible.subtracting(reach.paused)), at: now)
    if alarms.isOverdue != isUndelivered {
      isUndelivered.toggle()
      news.append(isUndelivered ? .undelivered : .delivered)
    }
    if isUndelivered {
      sound(true, .notDelivered, emit)
    } else if isCovered {
      let isSilent = !reach.has(reach.confirming.subtracting(reach.silent))
      sound(isSilent, isSilent ? .stationSilent : .linked, emit)
    } else {
      sound(true, isLinkLost ? .linkLost : .stationLeft, emit)
    }
    return news
  }

  private mutating func sound(
    _ isOn: Bool, _ cause: ChairAudioCause, _ emit: (AuditEntry) -> Void
  ) {
    guard isOn != isSounderOn else { return }
    isSounderOn = isOn
    emit(.chairAudio(isOn: isOn, cause))
  }
}
