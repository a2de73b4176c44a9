import Monitoring
import Settings
import Testing

@Suite struct `The difference of two policies` {
  @Test func `is nothing for the same one`() {
    #expect(Policy.adultKetamineDefault1.differences(to: .adultKetamineDefault1) == [])
  }

  @Test func `names every field that was changed, as files give it`() {
    for field in Policy.fields {
      var other = Policy.adultKetamineDefault1
      other[keyPath: field.path] += 1
      let differences = Policy.adultKetamineDefault1.differences(to: other)
      #expect(differences.map(\.field) == [field.name])
      #expect(differences[0].old == field.number(.adultKetamineDefault1))
      #expect(differences[0].new != differences[0].old && differences[0].unit == field.unit)
    }
    var other = Policy.adultKetamineDefault1
    (other.policyID, other.technical.lowPerfusionHundredths) = ("mine-1", 45)
    let differences = Policy.adultKetamineDefault1.differences(to: other)
    #expect(differences.map(\.old) == ["adult-ketamine-default-1", "0.30"])
    #expect(differences.map(\.new) == ["mine-1", "0.45"])
  }
}
