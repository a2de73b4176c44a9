import Recording
import Store
import Vitals

/// A chair's last minutes for a chart: least and greatest value of each step, gaps as `null`.
enum TrendText {
  static func json(
    samples: [StoredSample], pressures: [String], end: Instant, seconds: Int, points: Int
  ) -> String {
    let step = Double(seconds) / Double(points)
    var spo2 = [ClosedRange<Int>?](repeating: nil, count: points)
    var pulse = spo2
    for sample in samples where sample.status.isDisjoint(with: .unusable) {
      let age = Double((end - sample.at).nanoseconds) / 1e9
      let index = points - 1 - Int(age / step)
      guard spo2.indices.contains(index) else { continue }
      spo2[index] = spo2[index].widened(by: sample.spo2)
      pulse[index] = pulse[index].widened(by: sample.pulseRate)
    }
    var json = JSONLine()
    json.addRaw("endSeconds", Seconds.short(end))
    json.addRaw("stepSeconds", "\(step)")
    json.addRaw("spo2", list(spo2))
    json.addRaw("pr", list(pulse))
    json.addRaw("nibp", "[" + pressures.joined(separator: ",") + "]")
    return json.line
  }

  private static func list(_ ranges: [ClosedRange<Int>?]) -> String {
    let items = ranges.map { $0.map { "[\($0.lowerBound),\($0.upperBound)]" } ?? "null" }
    return "[" + items.joined(separator: ",") + "]"
  }
}

extension ClosedRange<Int>? {
  fileprivate func widened(by value: Int?) -> Self {
    guard let value else { return self }
    guard let self else { return value...value }
    return Swift.min(self.lowerBound, value)...Swift.max(self.upperBound, value)
  }
}
