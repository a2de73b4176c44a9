/// What is wrong with a file, where, and what to do: `ward.yaml:14:9: …`.
public struct Complaint: Error, Hashable, Sendable, CustomStringConvertible {
  public let file: String
  /// Counted from 1.
  public let line: Int
  /// Counted from 1.
  public let column: Int
  public let reason: String

  public init(file: String, line: Int, column: Int, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  public var description: String { "\(file):\(line):\(column): \(reason)" }
}

/// Several complaints about one file; reading goes on after the first, so that all are seen.
public struct Complaints: Error, Sendable, CustomStringConvertible {
  public private(set) var all: [Complaint] = []

  public init() {}

  /// Runs one piece of reading; its complaint is kept and the answer is `nil`.
  public mutating func collect<Value>(
    _ body: () throws(Complaint) -> Value
  ) -> Value? {
    do throws(Complaint) {
      return try body()
    } catch {
      all.append(error)
      return nil
    }
  }

  public mutating func add(_ complaint: Complaint) { all.append(complaint) }

  public var description: String { all.map(\.description).joined(separator: "\n") }
}
