import DispatchKit
import Monitoring
import Vitals
import Ward

/// Which nurse stations are connected, by the streams they hold open.
struct StationStreams {
  var open = 0
  /// Since when a station has no stream, before it counts as lost.
  var silentSince: ContinuousClock.Instant?
}

extension WardActor {
  /// A station opened or closed a stream.
  ///
  /// Called from any task.
  nonisolated func stationStream(_ station: StaffID, isOpen: Bool) {
    executor.async(on: self) { ward in ward.count(station, isOpen) }
  }

  private func count(_ station: StaffID, _ isOpen: Bool) {
    var streams = stationStreams[station] ?? StationStreams()
    streams.open += isOpen ? 1 : -1
    streams.silentSince = streams.open == 0 ? .now : nil
    stationStreams[station] = streams
    if isOpen, !ward.stations.contains(station) { handle(.station(station, isLinked: true)) }
  }

  /// A page that reloads comes back at once; one that is away for longer is lost.
  func loseSilentStations() {
    let patience = Duration.seconds(ward.plan.policy.technical.stationLostSeconds)
    for (station, streams) in stationStreams {
      guard let since = streams.silentSince, since.duration(to: .now) >= patience else { continue }
      stationStreams[station] = nil
      handle(.station(station, isLinked: false))
    }
  }
}
