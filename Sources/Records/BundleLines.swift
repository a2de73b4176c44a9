/// Walks the lines of a bundle and says what has become of one that does not follow the line before.
struct BundleLines {
  struct Line {
    /// Where it stands in the file, from 1.
    let row: Int64
    /// The number it carries; the same in a whole bundle.
    let number: Int64
    let kind: String
    let body: JSONValue
    /// The hash over all lines before.
    let previous: ContentHash
    /// Whether nothing was found about this line.
    let isSound: Bool
  }

  /// A line as it was read, before it is compared with those around it.
  struct Reading {
    let number: Int64
    let kind: String
    let body: JSONValue
    let content: [UInt8]
    let stated: ContentHash

    init?(_ bytes: ArraySlice<UInt8>) {
      guard let read = RecordLine.read(bytes), let json = JSONValue(read.content),
        let number = json["n"]?.integer, let kind = json["kind"]?.text, let body = json["body"]
      else { return nil }
      self.number = number
      self.kind = kind
      self.body = body
      (content, stated) = read
    }
  }

  private let readings: [Reading?]
  /// Where each number stands.
  private var places: [Int64: [Int]] = [:]
  private var expected: Int64 = 1
  /// The hash that the line before states, and the one that it ought to state.
  private var previous = (stated: ContentHash.zero, computed: ContentHash.zero)
  /// The line before is lost, so that the hash of this one cannot be checked.
  private var isAfterLoss = false
  /// Lines that came before their turn.
  private var early: [Int64: Reading] = [:]

  init(_ pieces: [ArraySlice<UInt8>]) {
    readings = pieces.map { Reading($0) }
    for (index, reading) in readings.enumerated() {
      if let reading { places[reading.number, default: []].append(index) }
    }
  }

  /// What is found about the line at an index, and the line as far as it can be read.
  mutating func take(_ index: Int) -> (line: Line?, finding: Finding?) {
    while let reading = early.removeValue(forKey: expected) { step(reading) }
    let row = Int64(index + 1)
    func find(_ problem: Finding.Problem, _ detail: String, at row: Int64) -> Finding {
      Finding("line", row, problem, detail)
    }
    guard let reading = readings[index] else {
      if !comes(expected, after: index) {
        expected += 1
        isAfterLoss = true
      }
      return (nil, find(.changed, "it is not a line of a record", at: row))
    }
    let number = reading.number
    if number == expected {
      let isLinked = [previous.stated, previous.computed].contains {
        RecordLine.hash(reading.content, after: $0) == reading.stated
      }
      if !isLinked, comes(number, after: index) {
        return (nil, find(.inserted, "another line has number \(number)", at: row))
      }
      let isSound = isLinked || isAfterLoss
      let line = self.line(reading, row, isSound: isSound)
      step(reading)
      let detail = "\(reading.kind): its hash is not that of its content"
      return (line, isSound ? nil : find(.changed, detail, at: row))
    }
    let detail = "number \(number) where \(expected) belongs"
    if number < expected || comes(number, after: index) {
      return (nil, find(.inserted, detail, at: row))
    }
    if comes(expected, after: index) {
      early[number] = reading
      return (nil, find(.outOfOrder, detail, at: row))
    }
    // Everything up to this line is gone; from here on the chain goes on.
    let lost = expected...(number - 1)
    let line = self.line(reading, row, isSound: true)
    step(reading)
    return (
      line,
      find(
        .missing, lost.count == 1 ? "" : "with all up to \(lost.upperBound)", at: lost.lowerBound)
    )
  }

  private func comes(_ number: Int64, after index: Int) -> Bool {
    places[number]?.contains { $0 > index } == true
  }

  private func line(_ reading: Reading, _ row: Int64, isSound: Bool) -> Line {
    Line(
      row: row, number: reading.number, kind: reading.kind, body: reading.body,
      previous: previous.computed, isSound: isSound)
  }

  private mutating func step(_ reading: Reading) {
    let isFollowing = reading.number == expected && !isAfterLoss
    let computed = RecordLine.hash(reading.content, after: previous.computed)
    previous = (reading.stated, isFollowing ? computed : reading.stated)
    expected = reading.number + 1
    isAfterLoss = false
  }
}
