import Testing
import Vitals

/// What is no value is refused where it is made (`clinical.md` 4.1).
@Suite struct `Units refuse what is no value` {
  @Test func `a saturation is 1 to 100 percent`() {
    for percent in -300...300 {
      #expect((Saturation(percent: percent) != nil) == (1...100).contains(percent), "\(percent)")
    }
    for sentinel in [0, 127, 255, -999, Int.min, Int.max] {
      #expect(Saturation(percent: sentinel) == nil)
    }
  }

  @Test func `a pulse rate is 18 to 300 a minute`() {
    for rate in -300...700 {
      #expect((PulseRate(perMinute: rate) != nil) == (18...300).contains(rate), "\(rate)")
    }
    for sentinel in [0, 511, 255, -999, Int.min, Int.max] {
      #expect(PulseRate(perMinute: sentinel).map(\.perMinute) == (sentinel == 255 ? 255 : nil))
    }
  }

  @Test func `a perfusion index is 0,02 to 20 percent`() {
    for hundredths in -300...3000 {
      let index = PerfusionIndex(hundredths: hundredths)
      #expect((index != nil) == (2...2000).contains(hundredths), "\(hundredths)")
      if let index { #expect(index.percent == Double(hundredths) / 100) }
    }
  }

  @Test func `a blood pressure has its parts in range and order, over every pair`() {
    for systolic in 0...300 {
      for diastolic in 0...300 {
        let isOne =
          (30...280).contains(systolic) && (10...220).contains(diastolic)
          && diastolic < systolic
        let pressure = BloodPressure(systolic: systolic, diastolic: diastolic)
        // `#expect` on every one of 90 000 pairs would take longer than all other tests.
        if (pressure != nil) != isOne { Issue.record("\(systolic)/\(diastolic)") }
      }
    }
  }

  @Test func `a measured mean lies between diastolic and systolic`() {
    for mean in 0...300 {
      let narrow = BloodPressure(systolic: 120, diastolic: 80, mean: mean)
      #expect((narrow != nil) == (81...119).contains(mean), "\(mean)")
      let wide = BloodPressure(systolic: 280, diastolic: 10, mean: mean)
      #expect((wide != nil) == (20...250).contains(mean), "\(mean)")
    }
  }

  @Test func `a mean that was not measured is a third of the way up, rounded half up`() throws {
    for systolic in 30...280 {
      for diastolic in max(10, systolic - 90)..<min(221, systolic) {
        let pressure = try #require(BloodPressure(systolic: systolic, diastolic: diastolic))
        let exact = Double(systolic + 2 * diastolic) / 3
        let rounded = Int((exact + 0.5).rounded(.down))
        if pressure.mean != rounded { Issue.record("\(systolic)/\(diastolic): \(pressure.mean)") }
      }
    }
    #expect(BloodPressure(systolic: 120, diastolic: 80, mean: 99)?.mean == 99)
    #expect(BloodPressure(systolic: 120, diastolic: 80)?.mean == 93)
    #expect(BloodPressure(systolic: 78, diastolic: 44)?.mean == 55)
  }

  @Test(arguments: SignalStatus.names)
  func `a number with an unusable mark is not judged`(_ name: String) throws {
    let mark = try #require(SignalStatus(name: name))
    let reading = OximeterReading(
      saturation: Saturation(percent: 97), pulseRate: PulseRate(perMinute: 70), status: mark)
    let bad: SignalStatus = [
      .sensorOff, .sensorDisconnected, .malfunction, .searching, .nonPulsatile, .artifact,
      .poorSignal, .demonstration,
    ]
    #expect(reading.isUsable == !bad.contains(mark))
  }

  @Test func `half a reading is not judged`() {
    #expect(!OximeterReading().isUsable)
    #expect(!OximeterReading(saturation: Saturation(percent: 97)).isUsable)
    #expect(!OximeterReading(pulseRate: PulseRate(perMinute: 70)).isUsable)
  }
}
