import Vitals

/// A stored series as the path of a chart: broken wherever the next value is too far away.
enum Curve {
  /// The most points that a curve needs: four for each unit of the paper's width.
  private static let columns = 640

  /// The path through believed values, in seconds and values; `nil` when there is none.
  ///
  /// Where there are more values than the paper can show, the least and the greatest of each
  /// column stand for it, so that no dip is lost.
  static func path(
    _ samples: [LogSample], _ value: (LogSample) -> Int?, on plane: ChartPlane
  ) -> String? {
    var path = ""
    for run in runs(samples.filter { plane.interval.contains($0.at) && $0.isValid }) {
      let points = run.compactMap { sample in value(sample).map { (plane.second(sample.at), $0) } }
      for (index, point) in thinned(points, plane).enumerated() {
        path += "\(index == 0 ? "M" : "L")\(point.second) \(point.value)"
      }
      // A single second would otherwise leave no mark.
      if points.count == 1 { path += "h1" }
    }
    return path.isEmpty ? nil : path
  }

  /// Stretches without a break.
  static func runs(_ samples: [LogSample]) -> [ArraySlice<LogSample>] {
    var runs: [ArraySlice<LogSample>] = []
    var start = samples.startIndex
    for index in samples.indices.dropFirst()
    where samples[index].at - samples[index - 1].at > Gap.lineBreak {
      runs.append(samples[start..<index])
      start = index
    }
    return samples.isEmpty ? [] : runs + [samples[start...]]
  }

  private typealias Point = (second: Int, value: Int)

  private static func thinned(
    _ points: [(Int, Int)], _ plane: ChartPlane
  ) -> [(second: Int, value: Int)] {
    let length = max(1, plane.second(plane.interval.upperBound))
    let width = max(1, length / columns)
    var kept: [Point] = []
    var column: [Point] = []
    func close() {
      guard let first = column.first, let last = column.last else { return }
      let least = column.min { $0.value < $1.value } ?? first
      let most = column.max { $0.value < $1.value } ?? first
      var chosen = [first, least, most, last].sorted { $0.second < $1.second }
      chosen = chosen.enumerated().filter { $0.offset == 0 || chosen[$0.offset - 1] != $0.element }
        .map(\.element)
      kept += chosen
      column = []
    }
    for point in points {
      if let last = column.last, last.second / width != point.0 / width { close() }
      column.append((point.0, point.1))
    }
    close()
    return straightened(kept)
  }

  /// Without the points in the middle of a level stretch.
  private static func straightened(_ points: [Point]) -> [Point] {
    points.indices.filter { index in
      guard index > 0, index + 1 < points.count else { return true }
      return points[index - 1].value != points[index].value
        || points[index + 1].value != points[index].value
    }.map { points[$0] }
  }
}
