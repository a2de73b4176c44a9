import Monitoring
import Vitals

/// Who has lately looked at which record, so that a page that is loaded again and again does not
/// fill the audit trail.
struct RecordLooks {
  private struct Look: Hashable {
    let record: String
    let form: RecordForm
    let station: StaffID?
  }

  /// Looks that follow each other more closely are one.
  static let interval = Duration.seconds(300)
  private static let kept = 1000

  private var last: [Look: Instant] = [:]

  /// Notes a look; whether it goes on record.
  mutating func isNew(
    _ record: String, _ form: RecordForm, _ station: StaffID?, at now: Instant
  ) -> Bool {
    let look = Look(record: record, form: form, station: station)
    if let before = last[look], now - before < Self.interval { return false }
    if last.count >= Self.kept { last = last.filter { now - $0.value < Self.interval } }
    // So many at once are each on record.
    if last.count < Self.kept { last[look] = now }
    return true
  }
}
