import Monitoring
import Recording
import Testing
import Vitals
import Ward

/// The timeline's form is a contract (`design.md` section 5): order and spelling, byte for byte.
@Suite struct `A line of a timeline` {
  static let nurse = StaffID("rn1")!

  static var alarm: Alarm {
    Alarm(
      id: .spo2Low, serial: 4, priority: .medium, presence: .active, raisedAt: .seconds(946),
      value: 91, limit: 92)
  }

  static let lines: [(ChairEvent, String)] = [
    (
      .alarm(AlarmChange(alarm: alarm, step: .raised)),
      #"{"t":946.0,"chair":"7","event":"alarm","alarm":"SPO2_LOW","change":"raised","priority":"medium","value":91,"limit":92,"id":4}"#
    ),
    (
      .alarm(AlarmChange(alarm: alarm, step: .acknowledged, by: nurse)),
      #"{"t":946.0,"chair":"7","event":"alarm","alarm":"SPO2_LOW","change":"acknowledged","priority":"medium","value":91,"limit":92,"id":4,"by":"rn1"}"#
    ),
    (
      .alarm(
        AlarmChange(
          alarm: Alarm(
            id: .spo2VeryLow, serial: 5, priority: .high, presence: .active,
            raisedAt: .seconds(946), value: 50, limit: 88, remark: .checkSensor), step: .raised)),
      #"{"t":946.0,"chair":"7","event":"alarm","alarm":"SPO2_VLOW","change":"raised","priority":"high","value":50,"limit":88,"remark":"check sensor","id":5}"#
    ),
    (
      .audit(.limbs(Limbs(cuff: .leftArm, oximeter: .ear), by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"limbs","cuff":"leftArm","oximeter":"ear","by":"rn1"}"#
    ),
    (
      .audit(.patientCalled),
      #"{"t":946.0,"chair":"7","event":"audit","what":"patientCalled"}"#
    ),
    (
      .audit(.respirationCounted(RespirationRate(perMinute: 9)!, by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"respirationCounted","rr":9,"by":"rn1"}"#
    ),
    (
      .audit(.wallClockStepped(milliseconds: 2000)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"wallClockStepped","milliseconds":2000}"#
    ),
    (
      .reading(PressureReading.example),
      #"{"t":946.0,"chair":"7","event":"reading","sbp":150,"dbp":90,"map":110,"pr":80,"source":"manual","by":"rn1","info":["BP_REL_INFO"]}"#
    ),
    (
      .device(.oximeter, .connected(driver: "bci")),
      #"{"t":946.0,"chair":"7","event":"device","slot":"ox","change":"connected","driver":"bci"}"#
    ),
    (
      .device(.cuff, .disconnected(reason: "say \"no\"")),
      #"{"t":946.0,"chair":"7","event":"device","slot":"cuff","change":"disconnected","reason":"say \"no\""}"#
    ),
    (
      .device(.cuff, .determinationFailed(.cuffLeak)),
      #"{"t":946.0,"chair":"7","event":"device","slot":"cuff","change":"determinationFailed","why":"cuffLeak"}"#
    ),
    (
      .station(nurse, .lost),
      #"{"t":946.0,"chair":"7","event":"station","station":"rn1","change":"lost"}"#
    ),
    (
      .audit(.refused(.doseStart, [.hold, .noLiveSpO2], by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"refused","command":"doseStart","why":["hold","noLiveSpO2"],"by":"rn1"}"#
    ),
    (
      .audit(.limitChanged(field: "spo2.low", from: 92, to: 94, by: nurse, reason: nil)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"limitChanged","field":"spo2.low","from":92,"to":94,"by":"rn1"}"#
    ),
    (
      .audit(.baseline(Baseline(spo2: 98, pulseRate: 72, systolic: 120, diastolic: 76), by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"baseline","spo2":98,"pr":72,"sbp":120,"dbp":76,"by":"rn1"}"#
    ),
    (
      .audit(.scheduled(dueSeconds: [300, 600], startsByItself: false, by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"scheduled","due":[300,600],"start":"manual","by":"rn1"}"#
    ),
    (
      .audit(.cuffOrdered(.sessionEndAbort, by: .system)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"cuffOrdered","cause":"sessionEndAbort","by":"system"}"#
    ),
    (
      .audit(.cuffOrdered(.recheck, by: .system)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"cuffOrdered","cause":"recheck","by":"system"}"#
    ),
    (
      .audit(.statStarted(seconds: 300, by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"statStarted","seconds":300,"by":"rn1"}"#
    ),
    (
      .audit(.statEnded(.sessionEnded, by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"statEnded","why":"sessionEnded","by":"rn1"}"#
    ),
    (
      .audit(.audioPaused(seconds: 60, by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"audioPaused","seconds":60,"by":"rn1"}"#
    ),
    (
      .audit(.audioResumed(.newHigh)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"audioResumed","why":"newHigh"}"#
    ),
    (
      .audit(.holdDeclared(.review, by: .system, reason: "blood pressure")),
      #"{"t":946.0,"chair":"7","event":"audit","what":"holdDeclared","class":"review","by":"system","reason":"blood pressure"}"#
    ),
    (
      .audit(.account(.authenticated(by: nurse, for: .command(.sign), factors: [.userId, .pin]))),
      #"{"t":946.0,"chair":"7","event":"audit","what":"authenticated","for":"sign","factors":["userId","pin"],"by":"rn1"}"#
    ),
    (
      .audit(.account(.loginFailed(by: nurse, for: .command(.sign), why: .wrong, failures: 2))),
      #"{"t":946.0,"chair":"7","event":"audit","what":"loginFailed","for":"sign","why":"wrong","failures":2,"by":"rn1"}"#
    ),
    (
      .audit(.account(.loginFailed(by: nil, for: .accounts, why: .unknown, failures: 0))),
      #"{"t":946.0,"chair":"7","event":"audit","what":"loginFailed","for":"accounts","why":"unknown","failures":0}"#
    ),
    (
      .audit(.account(.shown(record: "s-20260314-12", as: .report, at: StaffID("front")!))),
      #"{"t":946.0,"chair":"7","event":"audit","what":"recordShown","record":"s-20260314-12","form":"report","station":"front"}"#
    ),
    (
      .audit(.account(.lockedOut(nurse, seconds: 900))),
      #"{"t":946.0,"chair":"7","event":"audit","what":"lockedOut","user":"rn1","seconds":900}"#
    ),
    (
      .audit(.account(.changed(nurse, .added, roles: [.rn, .admin], by: nurse))),
      #"{"t":946.0,"chair":"7","event":"audit","what":"accountChanged","user":"rn1","change":"added","roles":["rn","admin"],"by":"rn1"}"#
    ),
    (
      .audit(.staffChanged(nurse, nil)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"staffChanged","user":"rn1","role":"none"}"#
    ),
    (
      .audit(.wallClockStepped(milliseconds: -180_000)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"wallClockStepped","milliseconds":-180000,"info":["CLOCK_STEP"]}"#
    ),
    (
      .audit(.note("line\nbreak\u{1}\t", by: nurse)),
      #"{"t":946.0,"chair":"7","event":"audit","what":"note","text":"line\nbreak\u0001\t","by":"rn1"}"#
    ),
  ]

  @Test(arguments: lines.indices)
  func `has its fields in their order`(_ index: Int) {
    let (event, line) = Self.lines[index]
    #expect(EventText.line(ChairID("7")!, event, at: .seconds(946)) == line)
  }

  /// What only a chair can make: taken from one.
  @Test func `of sessions, signatures and due times has its fields in their order`() {
    var monitor = ChairMonitor(policy: .adultKetamineDefault1)
    var lines: [String] = []
    func perform(_ command: Command, at seconds: Int) {
      _ = monitor.perform(command, by: Self.nurse, role: .rn, at: .seconds(seconds)) {
        if case .event(let event) = $1 {
          lines.append(EventText.line(ChairID("7")!, event, at: $0))
        }
      }
    }
    perform(.checkIn(route: .im, patient: "A.D."), at: 0)
    perform(.schedule(dueSeconds: [1], startsByItself: false), at: 1)
    perform(.note("x"), at: 122)
    perform(.transfer(destination: "ED"), at: 123)
    perform(.handoverDone(note: "well"), at: 124)
    #expect(
      lines.filter { !$0.contains("NO_DATA") } == [
        #"{"t":0.0,"chair":"7","event":"session","state":"baseline","by":"rn1","reason":"im","patient":"A.D."}"#,
        #"{"t":1.0,"chair":"7","event":"audit","what":"scheduled","due":[1],"start":"manual","by":"rn1"}"#,
        #"{"t":122.0,"chair":"7","event":"alarm","alarm":"BP_OVERDUE","change":"raised","priority":"low","id":2}"#,
        #"{"t":122.0,"chair":"7","event":"audit","what":"note","text":"x","by":"rn1"}"#,
        #"{"t":123.0,"chair":"7","event":"signature","result":"accepted","by":"rn1","number":1,"of":2,"meaning":"transfer"}"#,
        #"{"t":123.0,"chair":"7","event":"session","state":"transferred","by":"rn1","reason":"ED"}"#,
        #"{"t":124.0,"chair":"7","event":"audit","what":"handoverDone","note":"well","by":"rn1"}"#,
        #"{"t":124.0,"chair":"7","event":"checkpoint","due":2.0,"result":"missed"}"#,
        #"{"t":124.0,"chair":"7","event":"alarm","alarm":"BP_OVERDUE","change":"cleared","priority":"low","id":2}"#,
      ])
  }

  @Test func `moves to another time axis with its due times, and nothing else`() {
    let line = #"{"t":122.5,"chair":"7","event":"checkpoint","due":2.0,"result":"late"}"#
    #expect(
      EventText.rebased(line, by: .seconds(100))
        == #"{"t":22.5,"chair":"7","event":"checkpoint","due":-98.0,"result":"late"}"#)
    let trap = EventText.line(
      ChairID("7")!, .audit(.note(#"a,"due":5,{"t":7"#, by: Self.nurse)), at: .seconds(5))
    #expect(
      EventText.rebased(trap, by: .seconds(5))
        == trap.replacing(#"{"t":5.0"#, with: #"{"t":0.0"#, maxReplacements: 1))
    let schedule = EventText.line(
      ChairID("7")!, .audit(.scheduled(dueSeconds: [5], startsByItself: true, by: Self.nurse)),
      at: .seconds(5))
    #expect(EventText.rebased(schedule, by: .seconds(5)).contains(#""due":[5]"#))
  }

  @Test(arguments: [
    (0, "0.0"), (946_000, "946.0"), (12_345, "12.345"), (-500, "-0.5"), (-1, "-0.001"),
    (100, "0.1"), (10, "0.01"), (3_600_000, "3600.0"), (10_000, "10.0"),
  ])
  func `gives seconds with no more decimals than needed`(milliseconds: Int64, text: String) {
    #expect(Seconds.short(.milliseconds(milliseconds)) == text)
  }
}

extension PressureReading {
  /// A pressure by hand as a chair puts it on the chart.
  static var example: PressureReading {
    var found: PressureReading?
    var monitor = ChairMonitor(policy: .adultKetamineDefault1)
    let nurse = StaffID("rn1")!
    func take(_ output: ChairMonitor.Output) {
      if case .event(.reading(let reading)) = output { found = reading }
    }
    _ = monitor.perform(
      .checkIn(route: .iv40, patient: nil), by: nurse, role: .rn, at: .zero
    ) { _, _ in }
    let reading = OximeterReading(
      saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 72))
    for second in 1...70 {
      monitor.handle(.oximetry(reading), at: .seconds(second)) { _, _ in }
      guard second == 2 || second == 65 else { continue }
      let own = BloodPressure(systolic: 120, diastolic: 76)!
      monitor.handle(.manual(own, by: nurse), at: .seconds(second)) { _, _ in }
    }
    _ = monitor.perform(.baselineAccepted, by: nurse, role: .rn, at: .seconds(71)) { _, _ in }
    let high = BloodPressure(
      systolic: 150, diastolic: 90, pulseRate: PulseRate(perMinute: 80))!
    monitor.handle(.manual(high, by: nurse), at: .seconds(72)) { take($1) }
    return found!
  }
}
