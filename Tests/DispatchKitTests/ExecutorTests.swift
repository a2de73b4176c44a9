import DispatchKit
import Testing

@Suite(.timeLimit(.minutes(1))) struct ExecutorTests {
  @Test func `calls from outside arrive in the order they were made`() async {
    let probe = Probe()
    for value in 0..<1000 { probe.executor.async(on: probe) { $0.note(value) } }
    #expect(await probe.noted(1000) == Array(0..<1000))
  }

  @Test func `an actor knows whether it is on its queue`() async {
    let executor = SerialQueueExecutor(label: "test.own")
    #expect(executor.isIsolatingCurrentContext() == false)
    let isInside = await withCheckedContinuation { continuation in
      executor.async { continuation.resume(returning: executor.isIsolatingCurrentContext()) }
    }
    #expect(isInside == true)
  }

  @Test func `two actors on one executor call each other without a hop`() async {
    let executor = SerialQueueExecutor(label: "test.shared")
    let (one, two) = (Probe(on: executor), Probe(on: executor))
    executor.async(on: one) { _ in
      two.assumeIsolated { $0.note(7) }
    }
    #expect(await two.noted(1) == [7])
  }

  @Test func `touching the actor off its queue traps`() async {
    await #expect(processExitsWith: .failure) {
      func touch(_ probe: Probe) { probe.assumeIsolated { _ in } }
      touch(Probe())
    }
  }
}
