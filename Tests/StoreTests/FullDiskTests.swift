import Glibc
import Monitoring
import Store
import Testing
import Vitals

/// A disk that takes no more: in a child process, whose files may not grow beyond a limit.
@Suite struct FullDiskTests {
  @Test func `what a full disk refuses is kept, and written when there is room again`() async {
    await #expect(processExitsWith: .success) {
      signal(SIGXFSZ, SIG_IGN)
      limitFiles(to: 300_000)
      let folder = try Folder()
      let store = try Store(path: folder.log)
      let text = String(repeating: "x", count: 20_000)
      var sequence: Int64 = 1
      while await store.write(note(sequence, text, at: .seconds(Int(sequence)))) {
        sequence += 1
        try #require(sequence < 100, "the disk never filled")
      }
      // Refused once: nothing of it is there, and whoever asks again is refused again.
      let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
      store.append(note(sequence + 1, text, at: .seconds(Int(sequence + 1)))) { answer.yield($0) }
      var iterator = answers.makeAsyncIterator()
      #expect(await iterator.next() == false)
      let history = try History(path: folder.log)
      #expect(try await history.lastSequence() == sequence - 1)
      limitFiles(to: rlim_t.max)
      store.retry()
      #expect(await iterator.next() == true)
      let stored = try await history.events(after: 0, limit: 1000).map(\.sequence)
      #expect(stored == Array(1...sequence + 1))
    }
  }
}

private func limitFiles(to bytes: rlim_t) {
  var limit = rlimit(rlim_cur: bytes, rlim_max: .max)
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}
