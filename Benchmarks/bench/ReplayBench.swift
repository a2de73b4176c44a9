import Glibc
import Recording
import Vitals

/// How fast a recording is read, and how fast it is replayed.
enum ReplayBench {
  private static let repeats = 7

  static func run(_ path: String) {
    guard let text = read(path) else { Bench.fail("cannot read \(path)") }
    var (parse, replay) = (Repeats(), Repeats())
    var (events, mismatches, hours) = (0, 0, 0.0)
    for _ in 0..<repeats {
      var read: Recording?
      parse.add(nanoseconds { read = try? Recording(text: text) })
      guard let recording = read else { Bench.fail("\(path) is damaged") }
      var result: Replay.Result?
      replay.add(nanoseconds { result = Replay(recording).run() })
      events = result?.events.count ?? 0
      mismatches = result?.sendMismatches.count ?? 0
      if let first = recording.entries.first?.at, let last = recording.entries.last?.at {
        hours = Double((last - first).nanoseconds) / 3.6e12
      }
    }
    guard events > 0, mismatches == 0 else {
      Bench.fail("\(path): \(events) events, \(mismatches) mismatches")
    }
    report {
      $0.add("replay", path)
      $0.addRaw("chairHours", hours.json)
      $0.add("events", events)
      $0.addRaw("parseMsPerChairHourMinimum", (parse.minimum / 1e6 / hours).json)
      $0.addRaw("parseMsPerChairHourMedian", (parse.median / 1e6 / hours).json)
      $0.addRaw("replayMsPerChairHourMinimum", (replay.minimum / 1e6 / hours).json)
      $0.addRaw("replayMsPerChairHourMedian", (replay.median / 1e6 / hours).json)
      $0.addRaw("chairHoursPerSecond", (hours / replay.median * 1e9).json)
    }
  }

  private static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&room, 1, room.count, file), count > 0 {
      bytes += room[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
