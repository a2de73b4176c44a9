import Store
import TestKit
import Testing
import Vitals

/// Samples carry no index; the first of an interval is found by halving (`History.samples`).
@Suite struct SampleSearchTests {
  @Test(arguments: seeds(12))
  func `finds what a search of everything finds`(seed: UInt64) async throws {
    var random = Seeded(seed)
    let folder = try Folder()
    let store = try Store(path: folder.log)
    let chairs = ["1", "2", "3"].compactMap { ChairID($0) }
    var (all, now): ([Batch.Sample], Int64) = ([], Int64.random(in: -5000...5000, using: &random))
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      var batch = Batch()
      for _ in 0..<Int.random(in: 0...120, using: &random) {
        // Several at one instant, and gaps.
        now += [0, 0, 1, 1000, 60_000].randomElement(using: &random) ?? 0
        let reading = OximeterReading(
          saturation: Saturation(percent: Int.random(in: 70...100, using: &random)),
          pulseRate: PulseRate(perMinute: Int.random(in: 40...150, using: &random)),
          status: SignalStatus(rawValue: UInt16.random(in: 0..<8192, using: &random)))
        batch.samples.append(
          Batch.Sample(
            at: .milliseconds(now), chair: chairs[Int.random(in: 0..<3, using: &random)],
            reading: Bool.random(using: &random) ? reading : nil))
      }
      all += batch.samples
      #expect(await store.write(batch))
    }
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
      #expect(found.map(\.status) == expected.map { $0.reading?.status ?? [] })
    }
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
