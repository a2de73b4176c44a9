import Documents
import Foundation
import Monitoring
import Settings
import Testing
import Vitals

/// A configuration file of `fixtures/conf`.
struct ConfigurationFile: Sendable, CustomTestStringConvertible {
  let url: URL
  var testDescription: String { url.lastPathComponent }
  var text: String { get throws { try String(contentsOf: url, encoding: .utf8) } }
  /// The complaints expected of a bad one, one a line, without the file's name.
  var errors: URL { url.deletingPathExtension().appendingPathExtension("errors") }

  static func all(_ kind: String) -> [ConfigurationFile] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../fixtures/conf/\(kind)").standardizedFileURL
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "yaml" }
      .sorted { $0.path < $1.path }.map(ConfigurationFile.init)
  }

  func read() throws -> Settings {
    try Settings(
      text: try text, file: url.lastPathComponent,
      knownDrivers: ["contec-v7": [.oximeter], "nonin-8": [.oximeter], "suntech": [.cuff]]
    ) { _ in nil }
  }
}

@Suite struct SettingsTests {
  @Test(arguments: ConfigurationFile.all("good"))
  func `a good file is read`(file: ConfigurationFile) throws {
    let settings = try file.read()
    #expect(!settings.chairs.isEmpty)
  }

  @Test func `what a file says is what is set`() throws {
    let file = try #require(
      ConfigurationFile.all("good").first { $0.testDescription == "clinic.yaml" })
    let settings = try file.read()
    #expect(settings.site == "Riverside clinic")
    #expect(settings.chairs.map(\.id.name) == ["7", "no"])
    #expect(settings.chairs[0].devices[.oximeter]?.line == "115200 8N1")
    #expect(settings.chairs[0].devices[.cuff]?.driver == "suntech")
    #expect(settings.chairs[1].devices[.cuff] == nil)
    #expect(settings.staff.map(\.role) == [.rn, .prescriber])
    #expect(settings.policy == .adultKetamineDefault1)
  }

  @Test(arguments: [
    ("", Settings.Annunciator.on(device: "default", player: nil)), ("annunciator: off", .off),
    ("annunciator: {device: 'hw:1,0'}", .on(device: "hw:1,0", player: nil)),
    ("annunciator: {player: /opt/play}", .on(device: "default", player: "/opt/play")),
  ])
  func `the server sounds on the default device unless a file says otherwise`(
    line: String, expected: Settings.Annunciator
  ) throws {
    let settings = try Settings(
      text: "\(line)\nchairs:\n  - id: '1'\n", file: "test", knownDrivers: [:]
    ) { _ in nil }
    #expect(settings.annunciator == expected)
  }

  @Test(arguments: [
    ("annunciator: loud", "test:1:14: “loud” is neither off nor {device: default}"),
    ("annunciator: {devise: x}", "test:1:15: “devise” is not known here; did you mean “device”?"),
  ])
  func `another loudspeaker is complained of`(line: String, expected: String) {
    #expect(throws: Complaints.self) {
      do {
        _ = try Settings(
          text: "\(line)\nchairs:\n  - id: '1'\n", file: "test", knownDrivers: [:]
        ) { _ in nil }
      } catch {
        #expect("\(error)" == expected)
        throw error
      }
    }
  }

  @Test func `a policy in place changes what it names and keeps the rest`() throws {
    let file = try #require(
      ConfigurationFile.all("good").first { $0.testDescription == "policy-in-place.yaml" })
    let policy = try file.read().policy
    #expect(policy.policyID == "riverside-2")
    #expect((policy.spo2.low, policy.spo2.veryLow) == (93, 89))
    #expect(policy.pulse.relativeFactorHundredths == 125)
    #expect(policy.pressure == Policy.adultKetamineDefault1.pressure)
  }

  /// Rewritten by UPDATE_GOLDEN=1; read what changed.
  @Test(arguments: ConfigurationFile.all("bad"))
  func `a bad file is refused with every complaint at its place`(file: ConfigurationFile) throws {
    let complaints = try #require(#expect(throws: Complaints.self) { try file.read() })
    let lines =
      complaints.all.map { "\($0.line):\($0.column): \($0.reason)" }
      .joined(separator: "\n") + "\n"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try lines.write(to: file.errors, atomically: true, encoding: .utf8)
    }
    #expect(lines == (try String(contentsOf: file.errors, encoding: .utf8)))
  }
}
