import ArgumentParser
import Foundation
import Monitoring
import Recording

/// Many recordings at once: the files of a folder, or those that are named.
struct RecordingFolder {
  private let files: [String]

  /// Takes what `replay` was given; `nil` for a single file.
  init?(_ names: [String]) throws {
    guard names.count > 1 || names.contains(where: Self.isFolder) else { return nil }
    files = try names.flatMap { name in
      guard Self.isFolder(name) else { return [name] }
      let found = Self.recordings(in: name)
      guard !found.isEmpty else {
        Console.error("\(name): there is no .wire file in it")
        throw ExitCode.noInput
      }
      return found
    }
  }

  private static func isFolder(_ name: String) -> Bool {
    (try? URL(filePath: name).resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
  }

  private static func recordings(in folder: String) -> [String] {
    let below = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return below.filter { $0.hasSuffix(".wire") }.sorted().map {
      folder.hasSuffix("/") ? folder + $0 : "\(folder)/\($0)"
    }
  }

  /// Prints the alarm burden; ends with 65 when a recording could not be read.
  func report(_ policy: Policy?, json: Bool) throws {
    var report = BurdenReport()
    for file in files {
      do {
        let recording = try Console.badData(file) { try Recording(text: try Console.text(file)) }
        report.add(recording, policy: policy)
      } catch is ExitCode {
        // Told already, with its place; the others count all the same.
        report.addUnread()
      }
    }
    (json ? report.jsonLines : report.lines).forEach(Console.out)
    if report.unread > 0 { throw ExitCode.badData }
  }
}
