import Recording
import Vitals

/// A table with one row a second, after RFC 4180; no field needs quotes.
enum WideCSV {
  private static let columns =
    ["time", "t"] + Channel.allCases.map(\.name) + ["status"]
    + ["sbp", "dbp", "map", "nibp_pr", "nibp_source", "nibp_quality"]

  static func text(of excerpt: Excerpt) -> String {
    var text = columns.joined(separator: ",") + "\r\n"
    let readings = Dictionary(
      excerpt.pressures.map { (($0.at - excerpt.zero).wholeSeconds, $0) },
      uniquingKeysWith: { $1 })
    for second in Track(excerpt).seconds {
      text += row(second, readings[second.index], excerpt).joined(separator: ",") + "\r\n"
    }
    return text
  }

  private static func row(
    _ second: Track.Second, _ reading: ChartedReading?, _ excerpt: Excerpt
  ) -> [String] {
    let instant = excerpt.instant(ofSecond: second.index)
    let standing =
      second.sample.map(excerpt.standing) ?? excerpt.absence(at: instant + .milliseconds(500))
    let numbers = [reading?.systolic, reading?.diastolic, reading?.mean, reading?.pulseRate]
    return [excerpt.wall(at: instant), "\(second.index)"]
      + Channel.allCases.map { channel in channel.text(of: second.sample) }
      + ["\(standing)"] + numbers.map { $0.map(String.init) ?? "" }
      + [reading?.source ?? "", reading?.quality ?? ""]
  }
}

extension Channel {
  /// The believed number of a sample in its unit, such as `97` or `2.15`; empty where there is none.
  func text(of sample: LogSample?) -> String {
    value(of: sample).map { Fields.decimal($0, scale: scale) } ?? ""
  }
}
