import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `Drivers and simulators are machines` {
  @Test(arguments: Proven.models)
  func `a driver is the same however it is called`(_ model: Model) {
    var script: [(Instant, DriverInput)] = [(.zero, .opened)]
    if model.takesOrders { script.append((.zero, .order(.start))) }
    let fixture = Fixture(model)
    script += fixture.chunks.filter { $0.instant < .seconds(9) }
      .map { ($0.instant, .bytes($0.bytes)) }
    // Then a fragment, silence, and the end.
    let last = script.last?.0 ?? .zero
    script.append((last + .milliseconds(200), .bytes([0x01, 0x81])))
    script.append((last + .seconds(13), .closed))
    check(model.makeDriver(), script, until: last + .seconds(14))
  }

  private func check(
    _ driver: some Driver, _ script: [(Instant, DriverInput)], until end: Instant
  ) {
    expectMachineLaws(of: driver, script: script, until: end, tick: .milliseconds(7))
  }

  @Test(arguments: Proven.models)
  func `a simulator is the same however it is called`(_ model: Model) {
    let patient = Course(stretch: .milliseconds(330)).patient
    let script: [(Instant, SimulatorInput)] = [
      (.milliseconds(3), .opened),
      (.milliseconds(10), .bytes(ContecV7Command.startLive.encoded)),
      (.milliseconds(20), .bytes(SunTechCommand.start.encoded)),
      (.milliseconds(777), .bytes(SunTechCommand.getCuffPressure.encoded)),
      (.milliseconds(900), .bytes(ContecV7Command.stopLive.encoded)),
    ]
    check(model.makeSimulator(patient), script)
  }

  private func check(_ simulator: some Simulator, _ script: [(Instant, SimulatorInput)]) {
    expectMachineLaws(
      of: simulator, script: script, until: .seconds(10), tick: .milliseconds(7))
  }
}
