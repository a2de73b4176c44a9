import ArgumentParser
import Foundation
import Monitoring
import Vitals

/// Asks for secrets: on a terminal without echo, else a line of standard input.
///
/// Never on the command line, which every user of the machine can read.
enum SecretPrompt {
  static func ask(_ prompt: String) throws -> String {
    guard isatty(STDIN_FILENO) == 1 else {
      guard let line = readLine(), !line.isEmpty else {
        Console.error("\(prompt)a line is missing on standard input")
        throw ExitCode.noInput
      }
      return line
    }
    return try withoutEcho(prompt)
  }

  /// Asks for a new secret, on a terminal until it is good and was typed twice alike.
  static func askNew(of user: StaffID) throws -> String {
    while true {
      let secret = try ask("New PIN (6 digits or more) or password (8 characters) of \(user): ")
      guard isatty(STDIN_FILENO) == 1 else { return secret }
      do throws(SecretRules.Weakness) {
        try SecretRules.check(secret, of: user)
      } catch {
        Console.error(error.explanation)
        continue
      }
      if try ask("Once more: ") == secret { return secret }
      Console.error("The two were not the same.")
    }
  }

  /// Reads byte by byte, so that Ctrl-C leaves the terminal as it was.
  private static func withoutEcho(_ prompt: String) throws -> String {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { throw ExitCode.noInput }
    var quiet = before
    quiet.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet)
    defer {
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
      Console.error("")
    }
    FileHandle.standardError.write(Data(prompt.utf8))
    var (line, byte) = ([UInt8](), UInt8(0))
    while read(STDIN_FILENO, &byte, 1) == 1 {
      switch byte {
      case 0x0a, 0x0d: return String(decoding: line, as: UTF8.self)
      case 0x03, 0x04, 0x1c: throw ExitCode(130)
      case 0x08, 0x7f: while let last = line.popLast(), last & 0xc0 == 0x80 {}
      case 0x15: line = []
      default: line.append(byte)
      }
    }
    throw ExitCode.noInput
  }
}
