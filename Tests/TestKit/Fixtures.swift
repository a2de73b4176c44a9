public import Foundation

/// Files of the repository that tests read: `fixtures`, `Sources`, `Tests`.
public enum Fixtures {
  /// The folder that holds `Package.swift`.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../..").standardized

  /// Whether goldens are to be rewritten instead of compared: `UPDATE_GOLDEN=1`.
  public static var updatesGoldens: Bool {
    ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
  }

  /// The text of a file, by its path from the root.
  public static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// Paths from the root of every file below a folder whose name ends so, sorted.
  public static func paths(below folder: String, suffix: String) -> [String] {
    let base = root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(atPath: base.path) else { return [] }
    return walk.compactMap { $0 as? String }.filter { $0.hasSuffix(suffix) }
      .map { folder + "/" + $0 }.sorted()
  }
}
