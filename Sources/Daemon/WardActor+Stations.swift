import DispatchKit
import Monitoring
import Vitals
import Ward

/// Which nurse stations are connected, by the streams they hold open.
struct StationStreams {
  var open = 0
  /// Since when a station has no stream, before it counts as lost.
  var silentSince: ContinuousClock.Instant?
  /// Whether the station says what it shows; the ward knows by itself when that one falls silent.
  var confirms = false
  /// When it said goodbye.
  var leftAt: ContinuousClock.Instant?
}

extension WardActor {
  /// A station opened or closed a stream.
  ///
  /// Called from any task.
  nonisolated func stationStream(_ station: StaffID, isOpen: Bool, confirms: Bool) {
    executor.async(on: self) { ward in ward.count(station, isOpen, confirms) }
  }

  /// A station spoke.
  ///
  /// Returns whether it may be relied on; one that may not must open its stream first.
  func hear(_ words: [StationWord], from station: StaffID) -> Bool {
    guard ward.confirmingStations.contains(station) || ward.isLost(station) else {
      return words == [.goodbye]
    }
    for word in words {
      if word == .goodbye {
        stationStreams[station]?.leftAt = .now
      } else {
        handle(.stationSays(station, word))
      }
    }
    return true
  }

  private func count(_ station: StaffID, _ isOpen: Bool, _ confirms: Bool) {
    var streams = stationStreams[station] ?? StationStreams()
    streams.open += isOpen ? 1 : -1
    streams.silentSince = streams.open == 0 ? .now : nil
    streams.confirms = streams.confirms || confirms
    if isOpen { streams.leftAt = nil }
    stationStreams[station] = streams
    if isOpen, confirms {
      handle(.stationSays(station, .hello))
    } else if isOpen, !ward.stations.contains(station) {
      handle(.station(station, isLinked: true))
    }
  }

  /// How long a page may take to come back, before its goodbye is believed.
  private static let reloading = Duration.seconds(3)

  /// A page that reloads comes back at once; one that is away for longer is lost.
  func loseSilentStations() {
    let patience = Duration.seconds(ward.plan.policy.technical.stationLostSeconds)
    for (station, streams) in stationStreams {
      guard let since = streams.silentSince else { continue }
      if let left = streams.leftAt, left.duration(to: .now) >= Self.reloading {
        stationStreams[station] = nil
        handle(.stationSays(station, .goodbye))
      } else if since.duration(to: .now) >= patience {
        stationStreams[station] = nil
        if !streams.confirms { handle(.station(station, isLinked: false)) }
      }
    }
  }
}
