import ArgumentParser
import Foundation

/// Exit statuses beside 0 (`nurse-station.md` 2.3, after sysexits).
extension ExitCode {
  static let finding = ExitCode(2)
  static let badData = ExitCode(65)
  static let noInput = ExitCode(66)
  static let unavailable = ExitCode(69)
  static let cannotCreate = ExitCode(73)
  static let noPermission = ExitCode(77)
  static let badConfiguration = ExitCode(78)
}

/// Standard streams and files, in whole lines.
///
/// Data goes to standard output, words to standard error.
enum Console {
  static func out(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }

  static func error(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

  /// Reads a file, or standard input for `-`.
  ///
  /// Says why it cannot, and ends with 66.
  static func bytes(_ path: String) throws -> Data {
    guard path != "-" else { return FileHandle.standardInput.readDataToEndOfFile() }
    do {
      return try Data(contentsOf: URL(filePath: path))
    } catch {
      Console.error("\(path): cannot be read (\(error.localizedDescription)); check the name")
      throw ExitCode.noInput
    }
  }

  /// The first bytes of a file that may be large.
  static func start(of path: String, count: Int) throws -> Data {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? file.close() }
      return try file.read(upToCount: count) ?? Data()
    } catch {
      Console.error("\(path): cannot be read (\(error.localizedDescription)); check the name")
      throw ExitCode.noInput
    }
  }

  static func text(_ path: String) throws -> String {
    guard let text = String(data: try bytes(path), encoding: .utf8) else {
      error("\(path): is not UTF-8 text")
      throw ExitCode.badData
    }
    return text
  }

  /// Writes a file whole or not at all.
  static func write(_ text: String, to path: String) throws {
    guard path != "-" else { return FileHandle.standardOutput.write(Data(text.utf8)) }
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      Console.error("\(path): cannot be written (\(error.localizedDescription))")
      throw ExitCode.cannotCreate
    }
  }

  /// Runs something whose complaint is about data; prints it and ends with 65.
  static func badData<Value>(_ file: String? = nil, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.error(file.map { "\($0):\(error)" } ?? "\(error)")
      throw ExitCode.badData
    }
  }
}
