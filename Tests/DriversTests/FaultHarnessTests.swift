import Drivers
import Proving
import Testing

/// Damage of every kind at every byte of every fixture.
@Suite struct `Every decoder, over every fault` {
  @Test(arguments: Proven.models)
  func `loses little, invents nothing and accounts for all`(_ model: Model) {
    // `chairside drivers --faults` damages every byte of the long ones, too.
    let harness = FaultHarness(model, among: Proven.fixtures, budgetBytes: 3000)
    for fault in Fault.allCases {
      let finding = harness.prove(fault)
      #expect(finding.cases > 0, "\(fault.rawValue)")
      #expect(
        finding.holds(allowedLoss: model.allowedLoss),
        "\(fault.rawValue): \(finding.examples.joined(separator: "\n"))")
    }
  }
}
