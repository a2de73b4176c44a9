import ArgumentParser
import Drivers
import Foundation
import Proving
import Recording
import Vitals

/// `chairside drivers`: the catalog.
struct Drivers: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the devices that can be read.")

  @Flag(help: "One JSON object a line.")
  var json = false

  @Flag(help: "Damage every driver's bytes in every way and print docs/devices.md; takes minutes.")
  var page = false

  func run() {
    if page {
      let text = DevicesPage.text { Console.error("proving \($0)") }
      return FileHandle.standardOutput.write(Data(text.utf8))
    }
    for model in Catalog.models {
      guard json else {
        Console.out(
          "\(model.id.padded(to: 12))\(model.kind.rawValue.padded(to: 10))"
            + "\(model.link.description.padded(to: 15))\(model.maturity.rawValue.padded(to: 14))"
            + "\(model.vendor): \(model.models)")
        continue
      }
      var line = JSONLine()
      line.add("id", model.id)
      line.add("kind", model.kind.rawValue)
      line.add("vendor", model.vendor)
      line.add("models", model.models)
      line.add("line", model.link.description)
      line.add("maturity", model.maturity.rawValue)
      line.addRaw("framesPerSecond", "\(model.nominalFramesPerSecond)")
      line.add("frameLength", model.frameLength)
      line.add("reports", model.reports.names)
      line.add("perfusionIndex", model.reportsPerfusionIndex)
      line.add("respiration", model.reportsRespiration)
      line.add("takesOrders", model.takesOrders)
      line.add("remark", model.remark)
      Console.out(line.line)
    }
  }
}

extension String {
  /// The text, filled with blanks to a width.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
