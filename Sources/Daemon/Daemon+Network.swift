import Certificates
import Logging
import Settings
import Station
import Store
import Vitals

extension Daemon {
  /// How other machines reach the station; `nil` for not at all.
  ///
  /// A certificate that cannot be used is said, and costs no patient his alarms: this machine's own
  /// screens go on.
  func secureDoor() -> SecureDoor? {
    guard let network = settings.network else { return nil }
    let folder = TLSFolder(path: network.folder)
    do {
      let (summary, files) = (try folder.summary(), try folder.station())
      let days = (summary.endsAt - WardClock.wall.milliseconds / 1000) / 86_400
      if days < 30 {
        logger.warning(
          "\(folder.certificate): ends in \(days) days; make a new one with chairside tls renew")
      }
      let passes = try PassFile(log: settings.storePath, at: WardClock.wall)
      return SecureDoor(
        address: network.address, port: network.port, certificate: files.certificate,
        privateKey: files.key, names: Set(summary.names.map { $0.lowercased() }),
        key: passes.key, ended: passes.ended, noteEnd: passes.noteEnd, now: { WardClock.wall })
    } catch {
      logger.error("no station for other machines: \(error)")
      return nil
    }
  }
}
