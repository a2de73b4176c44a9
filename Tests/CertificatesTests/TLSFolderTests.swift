import Certificates
import Foundation
import Testing

@Suite struct `A folder of certificates` {
  private static let now: Int64 = 1_790_000_000

  private func folder() -> TLSFolder {
    TLSFolder(
      path: FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)").path)
  }

  @Test func `holds an authority and what it gave the station`() throws {
    let folder = folder()
    try folder.create(for: ["wall.lan", "192.168.7.2", "fd00::7"], site: "Riverside", at: Self.now)
    let summary = try folder.summary()
    #expect(summary.names == ["wall.lan", "192.168.7.2", "fd00::7"])
    #expect(summary.endsAt == Self.now + 396 * 86_400)
    #expect(summary.authorityEndsAt == Self.now + 3652 * 86_400)
    #expect(summary.fingerprint.split(separator: ":").count == 32)
    for (path, mode) in [
      (folder.authority, 0o644), (folder.authorityKey, 0o600), (folder.certificate, 0o644),
      (folder.key, 0o600),
    ] {
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
    }
  }

  @Test func `is renewed by the same authority, which is never replaced`() throws {
    let folder = folder()
    try folder.create(for: ["wall.lan"], site: "Riverside", at: Self.now)
    let first = (try folder.summary(), try folder.station())
    #expect(throws: TLSFolderError.self) {
      try folder.create(for: ["other.lan"], site: "Riverside", at: Self.now)
    }
    try folder.renew(for: [], at: Self.now + 86_400)
    let second = (try folder.summary(), try folder.station())
    #expect(second.0.fingerprint == first.0.fingerprint && second.0.names == ["wall.lan"])
    #expect(second.0.endsAt == first.0.endsAt + 86_400)
    #expect(second.1.key != first.1.key)
    try folder.renew(for: ["other.lan"], at: Self.now)
    #expect(try folder.summary().names == ["other.lan"])
  }

  @Test func `with another authority's certificate says so`() throws {
    let (folder, other) = (folder(), folder())
    for one in [folder, other] {
      try one.create(for: ["wall.lan"], site: "Riverside", at: Self.now)
    }
    try FileManager.default.removeItem(atPath: folder.authority)
    try FileManager.default.copyItem(atPath: other.authority, toPath: folder.authority)
    let error = #expect(throws: TLSFolderError.self) { try folder.summary() }
    #expect(error?.description.contains("not by the authority") == true)
  }

  @Test func `that is not there says which file is missing`() {
    let folder = folder()
    let error = #expect(throws: TLSFolderError.self) { try folder.summary() }
    #expect(error?.description == "\(folder.authority): No such file or directory")
  }
}
