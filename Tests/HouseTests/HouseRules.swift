import Foundation
import Testing

/// The house of `design.md` section 2: which room may import what.
///
/// SwiftPM checks our own modules; only this checks the toolchain's, and that every room is listed.
private let house: [String: Set<String>] = [
  // pure: nothing, not even Foundation
  "Vitals": [],
  "Monitoring": ["Vitals"],
  "Drivers": ["Vitals"],
  "Ward": ["Vitals", "Monitoring", "Drivers"],
  "Proving": ["Vitals", "Drivers"],
  // pure, with a text form each
  "Documents": ["Yams"],
  "Recording": ["Documents", "Vitals", "Monitoring", "Drivers", "Ward", "FoundationEssentials"],
  "Records": ["Vitals", "Monitoring", "Ward", "Recording", "FoundationEssentials", "Crypto"],
  "Settings": ["Documents", "Vitals", "Monitoring", "FoundationEssentials"],
  // hands: never another hand
  "DispatchKit": ["Dispatch", "Glibc", "Synchronization", "CLinux"],
  "Lines": ["DispatchKit", "Dispatch", "Glibc", "Synchronization", "CLinux", "CUSB"],
  "Hotplug": ["DispatchKit", "Dispatch", "Glibc", "Synchronization", "CUdev"],
  "Store": [
    "CLinux", "CZlib", "DispatchKit", "GRDB", "Foundation", "Glibc", "Vitals", "Monitoring", "Ward",
    "Recording",
    "Records",
  ],
  "Station": [
    "CWeb", "Crypto", "FoundationEssentials", "Glibc", "HTTPTypes", "Hummingbird",
    "HummingbirdHTTP2", "Logging", "NIOCore",
    "ServiceLifecycle", "Synchronization", "Vitals", "Monitoring", "Drivers", "Ward", "Recording",
    "Records",
  ],
  "Annunciator": ["CLinux", "DispatchKit", "Glibc", "Monitoring"],
  "Certificates": ["Crypto", "Foundation", "Glibc", "SwiftASN1", "X509"],
  "Secrets": ["Crypto", "CryptoExtras", "FoundationEssentials"],
  "Feeds": ["Vitals", "Monitoring", "Drivers", "Ward", "Recording", "Records"],
]
/// The head and the door know everyone; the C targets are no rooms of Swift.
private let unbound: Set<String> = [
  "Daemon", "chairside", "CLinux", "CWeb", "CUdev", "CUSB", "CZlib",
]

private struct SourceFile: Sendable, CustomTestStringConvertible {
  let room: String
  let url: URL
  let text: String
  var testDescription: String { "\(room)/\(url.lastPathComponent)" }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../..").standardizedFileURL

  static func all(below folder: String) -> [SourceFile] {
    let top = root.appending(path: folder)
    let depth = top.standardizedFileURL.pathComponents.count
    let files = FileManager.default.enumerator(at: top, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.compactMap {
      url in
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
      return SourceFile(
        room: url.standardizedFileURL.pathComponents[depth], url: url, text: text)
    }
  }

  var imports: Set<String> {
    Set(
      text.split(separator: "\n").compactMap {
        $0.firstMatch(
          of: /^(?:@\w+ )*(?:public |package |internal )?import (?:\w+ )?(\w+)/
        ).map { String($0.1) }
      })
  }

  var lineCount: Int { text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 }
}

@Suite struct HouseRules {
  private static let sources = SourceFile.all(below: "Sources")
  private static let tests = SourceFile.all(below: "Tests")

  @Test func `every room is in the table`() throws {
    let rooms = try FileManager.default.contentsOfDirectory(
      atPath: SourceFile.root.appending(path: "Sources").path)
    #expect(Set(rooms) == Set(house.keys).union(unbound))
    #expect(Self.sources.count > 100, "the sources were not found")
  }

  @Test(arguments: house.keys.sorted())
  func `a room talks only to its neighbours`(room: String) {
    for file in Self.sources where file.room == room {
      let strangers = file.imports.subtracting(house[room] ?? [])
      #expect(strangers.isEmpty, "\(file.testDescription)")
    }
  }

  @Test func `no file is longer than 400 lines and half of them are under 100`() {
    for file in Self.sources + Self.tests {
      #expect(file.lineCount <= 400, "\(file.testDescription)")
    }
    let sizes = Self.sources.map(\.lineCount).sorted()
    #expect(sizes[sizes.count / 2] < 100)
  }

  @Test(arguments: ["Date()", "print(", "try!", "fatalError(", "as! ", "nonisolated(unsafe)"])
  func `sources do without`(word: String) {
    for file in Self.sources {
      let hits = file.text.split(separator: "\n").filter {
        !$0.drop(while: \.isWhitespace).hasPrefix("//") && $0.contains(word)
      }
      #expect(hits.isEmpty, "\(file.testDescription)")
    }
  }

  @Test func `whatever is sendable without the compiler's word says why`() {
    for file in Self.sources {
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where line.contains("@unchecked Sendable") {
        let near = lines[max(0, index - 6)...min(lines.count - 1, index + 3)]
        #expect(near.contains { $0.contains("//") }, "\(file.testDescription):\(index + 1)")
      }
    }
  }
}
