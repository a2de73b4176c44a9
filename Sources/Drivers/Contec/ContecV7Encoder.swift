import Vitals

/// Plays a Contec with the V7 protocol: streams when asked, and for 30 s after it last was.
struct ContecV7Encoder: FrameEncoder {
  private static let attention = Duration.seconds(30)

  var framesPerMinute: Int { 3600 }

  private let memory = SimulatedMemory()
  private var streamsUntil: Instant?
  /// The start of a command whose end has not come yet; never more than 8 bytes.
  private var command: [UInt8] = []
  /// The beat flag stays up for two packets.
  private var wasBeat = false

  func isStreaming(at instant: Instant) -> Bool {
    streamsUntil.map { instant < $0 } ?? false
  }

  mutating func answer(_ bytes: [UInt8], at instant: Instant) -> [UInt8] {
    var answer: [UInt8] = []
    for byte in bytes {
      if byte < 0x80 { command.removeAll() }
      guard byte == ContecV7Command.type || !command.isEmpty else { continue }
      command.append(byte)
      guard command.count == 9 else { continue }
      if let known = ContecV7Command(command.span) {
        let segment = ContecV7Packet.byte(2, of: command.span)
        answer += obey(known, segment: segment, at: instant)
      }
      command.removeAll()
    }
    return answer
  }

  private mutating func obey(
    _ command: ContecV7Command, segment: UInt8, at instant: Instant
  ) -> [UInt8] {
    switch command {
    case .protocolVersion:
      return ContecV7Packet.encode(type: 0x06, data: [0, 7])
    case .startLive:
      streamsUntil = instant + Self.attention
      return []
    case .keepAlive:
      if isStreaming(at: instant) { streamsUntil = instant + Self.attention }
      return []
    case .stopLive:
      streamsUntil = nil
      return ContecV7Packet.encode(type: 0x0C, data: [])
    case .stopTransfer:
      return ContecV7Packet.encode(type: 0x0C, data: [])
    case .model:
      // "50D(A)" and, in the last segment, "+".
      return ContecV7Packet.encode(type: 0x02, data: [0x00] + Array("50D(A)".utf8))
        + ContecV7Packet.encode(type: 0x02, data: [0xFF] + Array("+     ".utf8))
    case .perfusionSupport:
      return ContecV7Packet.encode(type: 0x0E, data: [0])
    case .storagePresent:
      return ContecV7Packet.encode(type: 0x11, data: [1, 1, 0, 0, 0, 0, 0])
    case .segmentCount:
      return ContecV7Packet.encode(type: 0x0A, data: [0, memory == nil ? 0 : 1])
    case .segmentStart, .segmentLength, .downloadSegment:
      guard segment == 0, let memory else { return [] }
      return tell(of: memory, command)
    }
  }

  /// Answers a question about the one recording.
  private func tell(of memory: SimulatedMemory, _ command: ContecV7Command) -> [UInt8] {
    let start = memory.start
    switch command {
    case .segmentStart:
      let date = [start.year / 100, start.year % 100, start.month, start.day]
      let time = [start.hour, start.minute, start.second, 0]
      return ContecV7Packet.encode(type: 0x07, data: [0, 0] + date.map { UInt8($0) })
        + ContecV7Packet.encode(type: 0x12, data: [0, 0] + time.map { UInt8($0) })
    case .segmentLength:
      let bytes = UInt8(memory.seconds.count * 2)
      return ContecV7Packet.encode(type: 0x08, data: [0, 0, bytes, 0, 0, 0])
    default:
      let pairs = memory.seconds.flatMap { [$0.saturation, $0.pulseRate] }
      return stride(from: 0, to: pairs.count, by: 6).flatMap { index in
        let data = pairs[index..<min(index + 6, pairs.count)]
        // The last packet is padded.
        return ContecV7Packet.encode(
          type: 0x0F, data: data + Array(repeating: 0, count: 6 - data.count))
      }
    }
  }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    let status = reading.status
    var live = ContecV7Live()
    live.isProbeOff = !status.isDisjoint(with: .offPatient)
    live.isSearching = !status.isDisjoint(with: [.searching, .nonPulsatile])
    live.isDropping = status.contains(.desaturating)
    live.isBeat = pulse.isBeat || wasBeat
    wasBeat = pulse.isBeat
    live.signal = 4
    live.pleth = live.isProbeOff ? 64 : pulse.level
    guard !live.isProbeOff else { return live.encoded }
    live.bar = pulse.level / 7
    live.pulseRate = 255
    live.saturation = 127
    guard let saturation = reading.saturation,
      let rate = reading.pulseRate.flatMap({ UInt8(exactly: $0.perMinute) })
    else { return live.encoded }
    live.pulseRate = rate
    live.saturation = UInt8(saturation.percent)
    if let perfusion = reading.perfusionIndex {
      live.perfusion = UInt16(perfusion.hundredths)
      live.isPerfusionInvalid = false
    }
    return live.encoded
  }
}
