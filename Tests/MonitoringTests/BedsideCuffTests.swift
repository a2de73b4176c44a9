@testable import Monitoring
import Testing
import Vitals

/// A chair with a cuff that takes orders, and a bedside monitor with a cuff of its own.
@Suite struct `A pressure of a bedside monitor` {
  private static func result(
    _ systolic: Int, _ diastolic: Int, pulse: Int? = nil
  ) -> ChairMonitor.Input {
    .determination(.result(pressure(systolic, diastolic, pulse)), from: .monitor)
  }

  private static func pressure(_ systolic: Int, _ diastolic: Int, _ pulse: Int?) -> BloodPressure {
    BloodPressure(
      systolic: systolic, diastolic: diastolic,
      pulseRate: pulse.flatMap { PulseRate(perMinute: $0) }
    )!
  }

  /// The chair's own cuff has begun to inflate.
  private static func working() -> Visit {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.nibpStart)
    visit.handle(.determination(.inflating))
    visit.handle(.determination(.cuffPressure(mmHg: 140)))
    visit.pass(5)
    visit.forget()
    return visit
  }

  @Test func `is on the chart, and leaves the chair's own cuff at work`() {
    var visit = Self.working()
    visit.handle(Self.result(128, 79))
    #expect(visit.monitor.readings.last?.pressure.systolic == 128)
    #expect(visit.monitor.readings.last?.source == .cuff)
    #expect(visit.monitor.isCuffWorking && visit.monitor.cuffPressure == 140)
    #expect(visit.tell(.nibpStart) == [.cuffBusy])
    visit.handle(.determination(.result(Self.pressure(126, 78, nil))))
    #expect(!visit.monitor.isCuffWorking && visit.monitor.cuffPressure == nil)
    #expect(visit.monitor.readings.suffix(2).map(\.pressure.systolic) == [128, 126])
  }

  @Test func `does not let go of a cuff that is stuck`() {
    var visit = Self.working()
    for _ in 0..<19 {
      visit.pass(10)
      visit.handle(.determination(.cuffPressure(mmHg: 40)))
    }
    #expect(visit.alarm(.cuffStuck)?.priority == .high)
    visit.handle(Self.result(128, 79))
    #expect(visit.alarm(.cuffStuck)?.presence == .active)
    visit.handle(.determination(.result(Self.pressure(126, 78, nil))))
    #expect(visit.alarm(.cuffStuck) == nil)
  }

  /// The reference is the pulse before our inflation, and belongs to our cuff's result.
  @Test func `is not compared with the oximeter, and takes no reference away`() {
    var visit = Visit.infusing(hasCuff: true)
    for _ in 0..<2 {
      visit.pass(40)
      visit.handle(Self.result(128, 79, pulse: 120))
    }
    #expect(visit.alarm(.pulseDiscord) == nil)
    for _ in 0..<2 {
      visit.pass(40)
      visit.handle(.determination(.inflating))
      visit.handle(Self.result(128, 79, pulse: 72))
      visit.handle(.determination(.result(Self.pressure(126, 78, 120))))
    }
    #expect(visit.alarm(.pulseDiscord)?.value == 120)
  }

  @Test func `meets a due time, and nothing is measured for it again`() {
    var visit = Visit.infusing(hasCuff: true)
    let zero = visit.monitor.session!.doseStartedAt!
    visit.tell(.schedule(dueSeconds: [300], startsByItself: true))
    visit.pass(160)
    visit.handle(Self.result(128, 79))
    visit.pass(200)
    #expect(visit.monitor.session?.checkpoints.map(\.result) == [.met])
    #expect(visit.monitor.session?.checkpoints.first?.dueAt == zero + .seconds(300))
    #expect(visit.orders.filter { $0.isStart }.isEmpty)
  }

  @Test func `that failed is an alarm of its slot, and no order for our cuff`() {
    var visit = Self.working()
    visit.handle(.determination(.failed(.motion), from: .monitor))
    let devices = visit.events.compactMap { _, event -> String? in
      if case .device(let slot, let change) = event { "\(slot) \(change)" } else { nil }
    }
    #expect(devices == ["monitor determinationFailed(Vitals.DeterminationFailure.motion)"])
    #expect(visit.alarm(.cuffFailed)?.priority == .low)
    #expect(visit.monitor.isCuffWorking && visit.monitor.lastFailure == .motion)
    visit.handle(.determination(.failed(.motion), from: .monitor))
    #expect(visit.alarm(.cuffFailed)?.priority == .medium)
    visit.handle(.determination(.aborted))
    visit.pass(120)
    #expect(visit.orders.isEmpty)
    visit.handle(Self.result(128, 79))
    #expect(visit.alarm(.cuffFailed) == nil)
  }

  @Test func `does not make a cuff whole that has failed three times`() {
    var visit = Visit.infusing(hasCuff: true)
    visit.tell(.schedule(dueSeconds: [10, 1000], startsByItself: true))
    for _ in 0..<3 {
      visit.pass(61)
      visit.handle(.determination(.inflating))
      visit.handle(.determination(.failed(.cuffLeak)))
    }
    visit.handle(Self.result(128, 79))
    visit.forget()
    visit.pass(1200)
    #expect(visit.orders.isEmpty)
  }
}
