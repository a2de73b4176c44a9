import Foundation

/// Recordings of real devices, with licences of their own: beside the repository, never in it.
public enum Captures {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().appending(path: "../../../shared/captures").standardized

  /// Whether this machine has the recordings at all.
  public static var areHere: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// The text of a recording.
  public static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  /// The bytes of a recording that is no text.
  public static func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: folder.appending(path: name)))
  }
}
