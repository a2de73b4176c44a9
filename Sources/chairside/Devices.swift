import ArgumentParser
import Foundation
import Recording

/// `chairside devices`: every bound device and how it does.
struct Devices: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the devices of a running daemon: state, rate, damage, age of the last reading.")

  @OptionGroup var daemon: DaemonClient

  @Flag(help: "One JSON object a line.")
  var json = false

  func run() async throws {
    let answer = try await daemon.get("/api/v1/devices", as: DeviceList.self)
    if !json {
      Console.out(
        Self.columns("CHAIR", "SLOT", "DRIVER", "STATE", "FRAMES/S", "DAMAGED", "RESYNCS", "AGE")
          + "PORT")
    }
    for device in answer.devices { Console.out(json ? device.json : Self.row(device)) }
  }

  private static func columns(
    _ chair: String, _ slot: String, _ driver: String, _ state: String, _ rate: String,
    _ damaged: String, _ resyncs: String, _ age: String
  ) -> String {
    chair.padded(to: 7) + slot.padded(to: 10) + driver.padded(to: 15) + state.padded(to: 8)
      + rate.padded(to: 12) + damaged.padded(to: 30) + resyncs.padded(to: 9) + age.padded(to: 9)
  }

  private static func row(_ device: DeviceList.Device) -> String {
    let damage = device.damagedBytes
    let causes = [
      ("stray", damage.stray), ("broken", damage.broken), ("checksum", damage.checksum),
    ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    let rate = device.framesPerSecond.map { "\($0.short)" } ?? "-"
    let nominal = device.nominalFramesPerSecond
    return columns(
      device.chair, device.slot, device.driver, device.state,
      nominal > 0 ? "\(rate) of \(nominal.short)" : rate,
      causes.isEmpty ? "0" : causes.joined(separator: ", "), "\(device.resyncs)",
      device.lastGoodAgeMs.map { "\((Double($0) / 1000).short) s" } ?? "-")
      + (device.port ?? "-")
      + ([device.model, device.serial, device.firmware].compactMap { $0 }.first.map { "  \($0)" }
        ?? "")
  }
}

/// What the daemon says of its devices.
struct DeviceList: Decodable {
  struct Device: Decodable {
    let chair, slot, driver, state: String
    let port: String?
    let framesPerSecond: Double?
    let nominalFramesPerSecond: Double
    let frames: Int
    let damagedBytes: Damage
    let resyncs: Int
    let lastGoodAgeMs: Int?
    let model, serial, firmware: String?

    /// As one line, with the fields in the order of the API.
    var json: String {
      var line = JSONLine()
      line.add("chair", chair)
      line.add("slot", slot)
      line.add("driver", driver)
      line.add(orNull: "port", port)
      line.add("state", state)
      line.addRaw("framesPerSecond", framesPerSecond?.short ?? "null")
      line.addRaw("nominalFramesPerSecond", nominalFramesPerSecond.short)
      line.add("frames", frames)
      var damage = JSONLine()
      damage.add("stray", damagedBytes.stray)
      damage.add("broken", damagedBytes.broken)
      damage.add("checksum", damagedBytes.checksum)
      line.addRaw("damagedBytes", damage.line)
      line.add("resyncs", resyncs)
      line.add(orNull: "lastGoodAgeMs", lastGoodAgeMs)
      line.add(ifAny: "model", model)
      line.add(ifAny: "serial", serial)
      line.add(ifAny: "firmware", firmware)
      return line.line
    }
  }

  struct Damage: Decodable {
    let stray, broken, checksum: Int
  }

  let devices: [Device]
}

extension Double {
  /// With one decimal place, and none for whole numbers.
  var short: String {
    self == rounded() ? "\(Int(self))" : "\((self * 10).rounded() / 10)"
  }
}
