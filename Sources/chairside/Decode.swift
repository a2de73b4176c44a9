import ArgumentParser
import Drivers
import Foundation
import Recording
import Vitals

/// `chairside decode`: a device's bytes as readings.
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decode a device's bytes, one reading a line; the account goes to standard error.")

  @Option(help: "A name from “chairside drivers”.")
  var driver: String

  @Flag(help: "The input is hex digits, with or without blanks; # starts a comment.")
  var hex = false

  @Flag(help: "One JSON object a line.")
  var json = false

  @Argument(help: "A file, or - for standard input.")
  var file = "-"

  func run() throws {
    guard let model = Catalog.model(id: driver) else {
      throw ValidationError("there is no driver “\(driver)”; see chairside drivers")
    }
    let data = try Console.bytes(file)
    let bytes = hex ? try Console.badData { try HexText.bytes(data, file: file) } : [UInt8](data)
    var decoder = model.makeListener()
    var lines = ""
    func take(_ at: Instant, _ output: DriverOutput) {
      guard let line = json ? ReadingText.json(output) : ReadingText.words(output) else { return }
      lines += line + "\n"
      guard lines.utf8.count > 1 << 16 else { return }
      FileHandle.standardOutput.write(Data(lines.utf8))
      lines = ""
    }
    for start in stride(from: 0, to: bytes.count, by: 1 << 16) {
      let chunk = Array(bytes[start..<min(bytes.count, start + 1 << 16)])
      decoder.handle(.bytes(chunk), at: .zero, emit: take)
    }
    // A frame at the very end has no successor that confirms it; the silence after it does.
    decoder.advance(to: .seconds(1), emit: take)
    FileHandle.standardOutput.write(Data(lines.utf8))
    let account = decoder.account
    if account.damagedBytes > 0 || account.resyncs > 0 {
      Console.error(
        "damage: stray=\(account.damage.stray) broken=\(account.damage.broken) "
          + "checksum=\(account.damage.checksum) resyncs=\(account.resyncs)")
    }
    if model.frameLength == 0 || account.framedBytes != account.frames * model.frameLength {
      Console.error("frames of several lengths: \(account.framedBytes) bytes in all")
    }
    Console.error(
      "frames=\(account.frames) damaged=\(account.damagedBytes) "
        + "pending=\(account.pendingBytes) bytes=\(bytes.count)")
  }
}

/// Hex digits as bytes.
enum HexText {
  static func bytes(_ data: Data, file: String) throws(TextError) -> [UInt8] {
    var bytes: [UInt8] = []
    var (line, half, isComment) = (1, UInt8?.none, false)
    for character in data {
      switch character {
      case UInt8(ascii: "\n"): (line, isComment) = (line + 1, false)
      case _ where isComment: break
      case UInt8(ascii: "#"): isComment = true
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default:
        guard let digit = Character(UnicodeScalar(character)).hexDigitValue else {
          throw TextError(
            "\(file):\(line): “\(Character(UnicodeScalar(character)))” is no hex digit")
        }
        if let high = half {
          bytes.append(high << 4 | UInt8(digit))
          half = nil
        } else {
          half = UInt8(digit)
        }
      }
    }
    guard half == nil else { throw TextError("\(file):\(line): an odd number of hex digits") }
    return bytes
  }
}
