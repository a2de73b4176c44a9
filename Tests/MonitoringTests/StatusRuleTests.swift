@testable import Monitoring
import Testing
import Vitals

/// The rules that look at what the device says about its signal (`clinical.md` 3.3, 4.2).
@Suite struct `The rules on the signal` {
  struct Case: Sendable, CustomTestStringConvertible {
    let says: String
    let reading: OximeterReading
    let expected: [String]
    var testDescription: String { says }

    init(_ says: String, _ reading: OximeterReading, _ expected: [String]) {
      (self.says, self.reading, self.expected) = (says, reading, expected)
    }
  }

  /// Shown for 130 s from 1 s on, before any dose.
  static let cases = [
    Case("good", Visit.reading(97, 72), []),
    Case("finger out", Visit.reading(nil, nil, .sensorOff), ["SENSOR_OFF raised medium @11.0"]),
    Case(
      "sensor unplugged", Visit.reading(nil, nil, .sensorDisconnected),
      ["SENSOR_OFF raised medium @11.0"]),
    Case("defective", Visit.reading(97, 72, .malfunction), ["SENSOR_OFF raised medium @11.0"]),
    Case(
      "no pulse", Visit.reading(nil, nil, .nonPulsatile), ["NO_PULSE raised high @11.0"]),
    Case(
      "no pulse and off is off", Visit.reading(nil, nil, [.nonPulsatile, .sensorOff]),
      ["SENSOR_OFF raised medium @11.0"]),
    Case(
      "motion", Visit.reading(97, 72, .artifact),
      ["SIGNAL_POOR raised low @31.0", "SIGNAL_POOR escalated medium @61.0"]),
    Case(
      "searching", Visit.reading(nil, nil, .searching),
      ["SIGNAL_POOR raised low @31.0", "SIGNAL_POOR escalated medium @61.0"]),
    Case(
      "no number, no mark", OximeterReading(),
      ["SIGNAL_POOR raised low @31.0", "SIGNAL_POOR escalated medium @61.0"]),
    Case(
      "false low numbers in motion", Visit.reading(70, 30, .artifact),
      ["SIGNAL_POOR raised low @31.0", "SIGNAL_POOR escalated medium @61.0"]),
    Case(
      "low perfusion by its mark", Visit.reading(97, 72, .lowPerfusion),
      ["LOW_PERF raised low @31.0"]),
    Case(
      "low perfusion at 0.29 %", Visit.reading(97, 72, perfusion: 29),
      ["LOW_PERF raised low @31.0"]),
    Case("perfusion of 0.30 %", Visit.reading(97, 72, perfusion: 30), []),
    Case("perfusion not measured", Visit.reading(97, 72, perfusion: nil), []),
    Case("marginal perfusion", Visit.reading(97, 72, .marginalPerfusion), []),
    Case(
      "the device's own desaturation mark is not ours", Visit.reading(97, 72, .desaturating), []),
  ]

  @Test(arguments: cases)
  func `raise what is wrong with the signal, and nothing else`(_ one: Case) {
    var visit = Visit.baseline()
    visit.forget()
    visit.pass(130, showing: one.reading)
    #expect(visit.alarmSteps == one.expected)
  }

  @Test(arguments: [
    (SignalStatus.sensorOff, AlarmID.sensorOff, 12, 3),
    (.artifact, .signalPoor, 31, 10), (.lowPerfusion, .lowPerfusion, 31, 10),
    (.nonPulsatile, .noPulse, 12, 5),
  ])
  func `end when the signal has been good for long enough`(
    _ mark: SignalStatus, _ id: AlarmID, _ bad: Int, _ clear: Int
  ) throws {
    var visit = Visit.baseline()
    visit.pass(bad, showing: Visit.reading(97, 72, mark))
    #expect(visit.alarm(id)?.presence == .active)
    visit.shown = Visit.reading(97, 72)
    visit.pass(clear)
    #expect(visit.alarm(id)?.presence == .active)
    visit.pass(1)
    #expect(visit.alarm(id)?.presence == (id.isLatching ? .latched : nil))
  }

  @Test func `tell a device that only babbles from one that is silent`() {
    var visit = Visit.baseline()
    visit.pass(5)
    visit.forget()
    var babble = Visit.reading(nil, nil)
    babble.carriesNumerics = false
    visit.pass(60, showing: babble)
    #expect(visit.alarmSteps == ["SIGNAL_POOR raised low @38.0"])
    visit.forget()
    visit.pass(20, showing: nil)
    #expect(
      visit.alarmSteps == ["SIGNAL_POOR escalated medium @68.0", "NO_DATA raised medium @75.0"])
  }

  @Test func `notice silence even when no frame ever came`() {
    var visit = Visit.baseline()
    visit.pass(11, showing: nil)
    #expect(visit.alarmSteps == ["NO_DATA raised medium @10.0"])
    visit.pass(1, showing: Visit.reading(97, 72))
    #expect(visit.alarmSteps.last == "NO_DATA cleared medium @12.0")
  }
}
