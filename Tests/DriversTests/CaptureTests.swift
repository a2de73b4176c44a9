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

  /// The lines that are nothing but bytes.
  private func hexLines(_ name: String) throws -> [[UInt8]] {
    try Captures.text(name).split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      let bytes = words.compactMap { $0.count == 2 ? UInt8($0, radix: 16) : nil }
      return words.count > 1 && bytes.count == words.count ? bytes : nil
    }
  }
}
