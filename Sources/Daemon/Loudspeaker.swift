public import Annunciator
import Logging
public import Settings
import Synchronization

/// The server's own loudspeaker as the configuration wants it.
public enum Loudspeaker {
  /// The program that plays, and why there is none.
  public static func player(
    _ settings: Settings.Annunciator
  ) -> (player: Player?, reason: String?) {
    switch settings {
    case .off: return (nil, nil)
    case .on(let device, let path?): return (Player(path: path, device: device), nil)
    case .on(let device, nil):
      if let player = Player(device: device) { return (player, nil) }
      return (nil, "aplay is not installed (package alsa-utils)")
    }
  }

  /// The loudspeaker, which says in the log when it can sound and when it cannot.
  static func make(
    _ settings: Settings.Annunciator, _ logger: Logger,
    report: @escaping @Sendable (Annunciator.State) -> Void
  ) -> Annunciator {
    let (player, reason) = player(settings)
    let said = Said()
    return Annunciator(player: player, reason: reason) { state in
      let last = said.last.withLock { last in
        defer { last = state }
        return last
      }
      if last?.ability != state.ability || last?.reason != state.reason { log(state, logger) }
      report(state)
    }
  }

  /// What was last reported.
  private final class Said: Sendable {
    let last = Mutex<Annunciator.State?>(nil)
  }

  private static func log(_ state: Annunciator.State, _ logger: Logger) {
    switch state.ability {
    case .unknown: break
    case .off:
      logger.warning("this server sounds no alarm: “annunciator: off”; only stations can be heard")
    case .ready: logger.notice("this server can sound alarms when no station is heard")
    case .failing:
      logger.error(
        "this server cannot sound alarms: \(state.reason ?? ""); only stations can be heard")
    }
  }
}
