import Drivers
import TestKit
import Testing
import Vitals

/// Bytes of real Contec devices, read where they lie beside the repository.
@Suite(.enabled(if: Captures.areHere, "the recordings are not on this machine"))
struct `Recordings of real devices` {
  private let model = Catalog.model(id: "contec-v7")!

  @Test func `CMS50E, live`() throws {
    let bytes = hex(try Captures.text("cms50e_live_115200.hex.txt"))
    let decoded = Decoded(model, [bytes])
    #expect(decoded.account.frames == 102)
    #expect(decoded.account.damagedBytes == 0)
    #expect(decoded.account.pendingBytes == 4)
    #expect(decoded.readings.count == 102)
    #expect(decoded.readings.allSatisfy { $0.saturation?.percent == 99 })
    #expect(decoded.readings.allSatisfy { $0.pulseRate?.perMinute == 60 })
    #expect(decoded.readings.allSatisfy { $0.perfusionIndex == nil && $0.isUsable })
    let beats = decoded.readings.indices.filter { decoded.readings[$0].status.contains(.beat) }
    #expect(beats == [34, 35, 94, 95])
  }

  @Test func `CMS50D+, from the start of the vendor's program`() throws {
    // Nine bytes from the host and the answer stand on one line.
    let lines = try hexLines("contec_v7_cms50dplus_handshake_trace.txt")
    let answers = lines.flatMap { $0.first == 0x7D ? $0.dropFirst(9) : $0[...] }
    let decoded = Decoded(model, [Array(answers)])
    #expect(decoded.account.damagedBytes == 0)
    #expect(decoded.readings.count == 7)
    #expect(decoded.readings.allSatisfy { $0.saturation?.percent == 97 })
    #expect(decoded.readings.allSatisfy { $0.pulseRate?.perMinute == 65 })
  }

  @Test func `CMS50D+ without a finger gives no number`() throws {
    let lines = try hexLines("contec_v7_cms50dplus_usb_trace.txt").filter { $0.first != 0x7D }
    let decoded = Decoded(model, [lines.flatMap(\.self)])
    #expect(decoded.account.damagedBytes == 0)
    #expect(decoded.readings.count >= 4)
    #expect(decoded.numbers.isEmpty)
    #expect(decoded.readings.allSatisfy { $0.status == .sensorOff })
  }

  @Test func `CMS50D+, the answers of both traces`() throws {
    let handshake = try hexLines("contec_v7_cms50dplus_handshake_trace.txt")
    let usb = try hexLines("contec_v7_cms50dplus_usb_trace.txt")
    // In the second trace one packet of storage notice is spread over two lines behind an answer.
    let packets =
      handshake.flatMap { $0.first == 0x7D ? Array($0.dropFirst(9)) : $0 }
      + usb.filter { $0.first != 0x7D }.flatMap(\.self)
    var answers: [ContecV7Answer] = []
    var live = 0
    for packet in split(packets) {
      if ContecV7Live(packet.span) != nil { live += 1 }
      if let answer = ContecV7Answer(packet.span) { answers.append(answer) }
    }
    #expect(live == 7 + 4)
    #expect(answers.filter { $0 == .version(7) }.count == 2)
    #expect(answers.filter { $0 == .perfusion(isSupported: false) }.count == 2)
    #expect(answers.filter { $0 == .storage(isPresent: true) }.count == 3)
    #expect(answers.filter { $0 == .name(segment: 0, text: Array("50D(A)".utf8)) }.count == 2)
    #expect(answers.filter { $0 == .name(segment: 0xFF, text: Array("+     ".utf8)) }.count == 2)
  }

  @Test func `CMS50D+, stored seconds`() throws {
    let lines = try hexLines("contec_v7_cms50dplus_usb_trace.txt").filter { $0.first == 0x0F }
    #expect(lines.count == 5 * 8 - 3)
    let seconds = lines.flatMap { line -> [ContecV7Second] in
      if case .seconds(let seconds) = ContecV7Answer(line.span) { seconds } else { [] }
    }
    #expect(seconds.count == lines.count * 3)
    // No finger in the first eight packets and in the last seconds; 97 or 98 % in between.
    #expect(seconds.prefix(24).allSatisfy { $0.reading.status == .sensorOff })
    #expect(seconds.suffix(13).allSatisfy { $0.reading.status == .sensorOff })
    let finger = seconds.dropFirst(24).dropLast(13).map(\.reading)
    #expect(finger.allSatisfy { [97, 98].contains($0.saturation?.percent) })
    #expect(finger.allSatisfy { (66...71).contains($0.pulseRate?.perMinute ?? 0) })
  }

  /// The traces of the vendor's program, told to our own: the same dialogue, the same seconds.
  @Test func `CMS50D+, a download of the last block of the trace`() throws {
    let lines = try hexLines("contec_v7_cms50dplus_usb_trace.txt").filter { $0.first == 0x0F }
    let block = lines.suffix(13)
    let inputs: [(Instant, DriverInput)] = [
      (.zero, .opened), (.milliseconds(100), .bytes(hex("0C 80"))),
      (.milliseconds(200), .bytes(hex("0C 80"))),
      (.milliseconds(300), .bytes(hex("0A 80 80 81"))),
      (.milliseconds(400), .bytes(hex("07 80 80 80 94 8E 88 92 12 80 80 80 82 A6 92 80"))),
      // 13 packets of three seconds are 78 bytes.
      (.milliseconds(500), .bytes(hex("08 80 80 80 CE 80 80 80"))),
      (.milliseconds(600), .bytes(block.flatMap(\.self))),
    ]
    let makeDownloader = try #require(model.makeDownloader)
    let script = Script(makeDownloader(), inputs, until: .seconds(1))
    let stored = script.outputs.compactMap {
      if case .stored(let one) = $0.output { one } else { nil }
    }
    #expect(stored.count == 39)
    #expect(stored.first?.deviceTime?.description == "2014-08-18T02:38:18")
    #expect(stored.last?.deviceTime?.description == "2014-08-18T02:38:56")
  }

  @Test func `CMS50F, lengths of recordings and the packets that followed`() throws {
    let text = try Captures.text("cms50f_storage_length_packets.txt")
    var counted = 0
    for line in text.split(whereSeparator: \.isNewline) where line.hasPrefix("dict(a='") {
      let parts = line.split(separator: "'")
      let packets = try #require(Int(parts[2].filter(\.isNumber)))
      let answer = ContecV7Answer(hex(String(parts[1])).span)
      guard case .length(let bytes) = answer else {
        Issue.record("\(line)")
        continue
      }
      if packets > 0 {
        counted += 1
        // Three seconds a packet, two bytes a second; the last one is padded.
        #expect((Int(bytes) + 5) / 6 == packets, "\(line)")
      }
    }
    #expect(counted == 13)
  }

  /// Cuts a trace into packets: each begins with a byte without bit 7.
  private func split(_ bytes: [UInt8]) -> [[UInt8]] {
    var packets: [[UInt8]] = []
    for byte in bytes {
      if byte < 0x80 { packets.append([]) }
      packets[packets.count - 1].append(byte)
    }
    return packets
  }

  /// The lines that are nothing but bytes.
  private func hexLines(_ name: String) throws -> [[UInt8]] {
    try Captures.text(name).split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      let bytes = words.compactMap { $0.count == 2 ? UInt8($0, radix: 16) : nil }
      return words.count > 1 && bytes.count == words.count ? bytes : nil
    }
  }
}
