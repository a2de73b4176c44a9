import Drivers

/// Every model that the shared suites prove: the catalog, and a driver that exists only here, to
/// show that a new one needs nothing but its file and its row.
enum Proven {
  static let models = Catalog.models + [.toy]
  static let fixtures = models.map { Fixture($0) }
  /// Those that send numbers by themselves.
  static let streaming = models.filter { $0.kind == .oximeter && $0.nominalFramesPerSecond > 0 }
}
