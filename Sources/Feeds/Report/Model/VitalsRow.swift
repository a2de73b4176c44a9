import Monitoring
import Vitals

/// One line of the table of vital signs: a blood pressure, or a time at which one stood in for
/// what the chart must show at least (`clinical.md` 5.1).
struct VitalsRow: Sendable {
  let at: Instant
  /// The blood pressure taken then, if any.
  let pressure: LogEvent?
  /// The newest believed second of the minute before; `nil` where there is none.
  let sample: LogSample?
  /// The second with the lowest believed SpO2 since the row before.
  let lowest: LogSample?

  /// The longest time between two rows while the dose runs, and otherwise.
  static let duringDose = Duration.seconds(300)
  static let otherwise = Duration.seconds(900)
  private static let minute = Duration.seconds(60)

  static func all(in log: SessionLog, _ course: Course, _ pressures: [LogEvent]) -> [VitalsRow] {
    guard let watch = course.monitored else { return [] }
    let believed = log.samples.filter(\.isValid)
    let readings = pressures.filter { watch.contains($0.at) }
    var times: [(at: Instant, pressure: LogEvent?)] = []
    var last = watch.lowerBound
    func fill(until end: Instant) {
      while true {
        let next = nextGrid(after: last, course)
        guard next < end else { return }
        times.append((next, nil))
        last = next
      }
    }
    for reading in readings {
      fill(until: reading.at)
      times.append((reading.at, reading))
      last = reading.at
    }
    fill(until: watch.upperBound)
    if last < watch.upperBound { times.append((watch.upperBound, nil)) }
    var rows: [VitalsRow] = []
    var before = watch.lowerBound
    for (at, pressure) in times {
      let since = believed.between(before, at)
      rows.append(
        VitalsRow(
          at: at, pressure: pressure,
          sample: believed.between(at - minute, at).last,
          lowest: since.min { ($0.spo2 ?? 100) < ($1.spo2 ?? 100) }))
      before = at
    }
    return rows
  }

  /// A row is due at once when a dose starts or ends.
  private static func nextGrid(after last: Instant, _ course: Course) -> Instant {
    let step = course.phase(at: last) == .infusing ? duringDose : otherwise
    let turns = course.stays.map(\.from.at).filter { $0 > last && $0 < last + step }
    return turns.first ?? last + step
  }
}

extension [LogSample] {
  /// Those after `from` up to `to`; they must be in order.
  func between(_ from: Instant, _ to: Instant) -> ArraySlice<LogSample> {
    self[lowerIndex(from)..<lowerIndex(to)]
  }

  /// The index of the first one after an instant.
  private func lowerIndex(_ instant: Instant) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle].at <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
