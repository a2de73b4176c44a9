import CFramers
import Drivers
import Recording
import Vitals

/// Drivers beside plain C framers of the same protocols, on the same chunks, turn by turn.
enum DecodeBench {
  private static let streamBytes = 2 * 1024 * 1024
  private static let passNanoseconds = 50_000_000.0
  private static let repeats = 9
  /// As much as one read of a tty gives.
  private static let largeChunk = 4096

  /// Measures one driver, or all of them.
  static func run(_ driver: String?) {
    for model in Catalog.models where driver == nil || driver == model.id {
      let messages = Streams.played(model, upTo: streamBytes)
      compare(model, "4096", Streams.chunks(Array(messages.joined()), of: largeChunk))
      compare(model, "message", messages)
    }
  }

  private static func compare(_ model: Model, _ name: String, _ chunks: [[UInt8]]) {
    let (bytes, sizes) = (Array(chunks.joined()), chunks.map(\.count))
    let feed = cframer_for(model.id)
    let swiftTotals = decode(model, chunks, passes: 1)
    if let feed { check(model, swiftTotals, frame(feed, bytes, sizes, passes: 1)) }
    let once = nanoseconds { _ = decode(model, chunks, passes: 1) }
    let passes = max(1, Int(passNanoseconds / once))
    var (swift, c, ratios) = (Repeats(), Repeats(), Repeats())
    let perByte = 1 / Double(bytes.count * passes)
    for _ in 0..<repeats {
      let ofC = feed.map { feed in
        nanoseconds { _ = frame(feed, bytes, sizes, passes: passes) }
      }
      let ofSwift = nanoseconds { _ = decode(model, chunks, passes: passes) }
      swift.add(ofSwift * perByte)
      if let ofC {
        c.add(ofC * perByte)
        ratios.add(ofC / ofSwift)
      }
    }
    report {
      $0.add("driver", model.id)
      $0.add("chunk", name)
      $0.addRaw("bytesPerFrame", (Double(bytes.count) / Double(swiftTotals.frames)).json)
      $0.addRaw("cReadsNumbers", cframer_reads_numbers(model.id) != 0 ? "true" : "false")
      $0.addRaw("nsPerByteMinimum", swift.minimum.json)
      $0.addRaw("nsPerByteMedian", swift.median.json)
      $0.addRaw("cNsPerByteMinimum", c.minimum.json)
      $0.addRaw("cNsPerByteMedian", c.median.json)
      $0.addRaw("ratioMedian", ratios.median.json)
    }
  }

  /// Both must have found the same frames, and the same numbers in them where C reads any; but for
  /// those at the seams of the stream.
  private static func check(_ model: Model, _ swift: Totals, _ c: Totals) {
    let isSame = abs(swift.frames - c.frames) * 100 <= swift.frames
    guard isSame, cframer_reads_numbers(model.id) == 0 || swift.isClose(to: c) else {
      Bench.fail("\(model.id): C reads \(c), the driver \(swift)")
    }
  }

  /// The driver as the ward has it: behind `any Driver`, called once a chunk.
  private static func decode(_ model: Model, _ chunks: [[UInt8]], passes: Int) -> Totals {
    var totals = Totals()
    var driver = model.makeListener()
    for _ in 0..<passes {
      for chunk in chunks {
        driver.handle(.bytes(chunk), at: .zero) { totals.add($1) }
      }
    }
    totals.frames = driver.account.frames
    return totals
  }

  /// The C framer as C would call it: on places in one buffer.
  private static func frame(
    _ feed: cframer_feed, _ bytes: [UInt8], _ sizes: [Int], passes: Int
  ) -> Totals {
    let framer = cframer_make()
    defer { cframer_free(framer) }
    var totals = cframer_totals()
    withUnsafeMutablePointer(to: &totals) { totals in
      var sinks = cframer_sinks(
        sample: cframer_add_sample, reply: cframer_add_reply, context: totals)
      bytes.withUnsafeBufferPointer { bytes in
        for _ in 0..<passes {
          var place = bytes.baseAddress
          for size in sizes {
            feed(framer, place, size, &sinks)
            place = place?.advanced(by: size)
          }
        }
      }
    }
    var result = Totals(totals)
    result.frames = cframer_frames(framer)
    return result
  }
}
