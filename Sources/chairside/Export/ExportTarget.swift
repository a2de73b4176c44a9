import ArgumentParser
import Feeds
import Foundation

/// Where an export goes: standard output, a file, or the files of a WFDB record.
struct ExportTarget {
  /// What the files of a WFDB record call it.
  let record: String
  private let path: String
  /// `nil` for standard output.
  private let parts: PartFiles?

  /// Takes the path as it was typed; for WFDB with or without `.hea`.
  init(_ format: ExportFormat, path: String) throws {
    let isHeader = format == .wfdb && path.hasSuffix(".hea")
    let stem = isHeader ? String(path.dropLast(4)) : path
    record = URL(filePath: stem).lastPathComponent
    self.path = stem
    let isName = !record.isEmpty && record.utf8.allSatisfy(Self.isNameByte)
    guard format != .wfdb || isName else {
      throw ValidationError(
        "“\(record)” cannot name a WFDB record: letters, digits, - and _ only")
    }
    parts = path == "-" ? nil : PartFiles(format.endings.map { stem + $0 })
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Writes all files whole, or none.
  func write(_ files: [ExportFormat.File], _ progress: inout Progress) throws {
    guard let parts else {
      for file in files { FileHandle.standardOutput.write(Data(file.bytes)) }
      return
    }
    let whole = files.map(\.bytes.count).reduce(0, +)
    var done = 0
    do {
      for file in files {
        try parts.write(file.bytes, to: path + file.ending) { written in
          done += written
          progress.say("writing \(path)", done: done, of: whole)
        }
      }
      try parts.publish(files.map { path + $0.ending })
    } catch {
      parts.discard()
      Console.error("\(error)")
      throw ExitCode.cannotCreate
    }
  }
}
