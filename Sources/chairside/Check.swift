import Annunciator
import ArgumentParser
import Certificates
import Daemon
import Lines
import Monitoring
import Settings
import Vitals

/// `chairside check`: reads a configuration and says what would be watched.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check a configuration file, with every complaint at its line and column.")

  @Argument(help: "The configuration file.")
  var config = "/etc/chairside/chairside.yaml"

  func run() throws {
    let settings = try SettingsFile.read(config)
    var complaints: [String] = []
    for chair in settings.chairs {
      for device in chair.devices.values {
        do { _ = try device.address() } catch {
          complaints.append("\(config): chair \(chair.id): \(error)")
        }
      }
    }
    var network: String?
    if let door = settings.network {
      do throws(TLSFolderError) {
        let names = try TLSFolder(path: door.folder).summary().names
        network =
          "other machines: port \(door.port) of \(door.address), as \(names.joined(separator: ", "))"
      } catch {
        complaints.append("\(config): tls: \(error); chairside tls init makes a certificate")
      }
    }
    guard complaints.isEmpty else {
      complaints.forEach(Console.error)
      throw ExitCode.badConfiguration
    }
    Console.out("\(settings.site): policy \(settings.policy.policyID), log \(settings.storePath)")
    Console.out(Self.loudspeaker(settings.annunciator))
    Console.out("station at http://127.0.0.1:\(settings.port)/wall")
    if let network { Console.out(network) }
    for chair in settings.chairs {
      let devices = SlotName.allCases.compactMap { slot in
        chair.devices[slot].map { "\(slot.word) \($0.driver) at \($0.port)" }
          ?? (slot == .monitor || slot == .button ? nil : "no \(slot.word)")
      }
      Console.out("chair \(chair.id): \(devices.joined(separator: ", "))")
    }
    if settings.staff.isEmpty { Console.out("no staff is named; the demo's names are accepted") }
  }

  /// What the server's own loudspeaker is, or why there is none.
  private static func loudspeaker(_ settings: Settings.Annunciator) -> String {
    let (player, reason) = Loudspeaker.player(settings)
    guard let player else {
      return "this server sounds no alarm: \(reason ?? "annunciator is off")"
    }
    return player.isThere
      ? "sounds by \(player.path) on \(player.device) when no station is heard; "
        + "try it with: chairside sound high --play --device \(player.device)"
      : "this server sounds no alarm: \(player.path) is no program that can be run"
  }
}
