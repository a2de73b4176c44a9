/// A line between Nellcor's readings: what the columns are, and how the device is set.
enum NellcorHeader: Hashable {
  /// `N-560 VERSION 1.61.00 CRC:… SpO2 Limit: … PR Limit: …`
  case title(model: String, version: String)
  /// `ADULT 25SAT-S`, indented; newer models add a response mode.
  case mode
  /// `TIME %SpO2 BPM PA Status`
  case columns

  private static let columnNames: [[String]] = ["%SpO2", "%SPO2"].map {
    ["TIME", $0, "BPM", "PA", "Status"]
  }

  init?(_ line: Span<UInt8>) {
    let end = line.endOfText(in: 0..<line.count)
    guard end > 0 else { return nil }
    let text = String(decoding: (0..<end).map { line[$0] }, as: UTF8.self)
    let words = text.split(separator: " ").map(String.init)
    if Self.columnNames.contains(words) {
      self = .columns
    } else if words.count >= 8, words[1] == "VERSION", words[0].hasPrefix("N"),
      words.count(where: { $0 == "Limit:" }) == 2
    {
      self = .title(model: words[0], version: words[2])
    } else if text.hasPrefix(" "), let first = words.first, first.count >= 3,
      first.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    {
      self = .mode
    } else {
      return nil
    }
  }
}
