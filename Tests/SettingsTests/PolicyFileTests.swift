import Documents
import Monitoring
import Settings
import Testing

@Suite struct PolicyFileTests {
  /// The JSON of `clinical.md` 2.2, as a prescriber would be handed it.
  private static let published = """
    {"policyId":"adult-ketamine-default-1","spo2":{"low":92,"lowDelay":10,"veryLow":88,"veryLowDelay":3,"fall":5,"fallDelay":30,"clear":5,"integral":0},
    "pr":{"high":120,"highDelay":15,"veryHigh":140,"veryHighDelay":10,"low":50,"lowDelay":10,"veryLow":40,"veryLowDelay":5,"relFactor":1.3,"relFloor":100,"relDelay":120},
    "rr":{"low":10,"lowDelay":20,"veryLow":8,"veryLowDelay":15,"high":25,"highDelay":60},
    "bp":{"elevSys":160,"elevDia":100,"repeatSeconds":120,"critSys":180,"critDia":110,"lowSys":90,"veryLowSys":80,"lowMap":65,"veryLowMap":55,"highMap":130,"infoRise":30,"infoRisePct":20,"riseSys":40,"riseDia":25,"fallToPct":70},
    "tech":{"sensorOff":10,"noData":10,"signalPoorLow":30,"signalPoorMed":60,"lowPerfusionPI":0.3,"lowPerfusionDelay":30,"frozenLow":60,"frozenMed":120,"escalateUnackedLoss":60,"awayMax":600,"bpOverdueLow":120,"bpOverdueMed":300,"stationLost":10},
    "observation":{"ivMinutes":30,"min":20,"max":45,"spravatoMinutes":120,"imMinutes":90,"oralMinutes":120,"bpMaxAge":600,"quietHigh":600,"quietOther":300,"creditSlack":300,"secondSignatureWindow":900}}
    """

  @Test func `the published policy is the built-in one`() throws {
    #expect(try Policy(text: Self.published, file: "policy.json") == .adultKetamineDefault1)
    #expect(Policy.adultKetamineDefault1.problems.isEmpty)
  }

  @Test func `changing any one number is noticed`() throws {
    // Every field of the table is read from the file: none is silently the default.
    for field in Policy.fields {
      var other = Policy.adultKetamineDefault1
      let value = other[keyPath: field.path]
      let changed = value < field.allowed.upperBound ? value + 1 : value - 1
      other[keyPath: field.path] = changed
      let name = field.name.split(separator: ".")[1]
      let section = field.name.split(separator: ".")[0]
      let number = field.scale == 1 ? "\(changed)" : "\(Double(changed) / Double(field.scale))"
      let text = "{\"\(section)\":{\"\(name)\":\(number)}}"
      guard other.problems.isEmpty else { continue }
      #expect(try Policy(text: text, file: "p") == other, "\(field.name)")
    }
  }

  @Test func `a route's preset is read in its own words, beside what observation makes of it`()
    throws
  {
    let text = """
      observation: {ivMinutes: 35}
      presets:
        iv45: {doseMinutes: 50, signatures: 2, doseDue: [3, 6], observationStep: 10}
        im: {anchor: doseEnd, observationDue: []}
      """
    let policy = try Policy(text: text, file: "p")
    let preset = policy.preset(for: .iv45)
    #expect(preset.doseMinutes == 50 && preset.signatures == 2 && preset.requiredMinutes == 35)
    #expect(preset.doseDueMinutes == [3, 6] && preset.observationStepMinutes == 10)
    let injection = policy.preset(for: .im)
    #expect(injection.anchor == .doseEnd && injection.observationDueMinutes == [])
    #expect(policy.preset(for: .iv40) == Route.iv40.standardPreset(policy.observation))
  }

  @Test(arguments: [
    (#"{"spo2":{"low":98}}"#, "p:1:16: spo2.low 98 % is outside 85…97 %; choose a value inside"),
    (#"{"spo2":{"lov":90}}"#, "p:1:10: “lov” is not known here; did you mean “low”?"),
    (#"{"spo2":{"low":"high"}}"#, "p:1:16: “high” is not a whole number"),
    (#"{"spo":{}}"#, "p:1:2: “spo” is not known here; did you mean “spo2”?"),
    (#"{"pr":{"relFactor":1.333}}"#, "p:1:20: pr.relFactor has at most two decimals"),
    (
      #"{"presets":{"spravato84":{"requiredMinutes":119}}}"#,
      "p:1:45: presets.spravato84.requiredMinutes 119 is none of: 120…240"
    ),
    (
      #"{"presets":{"iv40":{"doseDue":[10,5]}}}"#,
      "p:1:31: presets.iv40.doseDue 10,5 is none of: rising whole minutes 0…360, such as 5,10,20, or none"
    ),
    (#"{"presets":{"iv41":{}}}"#, "p:1:13: “iv41” is not known here; did you mean “iv40”?"),
    ("", "p:1:1: the file is empty"),
  ])
  func `a bad policy names the place and the remedy`(text: String, complaint: String) throws {
    let complaints = try #require(
      #expect(throws: Complaints.self) { try Policy(text: text, file: "p") })
    #expect(complaints.all.map(\.description) == [complaint])
  }
}
