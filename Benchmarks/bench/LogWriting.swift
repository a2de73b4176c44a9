import Dispatch
import Foundation
import Store
import Vitals

/// Fills logs through ``Store``, as fast as it takes them.
enum LogWriting {
  /// Writes seconds of chairs, a minute a transaction, and closes the log.
  static func write(to path: String, chairs: [ChairID], seconds: Range<Int>) throws {
    let store = try Store(path: path)
    var courses = chairs.indices.map { Course(seed: UInt64($0 + 1)) }
    // Courses go on where they were.
    let turns = DispatchSemaphore(value: 4)
    for first in stride(from: seconds.lowerBound, to: seconds.upperBound, by: 60) {
      var batch = Batch()
      for second in first..<min(first + 60, seconds.upperBound) {
        for index in chairs.indices {
          batch.samples.append(courses[index].sample(second: second, of: chairs[index]))
        }
      }
      turns.wait()
      store.append(batch) { isDurable in
        guard isDurable else { Bench.fail("the disk refused a batch") }
        turns.signal()
      }
    }
    try wait { await store.close() }
  }
}

/// Runs what must be awaited from here, where nothing else waits.
func wait<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
  let done = DispatchSemaphore(value: 0)
  let box = Box<Value>()
  Task {
    do { box.result = .success(try await body()) } catch { box.result = .failure(error) }
    done.signal()
  }
  done.wait()
  return try box.result!.get()
}

/// Carries a result over a semaphore, which orders the write before the read.
private final class Box<Value>: @unchecked Sendable { var result: Result<Value, any Error>? }

/// What this process has had written to disks (`/proc/self/io`).
func diskBytes() -> Int {
  let text = (try? String(contentsOfFile: "/proc/self/io", encoding: .utf8)) ?? ""
  let line = text.split(separator: "\n").first { $0.hasPrefix("write_bytes:") }
  return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
}
