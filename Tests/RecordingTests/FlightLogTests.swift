import Recording
import TestKit
import Testing
import Vitals
import Ward

@Suite struct `The flight recorder` {
  static func inputs(_ seed: UInt64) -> [(at: Instant, input: WardInput)] {
    var random = Seeded(seed)
    var now = Instant.milliseconds(Int64(random.number(-1_000_000...1_000_000_000)))
    return (0..<80).map { index in
      now = .milliseconds(now.milliseconds + Int64(random.number(0...100_000)))
      // Mostly bytes, as in life.
      return (now, random.input(index % 3 == 0 ? index / 3 : 0, at: now))
    }
  }

  static func log(_ seed: UInt64) -> FlightLog {
    var log = FlightLog()
    for (at, input) in inputs(seed) { log.append(input, at: at) }
    return log
  }

  @Test(arguments: seeds(200))
  func `gives back every input at its instant`(seed: UInt64) throws {
    let inputs = Self.inputs(seed)
    let log = Self.log(seed)
    #expect(log.first == inputs.first?.at && log.last == inputs.last?.at)
    let read = try FlightLog.read(log.bytes)
    #expect(read.map(\.at) == inputs.map(\.at))
    for (a, b) in zip(inputs, read) { #expect(a.input == b.input, "seed \(seed)") }
  }

  @Test(arguments: seeds(20))
  func `starts anew after a block`(seed: UInt64) throws {
    var log = Self.log(seed)
    log.removeAll()
    #expect(log.isEmpty && log.bytes.isEmpty && log.last == nil)
    for (at, input) in Self.inputs(seed + 1000) { log.append(input, at: at) }
    #expect(log.bytes == Self.log(seed + 1000).bytes)
  }

  @Test(arguments: seeds(10))
  func `says so when it breaks off, at whichever byte`(seed: UInt64) throws {
    let whole = Self.log(seed).bytes
    let entries = try FlightLog.read(whole).count
    for length in 0..<whole.count {
      do {
        let read = try FlightLog.read(Array(whole.prefix(length)))
        #expect(read.count < entries, "\(length) bytes gave everything")
      } catch { #expect(!error.description.isEmpty) }
    }
  }

  @Test(arguments: seeds(100))
  func `never traps on damage`(seed: UInt64) {
    var random = Seeded(seed)
    let whole = Self.log(seed).bytes
    for _ in 0..<100 {
      var block = whole
      for _ in 0..<random.number(1...6) {
        block[Int.random(in: 0..<block.count, using: &random)] = random.pick([
          0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random),
        ])
      }
      _ = try? FlightLog.read(block)
    }
    var noise = random.bytes(random.number(0...200))
    _ = try? FlightLog.read(noise)
    noise.insert(1, at: 0)
    _ = try? FlightLog.read(noise)
  }

  /// Numbers that no clock shows, where arithmetic would overflow.
  @Test func `refuses instants beyond the clock`() {
    let huge: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01]
    let line = Array("+0.000 * ! log=well".utf8)
    let entry: [UInt8] = [0, UInt8(line.count)] + line
    let heads: [[UInt8]] = [huge, [0xFE] + huge.dropFirst(), [0]]
    for head in heads {
      for delta in [[0], huge] as [[UInt8]] {
        let block: [UInt8] = [1] + head + delta + entry
        guard head != [0] || delta != [0] else { continue }
        #expect(throws: TextError.self) { try FlightLog.read(block) }
      }
    }
    #expect(throws: TextError.self) { try FlightLog.read([2, 0]) }
    #expect(throws: TextError.self) { try FlightLog.read([1] + huge.dropLast() + huge) }
  }
}
