import Monitoring
import Records
import Testing

@Suite struct PolicyTextTests {
  @Test func `a policy's text holds its name and every value, in order of name`() {
    var policy = Policy.adultKetamineDefault1
    policy.policyID = "ours-2"
    policy.pulse.relativeFactorHundredths = 140
    let lines = PolicyText.canonical(policy).split(separator: "\n").map(String.init)
    #expect(lines[0] == "policyId=ours-2")
    #expect(lines.count == 1 + Policy.fields.count)
    #expect(lines.contains("pr.relFactor=140"))
    #expect(Array(lines.dropFirst()) == lines.dropFirst().sorted())
  }

  @Test func `every value counts in the hash`() {
    let plain = PolicyText.hash(PolicyText.canonical(.adultKetamineDefault1))
    var seen: Set<ContentHash> = [plain]
    for field in Policy.fields {
      var policy = Policy.adultKetamineDefault1
      policy[keyPath: field.path] += 1
      let isNew = seen.insert(PolicyText.hash(PolicyText.canonical(policy))).inserted
      #expect(isNew, "\(field.name)")
    }
  }
}
