import Drivers
import Proving
import Testing

/// Damage of every kind at every byte of every fixture.
@Suite struct `Every decoder, over every fault` {
  private static let fixtures = Catalog.models.map { Fixture($0) }

  @Test(arguments: Catalog.models)
  func `loses little, invents nothing and accounts for all`(_ model: Model) {
    let harness = FaultHarness(model, among: Self.fixtures)
    for fault in Fault.allCases {
      let finding = harness.prove(fault)
      #expect(finding.cases > 0, "\(fault.rawValue)")
      #expect(
        finding.holds(allowedLoss: model.allowedLoss),
        "\(fault.rawValue): \(finding.examples.joined(separator: "\n"))")
    }
  }
}
