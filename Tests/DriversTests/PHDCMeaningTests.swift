import Drivers
import TestKit
import Testing
import Vitals

/// Configurations that tests share.
enum PHDCMeanings {
  static func cuff(unit: Int, metrics: String = "4A05 4A06 4A07") -> [[UInt8]] {
    [
      PHDCBytes.object(
        1, type: 0x4A04, unit: unit, map: [(0x0A75, 10), (0x0990, 8)],
        extra: [PHDCBytes.attribute(0x0A76, hex("0003 0006 \(metrics)"))]),
      PHDCBytes.object(2, type: 0x482A, unit: 0x0AA0, map: [(0x0A4C, 2), (0x0990, 8)]),
    ]
  }
}

/// What is present, what is past, and what is no number.
@Suite struct `What an agent reports` {
  private let stamp = "2026031409000500"
  private let time = "2026-03-14T09:00:05"
  /// Five seconds before the stamp.
  private let clock = "2026031409000000"

  @Test func `is present without a time stamp`() {
    var visit = PHDCVisit(associatedWith: 0x0190)
    visit.report(PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048"))
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
  }

  @Test func `is past after a spot check, even without a time stamp`() {
    var visit = PHDCVisit(associatedWith: 0x0191)
    visit.say(
      PHDCBytes.event(
        0x0D1E,
        PHDCBytes.report([
          PHDCBytes.named(1, [(0x0A4C, "0062")]), PHDCBytes.named(10, [(0x0A4C, "0048")]),
        ])))
    #expect(visit.readings == [PHDCBytes.stored(98, 72, nil)])
  }

  @Test(arguments: [0x0190, 0x0191])
  func `is present when the agent's own clock proves it`(_ id: Int) {
    var visit = PHDCVisit(associatedWith: id)
    visit.answerIdentity(clock: clock)
    visit.pass(.seconds(6))
    visit.report(
      PHDCBytes.fixed(1, "0062" + stamp), PHDCBytes.fixed(10, "0048" + stamp))
    #expect(visit.readings.last == PHDCBytes.present(98, 72))
    // The same report again, half a minute later.
    visit.pass(.seconds(30))
    visit.report(
      PHDCBytes.fixed(1, "0062" + stamp), PHDCBytes.fixed(10, "0048" + stamp))
    #expect(visit.readings.last == PHDCBytes.stored(98, 72, time))
  }

  @Test(
    arguments: [
      // The clock at the beginning, seconds until the report, whether it is a result of now.
      ("2026031409000000", 10, true), ("2026031409000000", 60, true),
      ("2026031409000000", 70, false), ("2026031409000000", 3600, false),
      // The clock does not stand still, but the stamp is of its beginning.
      ("2026031409000500", 1, false),
      // Measured before we came.
      ("2026031409000600", 1, false), ("2026031410000000", 1, false),
      // The stamp is ahead: out of an earlier life of a clock that begins anew each time.
      ("2026031408000000", 1, false), ("2000010100000000", 1, false),
      ("2026031409000000", 1, false),
      // No clock at all.
      ("FFFFFFFFFFFFFFFF", 5, false),
    ] as [(String, Int, Bool)])
  func `is a result only when measured while we listened`(
    _ clock: String, _ seconds: Int, _ isResult: Bool
  ) {
    var visit = PHDCVisit(associatedWith: 0x02BC)
    visit.answerIdentity(clock: clock)
    visit.pass(.seconds(seconds))
    visit.report(
      PHDCBytes.fixed(1, "0003 0006 0078 0050 0064" + stamp),
      PHDCBytes.fixed(2, "003C" + stamp))
    let pressure = Course.pressure(120, 80, 100, 60)
    #expect(
      visit.readings.last
        == (isResult
          ? .determination(.result(pressure))
          : .stored(StoredReading(.pressure(pressure), deviceTime: DeviceTime(time)))))
  }

  @Test func `of a determination that failed is told when it is new, and else not`() {
    for (seconds, outputs) in [(8, [DriverOutput.determination(.failed(.implausible))]), (300, [])]
    {
      for numbers in ["07FF 07FF 07FF", "0050 0078 0064", "0000 0000 0000", "0400 0300 0350"] {
        var visit = PHDCVisit(associatedWith: 0x02BC)
        visit.answerIdentity(clock: clock)
        visit.pass(.seconds(seconds))
        visit.report(PHDCBytes.fixed(1, "0003 0006" + numbers + stamp))
        #expect(Array(visit.readings.dropFirst()) == outputs, "\(numbers)")
      }
    }
  }

  @Test func `says that a clock was never set by showing no time`() {
    var visit = PHDCVisit(associatedWith: 0x0191)
    for stamp in ["FFFFFFFFFFFFFFFF", "2026130109000000", "0000000000000000"] {
      visit.report(PHDCBytes.fixed(1, "0062" + stamp), PHDCBytes.fixed(10, "0048" + stamp))
      #expect(visit.readings.last == PHDCBytes.stored(98, 72, nil))
    }
  }

  @Test func `in kilopascals is converted`() {
    var visit = PHDCVisit(configuredWith: PHDCMeanings.cuff(unit: 0x0F03))
    // 16.0, 10.7 and 12.5 kPa.
    visit.report(PHDCBytes.fixed(1, "0003 0006 F0A0 F06B F07D" + stamp))
    let pressure = BloodPressure(systolic: 120, diastolic: 80, mean: 94)!
    #expect(
      visit.readings
        == [.stored(StoredReading(.pressure(pressure), deviceTime: DeviceTime(time)))])
  }

  @Test func `in another order than usual follows the list of its parts`() {
    var visit = PHDCVisit(
      configuredWith: PHDCMeanings.cuff(unit: 0x0F20, metrics: "4A07 4A05 4A06"))
    visit.report(PHDCBytes.fixed(1, "0003 0006 0064 0078 0050" + stamp))
    let pressure = BloodPressure(systolic: 120, diastolic: 80, mean: 100)!
    #expect(
      visit.readings
        == [.stored(StoredReading(.pressure(pressure), deviceTime: DeviceTime(time)))])
  }

  @Test func `in a unit or of a kind that we do not know is not read`() {
    for (type, unit) in [(0x4BB8, 0x0AA0), (0x4BB8, 0x0F20), (0x4BBC, 0x0220)] {
      var visit = PHDCVisit(configuredWith: [
        PHDCBytes.object(1, type: type, unit: unit, map: [(0x0A4C, 2)]),
        PHDCBytes.oximeter[1],
      ])
      visit.report(PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048"))
      let rate = OximeterReading(pulseRate: PulseRate(perMinute: 72))
      #expect(visit.readings == [.oximetry(rate)])
    }
    // A unit that changes in a report.
    var visit = PHDCVisit(configuredWith: PHDCBytes.oximeter)
    visit.report(
      PHDCBytes.named(1, [(0x0A4C, "0062"), (0x0996, "0F20")]),
      PHDCBytes.named(10, [(0x0A4C, "0048")]), type: 0x0D1E)
    #expect(
      visit.readings == [.oximetry(OximeterReading(pulseRate: PulseRate(perMinute: 72)))])
  }

  @Test(arguments: ["07FF", "07FE", "0800", "0801", "0802", "0000", "00FF", "0FFF", "1062"])
  func `has no number in place of a special or an impossible one`(_ number: String) {
    var visit = PHDCVisit(associatedWith: 0x0190)
    visit.report(PHDCBytes.fixed(1, number), PHDCBytes.fixed(10, "0048"))
    #expect(
      visit.readings == [.oximetry(OximeterReading(pulseRate: PulseRate(perMinute: 72)))])
  }

  @Test(
    arguments: [
      (0x8000, .poorSignal, false), (0x4000, .lowConfidence, true), (0x2000, .poorSignal, false),
      (0x1000, .searching, false), (0x0800, .demonstration, false),
      (0x0400, .demonstration, false), (0x0080, [], true), (0x0040, .lowConfidence, true),
      (0x0020, .lowConfidence, true), (0xFFFF, .demonstration, false),
    ] as [(Int, SignalStatus, Bool)])
  func `has a number or not as its measurement status says`(
    _ bits: Int, _ status: SignalStatus, _ hasNumber: Bool
  ) throws {
    var visit = PHDCVisit(configuredWith: [
      PHDCBytes.object(1, type: 0x4BB8, unit: 0x0220, map: [(0x0A4C, 2), (0x0947, 2)]),
      PHDCBytes.oximeter[1],
    ])
    visit.say(
      PHDCBytes.event(
        0x0D1D,
        PHDCBytes.report([
          PHDCBytes.u16(1) + PHDCBytes.octets([0, 0x62] + PHDCBytes.u16(bits)),
          PHDCBytes.fixed(10, "0048"),
        ])))
    guard case .oximetry(let reading) = try #require(visit.readings.last) else { return }
    #expect((reading.saturation != nil) == hasNumber)
    #expect(reading.status.isSuperset(of: status))
    #expect(reading.isUsable == hasNumber)
  }

  @Test(
    arguments: [
      (0x8000, .sensorDisconnected), (0x4000, .malfunction), (0x2000, .sensorOff),
      (0x1000, .malfunction), (0x0800, .sensorOff), (0x0400, .artifact), (0x0200, .searching),
      (0x0100, .artifact), (0x0080, .nonPulsatile), (0x0040, .poorSignal), (0x0020, .lowPerfusion),
      (0x0010, .poorSignal), (0x0008, .poorSignal), (0x0004, .poorSignal), (0x0002, .malfunction),
      (0x0001, .poorSignal),
    ] as [(Int, SignalStatus)])
  func `is judged by its sensor's status until that changes`(_ bits: Int, _ status: SignalStatus) {
    var visit = PHDCVisit(configuredWith: PHDCBytes.oximeter)
    let numbers = [PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048")]
    // The status comes alone, as from an agent that reports changes; then numbers come without it.
    visit.say(
      PHDCBytes.event(
        0x0D1D,
        PHDCBytes.report([PHDCBytes.u16(11) + PHDCBytes.octets(PHDCBytes.u16(bits))])))
    visit.say(PHDCBytes.event(0x0D1D, PHDCBytes.report(numbers)))
    let isOff = !status.isDisjoint(
      with: SignalStatus.offPatient.union([.searching, .nonPulsatile]))
    #expect(
      visit.readings.last
        == (isOff ? .oximetry(OximeterReading(status: status)) : PHDCBytes.present(98, 72, status)))
    visit.say(
      PHDCBytes.event(0x0D1D, PHDCBytes.report(numbers + [PHDCBytes.fixed(11, "0000")])))
    #expect(visit.readings.last == PHDCBytes.present(98, 72))
  }

  @Test func `completes a number with its companion of the last seconds only`() {
    var visit = PHDCVisit(associatedWith: 0x0190)
    visit.report(PHDCBytes.fixed(1, "0062"))
    visit.report(PHDCBytes.fixed(10, "0048"))
    #expect(visit.readings.last == PHDCBytes.present(98, 72))
    visit.pass(.seconds(4))
    visit.report(PHDCBytes.fixed(10, "004A"))
    #expect(
      visit.readings.last == .oximetry(OximeterReading(pulseRate: PulseRate(perMinute: 74))))
  }

  @Test func `of several moments is told apart`() {
    var visit = PHDCVisit(associatedWith: 0x0191)
    let other = "2026031409001500"
    visit.report(
      PHDCBytes.fixed(1, "0062" + stamp), PHDCBytes.fixed(10, "0048" + stamp),
      PHDCBytes.fixed(1, "0061" + other), PHDCBytes.fixed(10, "0047" + other))
    #expect(
      visit.readings == [
        PHDCBytes.stored(98, 72, time), PHDCBytes.stored(97, 71, "2026-03-14T09:00:15"),
      ])
  }

  @Test func `is the usual number where there is a fast one beside it`() {
    let fast = PHDCBytes.attribute(0x0A61, hex("0001 0004 0002 4C34"))
    var visit = PHDCVisit(configuredWith: [
      PHDCBytes.object(3, type: 0x4BB8, unit: 0x0220, map: [(0x0A4C, 2)], extra: [fast]),
      PHDCBytes.oximeter[0], PHDCBytes.oximeter[1],
    ])
    visit.report(
      PHDCBytes.fixed(3, "0050"), PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048"))
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
  }
}
