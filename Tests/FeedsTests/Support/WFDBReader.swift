import Feeds

/// A WFDB record taken apart by the letter of header(5), signal(5) and annot(5).
struct WFDBReader {
  let header: [[String]]
  /// The stored numbers of each signal.
  private(set) var signals: [[Int]] = []
  private(set) var annotations: [(sample: Int, text: String)] = []

  init(_ files: [ExportFormat.File]) {
    func bytes(_ ending: String) -> [UInt8] { files.first { $0.ending == ending }?.bytes ?? [] }
    header = String(decoding: bytes(".hea"), as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: " ").map(String.init) }
    let words = Self.words(bytes(".dat"))
    let count = header.count - 1
    signals = (0..<count).map { signal in
      stride(from: signal, to: words.count, by: count).map { Int(Int16(bitPattern: words[$0])) }
    }
    var (at, sample) = (0, 0)
    let marks = bytes(".atr")
    while case let word = Self.words(Array(marks[at..<(at + 2)]))[0], word != 0 {
      at += 2
      let (code, number) = (word >> 10, Int(word & 1023))
      switch code {
      case 59:
        let halves = Self.words(Array(marks[at..<(at + 4)]))
        sample += Int(halves[0]) << 16 | Int(halves[1])
        at += 4
      case 63:
        annotations.append(
          (sample, String(decoding: marks[at..<(at + number)], as: UTF8.self)))
        at += number + number % 2
      default: sample += number
      }
    }
  }

  private static func words(_ bytes: [UInt8]) -> [UInt16] {
    stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
  }
}
