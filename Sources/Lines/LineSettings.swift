/// How the bytes travel on a serial line; flow control is always off.
///
/// Written as manuals do: `19200 8O1` is 19 200 baud, 8 data bits, odd parity, 1 stop bit.
public struct LineSettings: Hashable, Sendable {
  public enum Parity: Character, Sendable, CaseIterable {
    case none = "N"
    case even = "E"
    case odd = "O"
  }

  /// Bits per second; one of ``bauds``.
  public let baud: Int
  /// 7 or 8.
  public let dataBits: Int
  public let parity: Parity
  /// 1 or 2.
  public let stopBits: Int

  /// Every rate that a line may have, slowest first.
  public static let bauds = [
    1200, 1800, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800, 500_000,
    576_000, 921_600,
  ]

  /// Reads the shorthand, for example `115200 8N1`; letters in either case.
  public init(_ text: String) throws(LineError) {
    func refuse(_ problem: String) -> LineError { .settings(text, problem) }
    let words = text.split(separator: " ")
    guard words.count == 2 else { throw refuse("wants two words, such as 19200 8O1") }
    guard let baud = Int(words[0]), Self.bauds.contains(baud) else {
      let known = Self.bauds.map(String.init).joined(separator: " ")
      throw refuse("\(words[0]) baud is not one of \(known)")
    }
    let frame = Array(words[1].uppercased())
    guard frame.count == 3 else { throw refuse("\(words[1]) is not like 8N1") }
    guard let dataBits = frame[0].wholeNumberValue, (7...8).contains(dataBits) else {
      throw refuse("data bits are 7 or 8, not \(frame[0])")
    }
    guard let parity = Parity(rawValue: frame[1]) else {
      throw refuse("parity is N, E or O, not \(frame[1])")
    }
    guard let stopBits = frame[2].wholeNumberValue, (1...2).contains(stopBits) else {
      throw refuse("stop bits are 1 or 2, not \(frame[2])")
    }
    self.baud = baud
    self.dataBits = dataBits
    self.parity = parity
    self.stopBits = stopBits
  }
}

extension LineSettings: CustomStringConvertible {
  /// The shorthand; ``init(_:)`` reads it back.
  public var description: String { "\(baud) \(dataBits)\(parity.rawValue)\(stopBits)" }
}
