import Vitals

/// One panel of a trend chart: a range of values over the time of the session, on the paper.
///
/// Curves are drawn in the units of the log, seconds and values, and a transform lays them on the
/// paper: so the points in the file are the stored numbers themselves.
struct ChartPlane {
  /// The paper, in units of the drawing.
  static let left = 30.0
  static let width = 640.0
  static let paperWidth = 720.0

  let interval: ClosedRange<Instant>
  let values: ClosedRange<Int>
  let top: Double
  let height: Double

  private var seconds: Double {
    max(1, Double((interval.upperBound - interval.lowerBound).nanoseconds) / 1e9)
  }

  func x(_ instant: Instant) -> Double {
    let at = Double((instant - interval.lowerBound).nanoseconds) / 1e9
    return Self.left + min(max(at / seconds, 0), 1) * Self.width
  }

  func y(_ value: Int) -> Double {
    let clamped = min(max(value, values.lowerBound), values.upperBound)
    let share = Double(clamped - values.lowerBound) / Double(values.count - 1)
    return top + height * (1 - share)
  }

  /// Seconds since the start of the interval, as curves count them.
  func second(_ instant: Instant) -> Int { (instant - interval.lowerBound).wholeSeconds }

  /// Lays seconds and values on the paper.
  var transform: String {
    let scaleX = Self.width / seconds
    let scaleY = height / Double(values.count - 1)
    let bottom = top + height + Double(values.lowerBound) * scaleY
    return "matrix(\(Self.short(scaleX, 6)) 0 0 \(Self.short(-scaleY, 6)) \(Self.short(Self.left))"
      + " \(Self.short(bottom, 4)))"
  }

  /// A number of the drawing with at most so many decimals.
  static func short(_ value: Double, _ decimals: Int = 2) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let rounded = (value * scale).rounded() / scale
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
