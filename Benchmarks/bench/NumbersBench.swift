import Foundation
import GRDB
import Monitoring
import Recording
import Store
import Vitals

/// How large the log's numerics are, and how fast, beside a plain table of the same readings.
enum NumbersBench {
  private static let chairs = (1...40).compactMap { ChairID("\($0)") }

  static func run(readings: Int) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "numbers-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      codec()
      try log(folder.path, readings)
      try plain("\(folder.path)/plain.db", readings)
    } catch { Bench.fail("\(error)") }
  }

  /// The columns of a chair's hours, encoded and decoded over and over.
  private static func codec() {
    var course = Course(seed: 7)
    var columns = [[Int32]](repeating: [], count: 3)
    for second in 0..<300 * 64 {
      let reading = course.sample(second: second, of: chairs[0]).reading
      columns[0].append(reading?.saturation.map { Int32($0.percent) } ?? ColumnText.absent)
      columns[1].append(reading?.pulseRate.map { Int32($0.perMinute) } ?? ColumnText.absent)
      columns[2].append(reading?.perfusionIndex.map { Int32($0.hundredths) } ?? ColumnText.absent)
    }
    let parts = columns.flatMap { column in
      stride(from: 0, to: column.count, by: 300).map { Array(column[$0..<$0 + 300]) }
    }
    let texts = parts.map { ColumnText.encode($0) }
    let count = Double(parts.count * 300)
    var (encode, decode, bytes) = (Repeats(), Repeats(), 0)
    for _ in 0..<15 {
      encode.add(
        nanoseconds { for part in parts { bytes += ColumnText.encode(part).count } } / count)
      decode.add(
        nanoseconds {
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: 300) { values in
            values.initialize(repeating: 0)
            for text in texts
            where !text.withUnsafeBytes({ ColumnText.decode($0, into: values) }) {
              Bench.fail("a column does not come back")
            }
          }
        } / count)
    }
    guard bytes > 0 else { Bench.fail("nothing was encoded") }
    report {
      $0.add("numbers", "codec")
      $0.addRaw("encodeNs", encode.median.json)
      $0.addRaw("decodeNs", decode.median.json)
      $0.addRaw("textBytesPerReading", (Double(texts.map(\.count).reduce(0, +)) / count).json)
    }
  }

  private static func log(_ folder: String, _ readings: Int) throws {
    let path = "\(folder)/log.db"
    let seconds = readings / 3 / chairs.count
    // The first hundredth, then all of it: the same question must not take longer.
    let early = max(9 * 3600, seconds / 100)
    let (before, written) = (monotonicNanoseconds(), diskBytes())
    try LogWriting.write(to: path, chairs: chairs, seconds: 0..<early)
    let small = try eightHours(path)
    try LogWriting.write(to: path, chairs: chairs, seconds: early..<max(early, seconds))
    let elapsed = Double(monotonicNanoseconds() - before) / 1e9
    let bytes = diskBytes() - written
    let large = try eightHours(path)
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    let count = Double(max(early, seconds) * chairs.count * 3)
    report {
      $0.add("numbers", "log")
      $0.addRaw("readings", count.json)
      $0.add("bytes", size)
      $0.addRaw("bytesPerReading", (Double(size) / count).json)
      $0.addRaw("writtenPerReading", (Double(bytes) / count).json)
      $0.addRaw("seconds", elapsed.json)
      $0.addRaw("eightHoursMsSmall", small.json)
      $0.addRaw("eightHoursMsLarge", large.json)
    }
  }

  /// Milliseconds for eight hours of one chair's three parameters, warm: the median.
  private static func eightHours(_ path: String) throws -> Double {
    let history = try History(path: path)
    var time = Repeats()
    for _ in 0..<41 {
      let start = monotonicNanoseconds()
      let samples = try wait {
        try await history.samples(of: chairs[20], from: .seconds(3600), to: .seconds(9 * 3600))
      }
      time.add(Double(monotonicNanoseconds() - start) / 1e6)
      guard samples.count == 8 * 3600 else { Bench.fail("\(samples.count) samples of eight hours") }
    }
    return time.median
  }

  /// One row a reading, by chair and time, as anybody would begin.
  private static func plain(_ path: String, _ readings: Int) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
          CREATE TABLE reading (series INTEGER, t INTEGER, value INTEGER, status INTEGER,
            PRIMARY KEY (series, t)) WITHOUT ROWID;
          """)
    }
    let (before, written) = (monotonicNanoseconds(), diskBytes())
    var courses = chairs.indices.map { Course(seed: UInt64($0 + 1)) }
    var count = 0
    for minute in 0..<readings / 3 / chairs.count / 60 {
      try queue.write { database in
        let statement = try database.cachedStatement(sql: "INSERT INTO reading VALUES (?,?,?,?)")
        for second in minute * 60..<minute * 60 + 60 {
          for index in chairs.indices {
            let sample = courses[index].sample(second: second, of: chairs[index])
            let reading = sample.reading
            let values = [
              reading?.saturation.map { Int($0.percent) },
              reading?.pulseRate.map { Int($0.perMinute) },
              reading?.perfusionIndex.map { Int($0.hundredths) },
            ]
            for (offset, value) in values.enumerated() {
              statement.setUncheckedArguments([
                index * 3 + offset, sample.at.milliseconds, value, reading?.status.rawValue,
              ])
              try statement.execute()
              count += 1
            }
          }
        }
      }
    }
    try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    let elapsed = Double(monotonicNanoseconds() - before) / 1e9
    let bytes = diskBytes() - written
    try queue.close()
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    report {
      $0.add("numbers", "plain")
      $0.add("readings", count)
      $0.add("bytes", size)
      $0.addRaw("bytesPerReading", (Double(size) / Double(count)).json)
      $0.addRaw("writtenPerReading", (Double(bytes) / Double(count)).json)
      $0.addRaw("seconds", elapsed.json)
    }
  }
}
