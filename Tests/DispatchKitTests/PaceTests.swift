import DispatchKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct PaceTests {
  @Test func `a pace comes again after the span it asks for, until it asks for none`() async {
    let probe = Probe()
    let took = await SuspendingClock().measure {
      await probe.pace(.milliseconds(2), count: 5)
      #expect(await probe.noted(5) == [0, 1, 2, 3, 4])
    }
    #expect(took >= .milliseconds(8))
    await probe.fence()
    #expect(await probe.log.count == 5)
  }

  @Test func `a pace takes its turn among the calls of others`() async {
    let probe = Probe()
    await probe.pace(.microseconds(100), count: 100)
    for value in 1000..<2000 { probe.executor.async(on: probe) { $0.note(value) } }
    let log = await probe.noted(1100)
    #expect(log.filter { $0 < 1000 }.count == 100)
    #expect(log.filter { $0 >= 1000 } == Array(1000..<2000))
  }

  @Test func `a pace dies with its actor`() async {
    var probe: Probe? = Probe()
    weak let observer = probe
    await probe?.pace(.milliseconds(1), count: .max)
    _ = await probe?.noted(1)
    probe = nil
    for _ in 0..<1000 where observer != nil { try? await Task.sleep(for: .milliseconds(1)) }
    #expect(observer == nil)
  }
}
