import Dispatch
import DispatchKit
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1))) struct TimerTests {
  @Test func `a deadline fires no earlier than asked, and once`() async {
    let probe = Probe()
    let took = await SuspendingClock().measure {
      await probe.fire(after: .milliseconds(20))
      _ = await probe.noted(1)
    }
    #expect(took >= .milliseconds(20))
    await probe.fence()
    #expect(await probe.log == [1])
  }

  @Test func `a deadline that has passed fires at once`() async {
    let probe = Probe()
    await probe.fire(at: DispatchTime.now() - .seconds(1))
    #expect(await probe.noted(1) == [1])
  }

  @Test func `a deadline whose handle was dropped never fires`() async {
    let probe = Probe()
    await probe.fire(after: .milliseconds(10))
    await probe.stop()
    await probe.fence()
    #expect(await probe.log == [])
  }

  @Test func `a tick comes again and again until it is dropped`() async {
    let probe = Probe()
    await probe.tick(every: .milliseconds(2))
    #expect(await probe.noted(5).prefix(5) == [0, 1, 2, 3, 4])
    await probe.stop()
    let count = await probe.log.count
    await probe.fence()
    #expect(await probe.log.count == count)
  }

  @Test func `a handler dies with its actor`() async {
    var probe: Probe? = Probe()
    weak let observer = probe
    await probe?.tick(every: .milliseconds(1))
    _ = await probe?.noted(1)
    probe = nil
    for _ in 0..<1000 where observer != nil { try? await Task.sleep(for: .milliseconds(1)) }
    #expect(observer == nil)
  }

  @Test func `a signal arrives as a call on the actor's queue`() async {
    let probe = Probe()
    await probe.listen(for: SIGWINCH)
    // Registration is asynchronous; SIGWINCH is ignored by default, so that sending it early is
    // harmless, and it may be sent until it arrives.
    let sender = Task {
      while !Task.isCancelled {
        kill(getpid(), SIGWINCH)
        try? await Task.sleep(for: .milliseconds(10))
      }
    }
    #expect(await probe.noted(1).first == 1)
    sender.cancel()
  }
}
