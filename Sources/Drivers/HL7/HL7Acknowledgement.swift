import Vitals

/// Writes answers to messages: ACK with MSA (`clinical.md` 5.5).
struct HL7Acknowledgement {
  /// What an answer may repeat of a field; the standard's lengths are shorter.
  private static var longestEcho: Int { 227 }

  /// Numbers our own messages.
  private var count = 0

  /// The answers a message wants: in the original mode AA or AE, in the enhanced mode CA or CE for
  /// its arrival and AA or AE for its content, each only when asked for.
  mutating func answers(_ text: Span<UInt8>, _ header: HL7Header, isGood: Bool) -> [[UInt8]] {
    var codes: [String] = []
    if let accept = header.acceptWish {
      if accept.isGranted(isGood: isGood) { codes.append(isGood ? "CA" : "CE") }
      if header.applicationWish?.isGranted(isGood: isGood) == true {
        codes.append(isGood ? "AA" : "AE")
      }
    } else {
      codes.append(isGood ? "AA" : "AE")
    }
    return codes.map { code in
      count += 1
      return answer(text, header, code: code)
    }
  }

  /// The sender's separators, clock and names are used: we have no wall clock here, and what is
  /// repeated needs no escapes.
  private func answer(_ text: Span<UInt8>, _ header: HL7Header, code: String) -> [UInt8] {
    let separators = header.separators
    func echo(_ place: Range<Int>) -> [UInt8] {
      guard place.count <= Self.longestEcho else { return [] }
      return place.map { text[$0] }
    }
    let event = echo(text.part(2, of: header.type, by: separators.component))
    let structure = text.part(3, of: header.type, by: separators.component)
    var type = Array("ACK".utf8) + [separators.component] + event
    if !structure.isEmpty { type += [separators.component] + Array("ACK".utf8) }
    let encoding = [
      separators.component, separators.repetition, separators.escape, separators.subcomponent,
    ]
    let head: [[UInt8]] = [
      Array("MSH".utf8), encoding, echo(header.receiver.application),
      echo(header.receiver.facility), echo(header.sender.application),
      echo(header.sender.facility), echo(header.timePlace), [], type,
      Array("CHAIRSIDE-\(count)".utf8), echo(header.processing), echo(header.version),
    ]
    let body: [[UInt8]] = [Array("MSA".utf8), Array(code.utf8), echo(header.controlID)]
    let lines = [head, body].map { Array($0.joined(separator: [separators.field])) + [0x0D] }
    return MLLP.wrap(lines.flatMap(\.self))
  }
}
