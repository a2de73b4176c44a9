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
      // Each batch is answered by its number: above zero when durable, below when refused.
      let (answers, answer) = AsyncStream.makeStream(of: Int64.self)
      func append(_ number: Int64) {
        store.append(note(number, text, at: .seconds(Int(number)))) { isDurable in
          answer.yield(isDurable ? number : -number)
        }
      }
      var iterator = answers.makeAsyncIterator()
      var number: Int64 = 0
      repeat {
        number += 1
        append(number)
        try #require(number < 100, "the disk never filled")
      } while await iterator.next() == number
      // Refused: nothing of it is there, and what comes after is refused with it. Nobody is told twice.
      append(number + 1)
      #expect(await iterator.next() == -(number + 1))
      let history = try History(path: folder.log)
      #expect(try await history.lastSequence() == number - 1)
      // Room again: within a second, by itself.
      limitFiles(to: rlim_t.max)
      #expect(await iterator.next() == number)
      #expect(await iterator.next() == number + 1)
      let stored = try await history.events(after: 0, limit: 1000).map(\.sequence)
      #expect(stored == Array(1...number + 1))
    }
  }
}

private func limitFiles(to bytes: rlim_t) {
  var limit = rlimit(rlim_cur: bytes, rlim_max: .max)
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}
