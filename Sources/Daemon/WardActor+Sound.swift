import Annunciator
import DispatchKit
import Monitoring
import Station
import Vitals
import Ward

/// What the daemon knows of loudspeakers: its own, and what stations say of theirs.
struct SoundDesk {
  /// The server's own; `nil` until the daemon has one.
  var annunciator: Annunciator?
  var host = Annunciator.State(ability: .off)
  var beats: [StaffID: (at: ContinuousClock.Instant, lastEventID: Int64?)] = [:]
  /// What was last given to the loudspeaker.
  var unheard: UnheardAlarms?
  /// Since when a watched chair has no station that is heard.
  var silentSince: ContinuousClock.Instant?
  /// What the ward was last told.
  var reach = SoundReach.stations
}

extension WardActor {
  /// From now on the server sounds what no station sounds.
  func use(_ annunciator: Annunciator) {
    sounds.annunciator = annunciator
    annunciator.start()
    updateLoudspeaker()
  }

  /// The server's loudspeaker has changed.
  ///
  /// Called on any queue.
  nonisolated func heard(_ state: Annunciator.State) {
    executor.async(on: self) { $0.sounds.host = state }
  }

  /// A station's beat.
  ///
  /// Returns whether it may be relied on; one that may not must open its stream first.
  func hear(_ beat: StationBeat, from station: StaffID) -> Bool {
    guard ward.confirmingStations.contains(station) else { return ward.isLost(station) }
    sounds.beats[station] = (.now, beat.lastEventID)
    if ward.sound(of: station) != beat.sound {
      handle(.stationSays(station, .sound(beat.sound)))
    }
    return true
  }

  /// Gives the loudspeaker what no station sounds; whatever changes that is an event.
  func updateLoudspeaker() {
    guard let annunciator = sounds.annunciator else { return }
    let unheard = ward.unheard
    guard unheard != sounds.unheard else { return }
    let isNews = unheard?.isNews(since: sounds.unheard) == true
    sounds.unheard = unheard
    annunciator.want(unheard.map { BurstName($0.priority) }, isNews: isNews)
  }

  /// Once a second: who has not been heard of, and whether anybody would hear an alarm.
  func watchSound() {
    // A page whose heart beats, and whose face is frozen, sounds nothing that can be relied on.
    let patience = Duration.seconds(ward.plan.policy.technical.stationLostSeconds)
    for (station, beat) in sounds.beats where beat.at.duration(to: .now) >= patience {
      sounds.beats[station] = nil
      if ward.sound(of: station) != nil { handle(.stationSays(station, .sound(.none))) }
    }
    let isUnheard = ward.isAnyChairUnheard
    sounds.silentSince = isUnheard ? sounds.silentSince ?? .now : nil
    if let since = sounds.silentSince {
      guard since.duration(to: .now) >= patience else { return }
      tell(sounds.host.ability == .ready ? .hostOnly : .nobody)
    } else {
      tell(.stations)
    }
  }

  private func tell(_ reach: SoundReach) {
    guard reach != sounds.reach else { return }
    sounds.reach = reach
    handle(.sound(reach))
  }

  /// Whether somebody would hear an alarm, and the words for it.
  func readiness() -> (isWell: Bool, text: String) {
    let health = self.health()
    guard health.isWell, ward.wardAlarms[.stationSilent] != nil else { return health }
    let host =
      sounds.host.ability == .ready ? "the server sounds" : "the server cannot sound either"
    return (false, "no-audible-station: \(host)")
  }

  var soundState: SoundState {
    let host = sounds.host
    var state = SoundState(hostAbility: host.ability.rawValue)
    state.hostReason = host.reason
    state.hostSounding = host.sounding?.rawValue
    (state.hostBursts, state.hostFailures) = (host.bursts, host.failures)
    state.beats = sounds.beats.mapValues { beat in
      SoundState.Heard(
        secondsAgo: Int(beat.at.duration(to: .now).components.seconds),
        lastEventID: beat.lastEventID)
    }
    return state
  }
}
