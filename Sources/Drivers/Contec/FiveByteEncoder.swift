import Vitals

/// Plays the 5-byte stream, and Contec's memory where there is one.
struct FiveByteEncoder: FrameEncoder {
  let dialect: FiveByteDialect
  let framesPerMinute: Int
  let memory: SimulatedMemory?

  /// The last bytes from the host, up to three.
  private var heard: [UInt8] = []
  private var isDownloading = false

  init(dialect: FiveByteDialect, framesPerMinute: Int, memory: SimulatedMemory? = nil) {
    self.dialect = dialect
    self.framesPerMinute = framesPerMinute
    self.memory = memory
  }

  func isStreaming(at instant: Instant) -> Bool { !isDownloading }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    dialect.frame(for: reading, pulse: pulse).encoded
  }

  mutating func answer(_ bytes: [UInt8], at instant: Instant) -> [UInt8] {
    guard let memory else { return [] }
    var answer: [UInt8] = []
    for byte in bytes {
      heard = heard.suffix(2) + [byte]
      if heard.suffix(2) == FiveByteDownloadConversation.download[...] {
        isDownloading = true
        heard.removeAll()
        answer += groups(of: memory).flatMap(\.encoded)
      } else if heard == FiveByteDownloadConversation.resumeLive {
        isDownloading = false
        heard.removeAll()
      }
    }
    return answer
  }

  private func groups(of memory: SimulatedMemory) -> [FiveByteGroup] {
    let start = FiveByteGroup.start(
      hour: UInt8(memory.start.hour), minute: UInt8(memory.start.minute))
    return [start, start, start, .length(bytes: memory.seconds.count * 3)]
      + memory.seconds.map { .second($0) }
  }
}
