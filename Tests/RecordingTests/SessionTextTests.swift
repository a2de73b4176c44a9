import Monitoring
import Recording
import Testing
import Vitals
import Ward

/// The session's words in commands, recordings and timelines.
@Suite struct `The session in text` {
  static let nurse = StaffID("rn1")!

  static func line(_ entry: AuditEntry) -> String {
    let whole = EventText.line(ChairID("7")!, .audit(entry), at: .seconds(1))
    let head = #"{"t":1.0,"chair":"7","event":"audit","what":"#
    return whole.hasPrefix(head) ? String(whole.dropFirst(head.count)) : whole
  }

  static var chart: Chart {
    var chart = Chart()
    (chart[.name], chart[.consent]) = (.text("A. \"B\""), .answer(true))
    (chart[.weight], chart[.weightAgain]) = (.number(7250), .number(7250))
    return chart
  }

  static let entries: [(AuditEntry, String)] = [
    (
      .sounded(.noData, 3, revision: 2, station: StaffID("front")!, afterMilliseconds: 120),
      #""sounded","alarm":"NO_DATA","id":3,"revision":2,"station":"front","afterMs":120}"#
    ),
    (
      .stationSound(
        StaffID("front")!, StationSound(isVisible: true, isAudible: false, checkedBy: nurse)),
      #""stationSound","station":"front","visible":true,"audible":false,"by":"rn1"}"#
    ),
    (
      .charted(chart, by: nurse),
      #""charted","name":"A. \"B\"","weight":72.5,"weightAgain":72.5,"consent":true,"by":"rn1"}"#
    ),
    (
      .checklist([.seizures: .no, .schizophrenia: .unknown], by: nurse),
      #""checklist","schizophrenia":"unknown","seizures":"no","by":"rn1"}"#
    ),
    (
      .series(Series(kind: .induction, index: 3), by: nurse),
      #""series","kind":"induction","index":3,"planned":6,"by":"rn1"}"#
    ),
    (
      .symptom(SymptomReport(symptom: .nausea, severity: .score(4)), by: nurse),
      #""symptom","name":"nausea","severity":"4","by":"rn1"}"#
    ),
    (
      .medication(
        Medication(name: "ondansetron", kind: .antiemetic, dose: "4 mg"), holdMinutes: 15, by: nurse
      ),
      #""medication","name":"ondansetron","class":"antiemetic","dose":"4 mg","holdMinutes":15,"by":"rn1"}"#
    ),
    (.oxygen(tenths: 25, by: nurse), #""oxygen","flow":2.5,"by":"rn1"}"#),
    (
      .nasalDevice(number: 2, of: 3, by: nurse), #""nasalDevice","number":2,"of":3,"by":"rn1"}"#
    ),
    (
      .criteria(unmet: [.time, .bpAge]), #""criteria","unmet":["time","bpAge"]}"#
    ),
    (
      .waived(.gait, by: nurse, reason: "chair"),
      #""waived","criterion":"gait","by":"rn1","reason":"chair"}"#
    ),
    (
      .signaturesVoided([nurse], why: .criterion(.spo2)),
      #""signaturesVoided","signers":["rn1"],"why":"spo2"}"#
    ),
    (
      .reopened(revision: 2, superseded: [nurse], by: nurse, reason: "dizzy"),
      #""reopened","revision":2,"superseded":["rn1"],"by":"rn1","reason":"dizzy"}"#
    ),
    (
      .lateEntry("x", secondsAgo: 901, isLate: true, by: nurse, reason: "busy"),
      #""lateEntry","text":"x","secondsAgo":901,"late":true,"by":"rn1","reason":"busy"}"#
    ),
    (
      .corrected(
        reading: 3, from: BloodPressure(systolic: 170, diastolic: 78)!,
        to: BloodPressure(systolic: 120, diastolic: 78)!, by: nurse, reason: "typing"),
      #""corrected","reading":3,"from":"170/78","to":"120/78","by":"rn1","reason":"typing"}"#
    ),
    (
      .annotated(.oximetry(fromSecondsAgo: 60, toSecondsAgo: 20), by: nurse, reason: "moved"),
      #""annotated","from":60,"to":20,"mark":"artefact","by":"rn1","reason":"moved"}"#
    ),
    (
      .interrupted(seconds: 9, isCertain: false),
      #""interrupted","seconds":9,"clock":"uncertain"}"#
    ),
    (.deviceBytesKept(false), #""deviceBytesKept","kept":false}"#),
    (
      .logSetAside(
        LostLog(file: "c.db.corrupt-1", reason: "torn", accounts: 3, chairs: [ChairID("7")!])),
      #""logSetAside","file":"c.db.corrupt-1","why":"torn","accounts":3,"openSessions":["7"]}"#
    ),
    (.doseOverrun(plannedMinutes: 40), #""doseOverrun","plannedMinutes":40}"#),
    (
      .presetChanged(.doseDue, from: "5", to: "5,10", by: nurse, reason: nil),
      #""presetChanged","field":"doseDue","from":"5","to":"5,10","by":"rn1"}"#
    ),
    (
      .handover(from: nurse, to: StaffID("rn2")!, by: nurse),
      #""handover","from":"rn1","to":"rn2","by":"rn1"}"#
    ),
  ]

  @Test(arguments: entries.indices)
  func `has its fields in their order`(_ index: Int) {
    let (entry, text) = Self.entries[index]
    #expect(Self.line(entry) == text)
  }

  @Test func `tells a due time that was met late, by how much`() {
    let late = Checkpoint.example
    #expect(
      EventText.line(ChairID("7")!, .checkpoint(late), at: .seconds(5)).contains(
        #""result":"late","lateSeconds":"#))
  }

  @Test(arguments: [
    ("72", 7200), ("72.5", 7250), ("72.05", 7205), ("400", 40_000), ("072.50", 7250),
  ])
  func `reads a weight with decimals`(text: String, hundredths: Int) throws {
    var fields = Fields(["weight": text])
    let command = try CommandText.parse("chart", &fields)
    var chart = Chart()
    chart[.weight] = .number(hundredths)
    #expect(command == .chart(chart))
  }

  @Test(arguments: [
    "", ".", "72.", ".5", "72.555", "-72", "+72", "7 2", "1e2", "19.99", "400.01", "７２",
  ])
  func `refuses what is no weight`(text: String) {
    var fields = Fields(["weight": text])
    let error = #expect(throws: TextError.self) { try CommandText.parse("chart", &fields) }
    #expect(error?.description.contains("20…400 kg") == true)
  }

  @Test func `keeps a policy's presets beside its limits`() throws {
    var policy = Policy.adultKetamineDefault1
    policy.spo2.low = 93
    for (name, text) in [
      ("presets.iv40.requiredMinutes", "35"), ("presets.iv40.doseDue", "3,6"),
      ("presets.spravato84.observationDue", "none"),
    ] { #expect(policy.setPreset(name, text) == nil) }
    let text = PlanText.limits(policy)
    #expect(
      text
        == "spo2.low=93 presets.iv40.requiredMinutes=35 presets.iv40.doseDue=3,6 presets.spravato84.observationDue=none"
    )
    let read = try PlanText.policy(text.split(separator: " ").map(String.init))
    #expect(PlanText.limits(read) == text && read.preset(for: .iv40) == policy.preset(for: .iv40))
    #expect(throws: TextError.self) {
      try PlanText.policy(["presets.spravato84.requiredMinutes=119"])
    }
    #expect(throws: TextError.self) { try PlanText.policy(["presets.iv41.requiredMinutes=30"]) }
  }
}

extension Checkpoint {
  /// As a chair gives it: a pressure that came 3 min after it was due.
  static var example: Checkpoint {
    var monitor = ChairMonitor(policy: .adultKetamineDefault1)
    let nurse = StaffID("rn1")!
    var found: Checkpoint?
    for command in [
      Command.checkIn(route: .iv40, patient: nil),
      .schedule(dueSeconds: [1], startsByItself: false),
    ] { _ = monitor.perform(command, by: nurse, role: .rn, at: .zero) { _, _ in } }
    let pressure = BloodPressure(systolic: 120, diastolic: 76)!
    monitor.handle(.manual(pressure, by: nurse), at: .seconds(181)) { _, output in
      if case .event(.checkpoint(let checkpoint)) = output { found = checkpoint }
    }
    return found!
  }
}
