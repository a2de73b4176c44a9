import Dispatch
import Foundation
import Glibc
import Recording
import Store
import Vitals

/// What forty chairs cost the log's writer: a batch a second with a sample a chair and every byte of
/// every device, played as fast as the disk takes it; beside it the disk's own `fdatasync`.
enum IngestBench {
  private static let chairs = (1...40).compactMap { ChairID("\($0)") }
  /// Bytes of one second: 40 oximeters of 60 packets with 9 bytes, framing of the recorder.
  private static let bytesPerSecond = 40 * 60 * 11

  static func run(seconds: Int) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "ingest-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let sync = fsyncs("\(folder.path)/sync")
      let store = try Store(path: "\(folder.path)/log.db")
      var courses = chairs.indices.map { Course(seed: UInt64($0 + 1)) }
      let batches = (0..<seconds).map { second -> Batch in
        var batch = Batch()
        for index in chairs.indices {
          batch.samples.append(courses[index].sample(second: second, of: chairs[index]))
        }
        batch.flight = Batch.Flight(
          first: .seconds(second), last: .seconds(second), block: wave(second))
        return batch
      }
      let (cpu, disk, done) = (clock(), diskBytes(), DispatchSemaphore(value: 0))
      var commits = Repeats()
      for batch in batches {
        let start = monotonicNanoseconds()
        store.append(batch) { _ in done.signal() }
        done.wait()
        commits.add(Double(monotonicNanoseconds() - start) / 1e6)
      }
      let used = Double(clock() - cpu) / Double(CLOCKS_PER_SEC)
      let written = diskBytes() - disk
      try wait { await store.close() }
      report {
        $0.add("ingest", chairs.count)
        $0.add("seconds", seconds)
        $0.addRaw("cpuPercent", (100 * used / Double(seconds)).json)
        $0.addRaw("writtenPerSecond", (Double(written) / Double(seconds)).json)
        $0.addRaw("commitMsP50", commits.median.json)
        $0.addRaw("commitMsP99", commits.quantile(0.99).json)
        $0.addRaw("commitMsMaximum", commits.quantile(1).json)
        $0.addRaw("fsyncMsP50", sync.median.json)
        $0.addRaw("fsyncMsP99", sync.quantile(0.99).json)
      }
    } catch { Bench.fail("\(error)") }
  }

  /// Pleth waves as packets have them: what a recorder's bytes look like to a packer.
  private static func wave(_ second: Int) -> [UInt8] {
    (0..<bytesPerSecond).map { index in
      let (packet, place) = (index / 11, index % 11)
      let phase = Double((second * 60 + packet / 40 + packet % 40 * 7) % 50) / 50
      switch place {
      case 0, 1: return UInt8(packet % 40)
      case 5: return UInt8(40 + 40 * sin(phase * 2 * .pi) + Double(packet % 3))
      case 6: return UInt8(phase * 15)
      case 7: return 0x80 | UInt8(60 + packet % 40)
      case 8: return 0x80 | UInt8(95 + packet % 4)
      default: return UInt8(truncatingIfNeeded: 0x80 | place)
      }
    }
  }

  /// Milliseconds of appending 4 kB and `fdatasync`.
  private static func fsyncs(_ path: String) -> Repeats {
    let file = open(path, O_RDWR | O_CREAT, 0o600)
    defer { close(file) }
    let page = [UInt8](repeating: 7, count: 4096)
    var time = Repeats()
    for _ in 0..<600 {
      let start = monotonicNanoseconds()
      guard write(file, page, page.count) == page.count, fdatasync(file) == 0 else {
        Bench.fail("the disk refused a page")
      }
      time.add(Double(monotonicNanoseconds() - start) / 1e6)
    }
    return time
  }
}
