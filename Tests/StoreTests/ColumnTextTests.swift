import TestKit
import Testing

@testable import Store

/// The text of a column says exactly what was written, and no bytes make it trap.
@Suite struct ColumnTextTests {
  private func decoded(_ text: [UInt8], count: Int, from origin: Int32 = 0) -> [Int32]? {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { values in
      values.initialize(repeating: 0)
      let isRead = text.withUnsafeBytes {
        ColumnText.decode($0, from: origin, into: values)
      }
      return isRead ? Array(values) : nil
    }
  }

  @Test(arguments: seeds(60))
  func `comes back as it was`(seed: UInt64) {
    var random = Seeded(seed)
    let jumps: [ClosedRange<Int32>] = [0...0, -1...1, -31...31, -33...33, -5000...5000]
    let jump = jumps.randomElement(using: &random) ?? 0...0
    let stays = Int.random(in: 0...20, using: &random)
    var (values, last): ([Int32], Int32) = (
      [], Int32.random(in: 0...ColumnText.largest, using: &random)
    )
    let origin = Bool.random(using: &random) ? last : 0
    for _ in 0..<Int.random(in: 0...700, using: &random) {
      if Int.random(in: 0...stays, using: &random) == 0 {
        last = min(max(0, last + Int32.random(in: jump, using: &random)), ColumnText.largest)
      }
      let isAbsent = Int.random(in: 0..<9, using: &random) == 0
      values.append(isAbsent ? ColumnText.absent : last)
    }
    let text = ColumnText.encode(values, from: origin)
    #expect(text.allSatisfy { (0x20...0x7E).contains($0) }, "printable, seed \(seed)")
    #expect(decoded(text, count: values.count, from: origin) == values, "seed \(seed)")
    #expect(decoded(text, count: values.count + 1, from: origin) == nil)
    if !values.isEmpty { #expect(decoded(text, count: values.count - 1, from: origin) == nil) }
  }

  @Test func `five minutes that stand still take a few letters`() {
    #expect(ColumnText.encode([Int32](repeating: 97, count: 300)).count == 5 + 4)
  }

  @Test(arguments: seeds(200))
  func `any bytes are either values or refused`(seed: UInt64) {
    var random = Seeded(seed)
    let text = random.bytes(Int.random(in: 0...80, using: &random)).map {
      Bool.random(using: &random) ? $0 : 0x20 + $0 % 0x5F
    }
    let count = Int.random(in: 0...400, using: &random)
    if let values = decoded(text, count: count) { #expect(values.count == count) }
  }

  @Test func `a repetition of nothing is refused`() {
    #expect(decoded([0x5F], count: 1) == nil)
    #expect(decoded([0x7E, 0x20], count: 1) == nil)
  }
}
