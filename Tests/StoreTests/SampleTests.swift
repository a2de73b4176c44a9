import Foundation
import GRDB
import Store
import TestKit
import Testing
import Vitals

/// Seconds go into blocks of five minutes and come back as they were, wherever they stand meanwhile.
@Suite struct SampleTests {
  @Test(arguments: seeds(12))
  func `finds what a search of everything finds`(seed: UInt64) async throws {
    var random = Seeded(seed)
    let folder = try Folder()
    var store: Store? = try Store(path: folder.log)
    let chairs = ["1", "2", "3"].compactMap { ChairID($0) }
    var (all, now): ([Batch.Sample], Int64) = ([], Int64.random(in: -5000...5000, using: &random))
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      var batch = Batch()
      for _ in 0..<Int.random(in: 0...120, using: &random) {
        // Several at one instant, and gaps.
        now +=
          [0, 0, 1, 997, 1000, 1000, 1017, 60_000, 9_000_000].randomElement(using: &random) ?? 0
        let reading = OximeterReading(
          saturation: Saturation(percent: Int.random(in: 70...100, using: &random)),
          pulseRate: PulseRate(perMinute: Int.random(in: 40...150, using: &random)),
          perfusionIndex: PerfusionIndex(hundredths: Int.random(in: 0...20_00, using: &random)),
          status: SignalStatus(rawValue: UInt16.random(in: 0..<8192, using: &random)))
        batch.samples.append(
          Batch.Sample(
            at: .milliseconds(now), chair: chairs[Int.random(in: 0..<3, using: &random)],
            reading: Bool.random(using: &random) ? reading : nil))
      }
      all += batch.samples
      #expect(await store?.write(batch) == true)
      // A daemon that stops, properly or not, and comes back.
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        await store?.close()
        fallthrough
      case 1:
        store = nil
        store = try Store(path: folder.log)
      default: break
      }
    }
    try compareWithView(all, in: folder)
    let history = try History(path: folder.log)
    let times = all.map(\.at.milliseconds) + [Int64.min / 4_000_000, -6000, now, now + 1]
    for _ in 0..<60 {
      let from = Instant.milliseconds(times.randomElement(using: &random)!)
      let to = Instant.milliseconds(times.randomElement(using: &random)!)
      let chair = chairs[Int.random(in: 0..<3, using: &random)]
      let found = try await history.samples(of: chair, from: from, to: to)
      let expected = all.filter { $0.chair == chair && $0.at >= from && $0.at <= to }
      #expect(found.map(\.at) == expected.map(\.at), "seed \(seed)")
      #expect(found.map(\.spo2) == expected.map { $0.reading?.saturation?.percent })
      #expect(found.map(\.pulseRate) == expected.map { $0.reading?.pulseRate?.perMinute })
      #expect(
        found.map(\.perfusion)
          == expected.map { $0.reading?.perfusionIndex.map { Int($0.hundredths) } })
      #expect(found.map(\.status) == expected.map { $0.reading?.status ?? [] })
    }
  }

  /// The view that stock SQLite has says the same as the software.
  private func compareWithView(_ all: [Batch.Sample], in folder: Folder) throws {
    let queue = try DatabaseQueue(path: folder.log)
    for chair in Set(all.map(\.chair)) {
      let rows = try queue.read {
        try Row.fetchAll(
          $0, sql: "SELECT t_ms, spo2, pr, pi, status FROM v_vitals_1s WHERE chair = ?",
          arguments: [chair.name])
      }
      let found = rows.map { row in (0..<5).map { row[$0] as Int64? } }
      let expected = all.filter { $0.chair == chair }.map { sample -> [Int64?] in
        let reading = sample.reading
        return [
          sample.at.milliseconds, reading?.saturation.map { Int64($0.percent) },
          reading?.pulseRate.map { Int64($0.perMinute) },
          reading?.perfusionIndex.map { Int64($0.hundredths) },
          Int64(reading?.status.rawValue ?? 0),
        ]
      }
      #expect(found == expected)
    }
    #expect(try LogVerification(path: folder.log).findings == [])
  }

  @Test func `blocks of the flight recorder come back byte for byte, from an instant on`()
    async throws
  {
    let folder = try Folder()
    let store = try Store(path: folder.log)
    var random = Seeded(3)
    var blocks: [[UInt8]] = []
    for index in 0..<10 {
      var batch = Batch()
      blocks.append(random.bytes(500 * index))
      batch.flight = Batch.Flight(
        first: .seconds(index * 10), last: .seconds(index * 10 + 9), block: blocks[index])
      #expect(await store.write(batch))
    }
    let history = try History(path: folder.log)
    #expect(try await history.flight(from: .seconds(-1)) == blocks)
    #expect(try await history.flight(from: .seconds(39)) == Array(blocks[3...]))
    #expect(try await history.flight(from: .seconds(40)) == Array(blocks[4...]))
    #expect(try await history.flight(from: .seconds(100)) == [])
    #expect(try await history.lastInstant() == .seconds(99))
  }
}
