import Foundation
import GRDB
import Store
import TestKit
import Testing

/// `docs/log-schema.md` says what a new log is.
@Suite struct SchemaPageTests {
  private static let path = "docs/log-schema.md"

  @Test func `the page is that of this software`() throws {
    let text = try SchemaPage.text()
    if Fixtures.updatesGoldens {
      try text.write(
        to: Fixtures.root.appending(path: Self.path), atomically: true, encoding: .utf8)
    }
    #expect(try Fixtures.text(Self.path) == text, "UPDATE_GOLDEN=1 swift test writes it")
  }

  @Test func `every question of the page is answered`() async throws {
    let folder = try Folder()
    try await SignedSession.write(to: folder, isOld: true)
    let page = try Fixtures.text(Self.path)
    let block = try #require(page.split(separator: "```sql\n").dropFirst().first)
    let questions = block.split(separator: "```")[0].split(separator: ";\n")
    #expect(questions.count == 5)
    try await DatabaseQueue(path: folder.log).read { database in
      for question in questions {
        _ = try Row.fetchAll(database, sql: String(question))
      }
    }
  }
}
