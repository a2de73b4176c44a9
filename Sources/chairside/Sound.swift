import Annunciator
import ArgumentParser
import Daemon
import Foundation
import Monitoring
import Settings

/// `chairside sound`: the alarm sounds of the server, to hear, to keep, or as numbers.
struct Sound: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Play an alarm sound on this machine, write it as a file, or show its numbers.",
    discussion: "The same sounds as the pages make, and as the daemon makes when no page is heard.")

  @Argument(help: "\(BurstName.allCases.map(\.rawValue).joined(separator: ", ")).")
  var name: String

  @Flag(help: "Play it once.")
  var play = false

  @Option(help: "The ALSA device to play it on.")
  var device = "default"

  @Option(name: .shortAndLong, help: "Write it as a WAV file.")
  var output: String?

  func run() throws {
    guard let burst = BurstName(rawValue: name)?.burst else {
      let names = BurstName.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("there is no sound “\(name)”; there are \(names)")
    }
    let sound = BurstWave.wav(BurstWave.samples(of: burst))
    if let output {
      guard FileManager.default.createFile(atPath: output, contents: Data(sound)) else {
        Console.error("\(output) cannot be written")
        throw ExitCode.cannotCreate
      }
    }
    if play { try play(sound) }
    if output == nil, !play { Console.out(Self.json(burst)) }
  }

  private func play(_ sound: [UInt8]) throws {
    let (player, reason) = Loudspeaker.player(.on(device: device, player: nil))
    if let failure = player.map({ $0.play(sound) }) ?? reason {
      Console.error("cannot sound: \(failure)")
      throw ExitCode.unavailable
    }
  }

  /// The numbers, in the units and under the names of `burst.js`.
  private static func json(_ burst: Burst) -> String {
    let gap = burst.gap.map(String.init) ?? "null"
    return #"{"starts":\#(burst.starts),"duration":\#(burst.duration),"ramp":\#(burst.ramp),"#
      + #""tones":\#(burst.tones),"gap":\#(gap),"level":\#(burst.level),"#
      + #""partials":\#(Burst.partials)}"#
  }
}
