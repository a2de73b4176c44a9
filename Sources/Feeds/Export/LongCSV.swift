import Recording
import Vitals

/// A table with one row a value, at the stored instants; no field needs quotes.
enum LongCSV {
  private static let columns = ["time", "t", "parameter", "value", "unit", "quality"]

  static func text(of excerpt: Excerpt) -> String {
    let channels = Track(excerpt).channels
    let samples = excerpt.samples.flatMap { sample -> [Row] in
      let standing = excerpt.standing(of: sample).description
      return channels.map { channel in
        Row(sample.at, channel.name, channel.text(of: sample), channel.unit, standing)
      }
    }
    let pressures = excerpt.pressures.flatMap { reading in
      [
        ("sbp", reading.systolic, "mm[Hg]"), ("dbp", reading.diastolic, "mm[Hg]"),
        ("map", reading.mean, "mm[Hg]"), ("nibp_pr", reading.pulseRate, "/min"),
      ].compactMap { name, value, unit in
        value.map { Row(reading.at, name, "\($0)", unit, "\(reading.quality) \(reading.source)") }
      }
    }
    var text = columns.joined(separator: ",") + "\r\n"
    for row in merged(samples, pressures) {
      let fields = [
        excerpt.wall(at: row.at), Seconds.short(.zero + (row.at - excerpt.zero)), row.name,
        row.value, row.unit, row.quality,
      ]
      text += fields.joined(separator: ",") + "\r\n"
    }
    return text
  }

  private struct Row {
    let at: Instant
    let name, value, unit, quality: String

    init(_ at: Instant, _ name: String, _ value: String, _ unit: String, _ quality: String) {
      self.at = at
      (self.name, self.value, self.unit, self.quality) = (name, value, unit, quality)
    }
  }

  /// Both in the order of time, samples first.
  private static func merged(_ samples: [Row], _ pressures: [Row]) -> [Row] {
    (samples + pressures).enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }
}
