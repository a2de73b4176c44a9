import Drivers
import Proving
import TestKit
import Testing

@Suite struct `The page of devices` {
  @Test func `shows the catalog as it is`() throws {
    let page = try Fixtures.text("docs/devices.md")
    #expect(
      page.contains(DevicesPage.catalog()), "run: chairside drivers --page > docs/devices.md")
    #expect(!page.contains("**fails**"))
    for model in Catalog.models { #expect(page.components("| `\(model.id)` |") == 2) }
  }
}

extension String {
  /// How often `part` stands in the text.
  fileprivate func components(_ part: String) -> Int { split(separator: part).count - 1 }
}
