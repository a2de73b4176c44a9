import Feeds

/// An EDF+ file taken apart by the letter of its description.
struct EDFReader {
  struct Record {
    let onset: Double
    /// The stored numbers, by the label of the signal.
    let numbers: [String: Int]
  }

  let patient: String
  let recording: String
  let date: String
  let time: String
  let kind: String
  private(set) var labels: [String] = []
  private(set) var records: [Record] = []
  private(set) var annotations: [(onset: Double, text: String)] = []
  private(set) var recordBytes = 0

  /// `nil` when header and length contradict each other, or a record does not say its time.
  init?(_ bytes: [UInt8]) {
    func field(_ at: Int, _ width: Int) -> String {
      let text = String(decoding: bytes[at..<(at + width)], as: UTF8.self)
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    guard bytes.count >= 256, bytes.prefix(256).allSatisfy({ (0x20..<0x7f).contains($0) }) else {
      return nil
    }
    (patient, recording) = (field(8, 80), field(88, 80))
    (date, time, kind) = (field(168, 8), field(176, 8), field(192, 44))
    guard let header = Int(field(184, 8)), let count = Int(field(236, 8)),
      let signals = Int(field(252, 4)), header == 256 * (signals + 1), field(244, 8) == "1"
    else { return nil }
    labels = (0..<signals).map { field(256 + 16 * $0, 16) }
    let lengths = (0..<signals).compactMap { Int(field(256 + 216 * signals + 8 * $0, 8)) }
    recordBytes = 2 * lengths.reduce(0, +)
    guard lengths.count == signals, labels.last == "EDF Annotations",
      bytes.count == header + count * recordBytes
    else { return nil }
    for index in 0..<count {
      let start = header + index * recordBytes
      guard let record = take(bytes[start..<(start + recordBytes)], lengths) else { return nil }
      records.append(record)
    }
  }

  private mutating func take(_ record: ArraySlice<UInt8>, _ lengths: [Int]) -> Record? {
    var numbers: [String: Int] = [:]
    var at = record.startIndex
    for label in labels.dropLast() {
      numbers[label] = Int(Int16(bitPattern: UInt16(record[at]) | UInt16(record[at + 1]) << 8))
      at += 2
    }
    let lists = record[at...].split(separator: 0).map {
      $0.split(separator: 0x14, omittingEmptySubsequences: false).map {
        String(decoding: $0, as: UTF8.self)
      }
    }
    guard let keeping = lists.first, keeping.dropFirst().allSatisfy(\.isEmpty),
      let onset = Double(keeping[0])
    else { return nil }
    for list in lists.dropFirst() {
      guard let onset = Double(list[0]), list.count == 3, list[2].isEmpty else { return nil }
      annotations.append((onset, list[1]))
    }
    return Record(onset: onset, numbers: numbers)
  }
}
