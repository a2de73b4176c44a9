import DispatchKit
import Glibc
import Testing

@Suite(.timeLimit(.minutes(1))) struct DescriptorTests {
  @Test func `bytes arrive on the actor's queue`() async {
    let pipe = makePipe()
    defer { close(pipe.writing) }
    let probe = Probe()
    await probe.listen(to: pipe.reading)
    write([0x88, 0x2A], to: pipe.writing)
    #expect(await probe.noted(2) == [0x88, 0x2A])
  }

  @Test func `the end of the stream is one call, and the descriptor is closed after it`() async {
    let pipe = makePipe()
    let probe = Probe()
    let closed = await withCheckedContinuation { continuation in
      Task {
        await probe.listen(to: pipe.reading) {
          close($0)
          continuation.resume(returning: $0)
        }
        close(pipe.writing)
      }
    }
    #expect(closed == pipe.reading)
    #expect(await probe.log == [0])
  }

  /// What killed one process in ten before there was a shield; see `Shield`.
  @Test func `a thousand streams may end at once`() async {
    await withDiscardingTaskGroup { group in
      for _ in 0..<1000 {
        group.addTask {
          let pipe = makePipe()
          let probe = Probe()
          await probe.listen(to: pipe.reading)
          close(pipe.writing)
          #expect(await probe.noted(1) == [0])
        }
      }
    }
  }

  @Test func `without a closer the source closes the descriptor itself`() async throws {
    let pipe = makePipe()
    defer { close(pipe.writing) }
    let probe = Probe()
    await probe.listen(to: pipe.reading)
    await probe.stop()
    // The number may be reused at once; only the far end knows that nobody reads any more.
    var far = pollfd(fd: pipe.writing, events: 0, revents: 0)
    #expect(poll(&far, 1, 5000) == 1)
    #expect(far.revents & Int16(POLLERR) != 0)
  }

  @Test func `a suspended source is silent until it is resumed`() async {
    let pipe = makePipe()
    defer { close(pipe.writing) }
    let probe = Probe()
    await probe.listen(to: pipe.reading)
    await probe.suspend()
    write([1], to: pipe.writing)
    await probe.fence()
    #expect(await probe.log == [])
    await probe.resume()
    #expect(await probe.noted(1) == [1])
  }

  @Test func `a suspended source can be dropped, and its descriptor is closed`() async {
    let pipe = makePipe()
    defer { close(pipe.writing) }
    let probe = Probe()
    await withCheckedContinuation { continuation in
      Task {
        await probe.listen(to: pipe.reading) {
          close($0)
          continuation.resume()
        }
        await probe.suspend()
        await probe.stop()
      }
    }
  }

  @Test func `room to write is told`() async {
    let pipe = makePipe()
    defer { close(pipe.reading) }
    let probe = Probe()
    await probe.awaitRoom(in: pipe.writing)
    #expect(await probe.noted(1) == [1])
  }
}

extension Probe {
  /// Gives a source that could speak the time to do so.
  func fence() async {
    try? await Task.sleep(for: .milliseconds(30))
  }
}
