import Drivers
import TestKit
import Testing
import Vitals

/// Bytes of a real MP70, read where they lie beside the repository.
@Suite(.enabled(if: Captures.areHere, "the recordings are not on this machine"))
struct `Recordings of a real IntelliVue` {
  private static let model = Catalog.model(id: "intellivue")!
  static let files = [
    ("philips_mp70_saved.log", 26), ("philips_mp70_rs232_everything.log", 990),
  ]

  /// A recording without the time stamps `YYYY/MM/DDTHH:MM:SS,mmm` in front of each chunk.
  static func chunks(_ name: String) throws -> [[UInt8]] {
    let bytes = try Captures.bytes(name)
    let form = Array("dddd/dd/ddTdd:dd:dd,ddd".utf8)
    func isStamp(at start: Int) -> Bool {
      guard start + form.count <= bytes.count else { return false }
      return form.indices.allSatisfy { index in
        let byte = bytes[start + index]
        return form[index] == UInt8(ascii: "d")
          ? (0x30...0x39).contains(byte) : byte == form[index]
      }
    }
    var chunks: [[UInt8]] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "2"), isStamp(at: index) {
        chunks.append([])
        index += form.count
      } else {
        chunks[chunks.count - 1].append(bytes[index])
        index += 1
      }
    }
    return chunks
  }

  @Test(arguments: files)
  func `every frame is accepted`(_ name: String, _ frames: Int) throws {
    let chunks = try Self.chunks(name)
    let decoded = Decoded(Self.model, chunks)
    #expect(decoded.account.frames == frames)
    #expect(decoded.account.damage.checksum == 0)
    if frames == 990 { #expect(decoded.account.damagedBytes == 0) }
    #expect(decoded.outputs.first == .identified(DeviceIdentity(model: "Philips M8000")))
    let bytes = chunks.flatMap(\.self)
    let isSame = Decoded(Self.model, bytes.map { [$0] }).outputs == decoded.outputs
    #expect(isSame)
  }

  @Test(arguments: files)
  func `no number of the demonstration comes out`(_ name: String, _ frames: Int) throws {
    let decoded = Decoded(Self.model, try Self.chunks(name))
    #expect(decoded.numbers.isEmpty)
    #expect(decoded.readings.allSatisfy { $0 == OximeterReading(status: .demonstration) })
    // Of the 15 answers with SpO2 in the recording, three are not whole.
    #expect(decoded.readings.count == (frames == 990 ? 12 : 0))
  }

  /// The demonstration's frames with the mark taken away and the checksum made right: what a
  /// monitor at work would have sent.
  @Test func `the same numbers without the mark do`() throws {
    let frames = try Self.frames("philips_mp70_rs232_everything.log").map { payload in
      var payload = payload
      for index in payload.indices.dropLast(4) {
        let isSaturation = payload[index...].starts(with: [0x4B, 0xB8, 0x04, 0x00])
        let isOther =
          payload[index...].starts(with: [0x48, 0x22, 0x04])
          || payload[index...].starts(with: [0x4B, 0xB0, 0x04])
        if isSaturation || isOther { payload[index + 2] = 0 }
      }
      return IntelliVueFrame.encode(payload)
    }
    let decoded = Decoded(Self.model, frames)
    #expect(decoded.readings.count == 12)
    #expect(decoded.readings.allSatisfy { $0 == Course.reading(95, 60, 1000) })
  }

  /// The payloads of a recording.
  static func frames(_ name: String) throws -> [[UInt8]] {
    let bytes = try chunks(name).flatMap(\.self)
    return bytes.split(separator: 0xC0).compactMap {
      IntelliVueFrame.payload(of: ([0xC0] + Array($0)).span)
    }
  }
}
