import CFramers
import Drivers
import Recording
import Vitals

/// Drivers beside plain C framers of the same protocols, on the same chunks, turn by turn.
enum DecodeBench {
  /// Bytes that fit into the cache, so that the framers are measured and not the memory.
  private static let streamBytes = 256 * 1024
  private static let passNanoseconds = 50_000_000.0
  private static let repeats = 9
  /// As much as one read of a tty gives.
  private static let largeChunk = 4096

  /// Measures one driver, or all of them.
  static func run(_ driver: String?) {
    for model in Catalog.models where driver == nil || driver == model.id {
      let frames =
        model.kind == .cuff
        ? Streams.cuff(determinations: 1000)
        : Streams.oximeter(model, seconds: 80_000 / max(1, model.nominalFramesPerSecond))
      let all = repeating(frames, upTo: streamBytes)
      let bytes = Array(all.joined())
      compare(model, "4096", Streams.chunks(bytes, of: largeChunk))
      compare(model, "frame", all)
    }
  }

  private static func repeating(_ frames: [[UInt8]], upTo count: Int) -> [[UInt8]] {
    var (result, total): ([[UInt8]], Int) = ([], 0)
    while total < count {
      for frame in frames where total < count {
        result.append(frame)
        total += frame.count
      }
    }
    return result
  }

  private static func compare(_ model: Model, _ name: String, _ chunks: [[UInt8]]) {
    let (bytes, sizes) = (Array(chunks.joined()), chunks.map(\.count))
    let feed = cframer_for(model.id)
    let swiftTotals = decode(model, chunks, passes: 1)
    if let feed {
      let cTotals = frame(feed, bytes, sizes, passes: 1)
      guard swiftTotals.isClose(to: cTotals) else {
        Bench.fail("\(model.id): C reads \(cTotals), the driver \(swiftTotals)")
      }
    }
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
    let framesPerByte = Double(swiftTotals.readings) / Double(bytes.count)
    report {
      $0.add("driver", model.id)
      $0.add("chunk", name)
      $0.addRaw("nsPerByteMinimum", swift.minimum.json)
      $0.addRaw("nsPerByteMedian", swift.median.json)
      $0.addRaw("millionFramesPerSecond", (framesPerByte / swift.median * 1000).json)
      $0.addRaw("cNsPerByteMinimum", c.minimum.json)
      $0.addRaw("cNsPerByteMedian", c.median.json)
      $0.addRaw("cMillionFramesPerSecond", (framesPerByte / c.median * 1000).json)
      $0.addRaw("ratioMedian", ratios.median.json)
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
    return totals
  }

  /// The C framer as C would call it: on places in one buffer.
  private static func frame(
    _ feed: cframer_feed, _ bytes: [UInt8], _ sizes: [Int], passes: Int
  ) -> Totals {
    var framer = cframer()
    var totals = cframer_totals()
    withUnsafeMutablePointer(to: &totals) { totals in
      var sinks = cframer_sinks(
        sample: cframer_add_sample, reply: cframer_add_reply, context: totals)
      bytes.withUnsafeBufferPointer { bytes in
        for _ in 0..<passes {
          var place = bytes.baseAddress
          for size in sizes {
            feed(&framer, place, size, &sinks)
            place = place?.advanced(by: size)
          }
        }
      }
    }
    return Totals(totals)
  }
}
