public import Drivers
import Vitals

/// `docs/devices.md`: what the catalog can read, and what damage does to each driver.
public enum DevicesPage {
  /// The page as Markdown; proves every driver, which takes a while.
  ///
  /// `progress` is told each driver's name before it is proven.
  public static func text(
    _ models: [Model] = Catalog.models, progress: (String) -> Void = { _ in }
  ) -> String {
    let fixtures = models.map { Fixture($0) }
    var lines = head + ["", catalog(models)]
    lines += ["", "## What damage does"] + [""] + damageHead
    for model in models {
      progress(model.id)
      let harness = FaultHarness(model, among: fixtures)
      lines.append(row(model, harness))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let head = [
    "# Devices", "",
    "Written by `chairside drivers --page > docs/devices.md`; do not edit. Nothing here was tested on",
    "hardware by us: `experimental` is a driver that never heard a real device, `beta` one that reads",
    "recordings of real ones.",
  ]

  /// The part that takes no proving: what can be read.
  public static func catalog(_ models: [Model] = Catalog.models) -> String {
    (["## What can be read", ""] + rows(models)).joined(separator: "\n")
  }

  private static func rows(_ models: [Model]) -> [String] {
    [
      "| driver | kind | vendor: models | link | frames/s | maturity | signal marks | respiration rate | takes orders |",
      "|---|---|---|---|---|---|---|---|---|",
    ]
      + models.map { model in
        let rate = model.nominalFramesPerSecond
        let marks = model.reports.names.filter { $0 != "beat" }
        return "| `\(model.id)` | \(model.kind.rawValue) | \(model.vendor): \(model.models) | "
          + "\(model.link) | \(rate == 0 ? "when asked" : short(rate)) | "
          + "\(model.maturity.rawValue) | \(marks.joined(separator: " ")) | "
          + "\(model.reportsRespiration ? "yes" : "") | "
          + "\(model.takesOrders ? "start, abort" : "") |"
      }
      + models.filter { !$0.remark.isEmpty }.flatMap { ["", "`\($0.id)`: \($0.remark)"] }
  }

  private static let damageHead = [
    "Every byte of each simulator's talk is lost, doubled, preceded by 13 different bytes, turned over",
    "bit by bit, cut off, and followed by another device's talk. A cell says: cases; frames lost in the",
    "worst case beyond those that the damage took away whole; and, where there were any, numbers that",
    "were never sent. Behind a checksum there may be none, but for a stranger's bytes that pass it by",
    "chance; without one, a turned bit in a value cannot be told from the truth. Links that deliver",
    "whole messages (HID, USB, TCP) lose, double and insert messages instead of bytes. After every case",
    "every byte was accounted for.", "",
    "| driver | checksum | drop | duplicate | insert | flip | truncate | concatenate | resyncs | takes for its own |",
    "|---|---|---|---|---|---|---|---|---|---|",
  ]

  private static func row(_ model: Model, _ harness: FaultHarness) -> String {
    let findings = Fault.allCases.map(harness.prove)
    let cells = findings.map { finding in
      let invented = finding.invented > 0 ? ", \(finding.invented) false" : ""
      let verdict = finding.holds(allowedLoss: model.allowedLoss) ? "" : " **fails**"
      return "\(finding.cases); \(max(0, finding.framesLost))\(invented)\(verdict)"
    }
    let resyncs = findings.reduce(0) { $0 + $1.resyncs }
    return "| `\(model.id)` | \(model.checksumFromEnd == nil ? "no" : "yes") | "
      + cells.joined(separator: " | ")
      + " | \(resyncs) | \(harness.confusable.joined(separator: " ")) |"
  }

  private static func short(_ rate: Double) -> String {
    rate == rate.rounded() ? "\(Int(rate))" : "\(rate)"
  }
}
