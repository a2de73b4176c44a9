import ArgumentParser
import Drivers
import Foundation
import Vitals

/// `chairside device tail`: what a device says, as it says it.
struct Tail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a running daemon's device says, decoded, until Ctrl-C.")

  @OptionGroup var daemon: DaemonClient

  @Flag(help: "Show the bytes as well: < from the device, > to it.")
  var hex = false

  @Flag(help: "One JSON object a line.")
  var json = false

  @Argument(help: "The chair.")
  var chair: String

  @Argument(help: "oximeter, cuff, monitor or button.")
  var slot: String

  func run() async throws {
    let devices = try await daemon.get("/api/v1/devices", as: DeviceList.self).devices
    guard let device = devices.first(where: { $0.chair == chair && $0.slot == slot }),
      let model = Catalog.model(id: device.driver)
    else {
      Console.error("chair \(chair) has no \(slot); see chairside devices")
      throw ExitCode.noInput
    }
    var decoder = model.makeListener()
    for try await line in daemon.lines("/api/v1/devices/\(chair)/\(slot)/bytes") {
      guard line.hasPrefix("data: "),
        let chunk = try? JSONDecoder().decode(Chunk.self, from: Data(line.dropFirst(6).utf8))
      else { continue }
      if hex { Console.out("\(chunk.from == "device" ? "<" : ">") \(chunk.hex)") }
      guard chunk.from == "device" else { continue }
      let bytes = try HexText.bytes(Data(chunk.hex.utf8), file: "the daemon")
      decoder.handle(.bytes(bytes), at: .seconds(chunk.t)) { _, output in
        let text = json ? ReadingText.json(output) : ReadingText.words(output)
        if let text { Console.out(text) }
      }
    }
  }

  private struct Chunk: Decodable {
    let t: Double
    let from: String
    let hex: String
  }
}

extension Instant {
  /// So many seconds after the start of its time line.
  fileprivate static func seconds(_ seconds: Double) -> Instant {
    Instant(nanoseconds: Int64(seconds * 1e9))
  }
}
