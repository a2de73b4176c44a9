import ArgumentParser
import Drivers
import Foundation
import Recording
import Vitals
import Ward

/// `chairside detect`: which driver speaks this.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say which driver speaks these bytes, with a confidence.",
    discussion: """
      Listens only. FILE may hold raw bytes, hex digits (--hex) or a recording (.wire), whose times \
      tell devices apart that differ in nothing but their rate. Exit status 2: nothing recognised.
      """)

  @Flag(help: "The input is hex digits, with or without blanks; # starts a comment.")
  var hex = false

  @Flag(help: "One JSON object a line.")
  var json = false

  @Argument(help: "A file, or - for standard input.")
  var file = "-"

  func run() throws {
    let data = try Console.bytes(file)
    var detector = Detector()
    if data.starts(with: Recording.firstLine.utf8) {
      let text = String(decoding: data, as: UTF8.self)
      let recording = try Console.badData(file) { try Recording(text: text) }
      for (at, entry) in recording.entries {
        guard case .input(.bytes(_, let bytes)) = entry else { continue }
        detector.take(bytes, at: at)
      }
    } else {
      let bytes = hex ? try Console.badData { try HexText.bytes(data, file: file) } : [UInt8](data)
      detector.take(bytes, at: .zero)
    }
    try GuessText.show(detector, json: json)
  }
}

/// What a detector found, for people and for programs.
enum GuessText {
  /// Prints every guess; ends with 2 when none is to be believed.
  static func show(_ detector: Detector, json: Bool) throws {
    for guess in detector.guesses() { Console.out(json ? line(guess) : words(guess)) }
    guard detector.verdict != nil else {
      Console.error("no protocol of the catalog is recognised; see chairside drivers")
      throw ExitCode.finding
    }
  }

  private static func line(_ guess: Detector.Guess) -> String {
    var json = JSONLine()
    json.add("driver", guess.id)
    json.addRaw("confidence", "\(Double(guess.confidencePercent) / 100)")
    json.add("frames", guess.frames)
    return json.line
  }

  private static func words(_ guess: Detector.Guess) -> String {
    "\(guess.id.padded(to: 15))\(guess.confidencePercent) %  \(guess.frames) frames"
  }
}
