/// What a block says of one parameter at a glance: the five-minute trend.
struct Rollup: Hashable {
  /// Seconds whose value may be believed; the others count nowhere.
  var valid = 0
  /// Of those seconds; `nil` when there are none.
  var minimum: Int32?
  /// The lower of two in the middle.
  var median: Int32?
  var maximum: Int32?

  init() {}

  init(_ rows: some Sequence<StoredSample>, _ column: (StoredSample) -> Int32) {
    let values = rows.filter(\.isValid).map(column).filter { $0 != ColumnText.absent }.sorted()
    guard let first = values.first, let last = values.last else { return }
    (valid, minimum, median, maximum) = (values.count, first, values[(values.count - 1) / 2], last)
  }
}
