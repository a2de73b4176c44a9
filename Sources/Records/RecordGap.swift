import Vitals

/// A time without a usable oximeter value; it is charted as a gap, never bridged.
struct RecordGap: Hashable {
  enum Why: String {
    /// Nothing was stored: no daemon, or no session.
    case notRecorded
    /// Seconds were stored, without a value that may be used.
    case noValue
  }

  let from: Instant
  let to: Instant
  let why: Why

  /// Seconds that are further apart have something missing between them.
  private static let tolerance = Duration.milliseconds(2500)

  /// The gaps in samples from `start` to `end`, in their order.
  static func find(in samples: [RecordSample], from start: Instant, to end: Instant) -> [RecordGap]
  {
    var (gaps, last, rows): ([RecordGap], Instant, Int) = ([], start, 0)
    func close(at instant: Instant) {
      if instant - last > tolerance {
        gaps.append(
          RecordGap(from: last, to: instant, why: rows == 0 ? .notRecorded : .noValue))
      }
    }
    for sample in samples {
      guard sample.spo2 != nil, sample.status.isDisjoint(with: .unusable) else {
        rows += 1
        continue
      }
      close(at: sample.at)
      (last, rows) = (sample.at, 0)
    }
    close(at: end)
    return gaps
  }
}
