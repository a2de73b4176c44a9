/// Misbehaviours as people write them: `drop=0.01`, `stall=30s+5s`, `merge=250ms`.
extension Misbehaviour {
  /// Every form, for help texts.
  public static let forms = [
    "drop=P", "repeat=P", "flip=P", "insert=P", "checksum=P", "split=TIME", "merge=TIME",
    "jitter=TIME", "stall=AFTER+TIME", "cable=AFTER+TIME", "hang=AFTER",
  ]

  /// Reads one of ``forms``: P is a probability of 0...1, times are like `30s` or `250ms`; `nil` for
  /// anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let way = Self.read(String(parts[0]), parts[1]) else { return nil }
    self = way
  }

  private static func read(_ name: String, _ value: Substring) -> Misbehaviour? {
    switch name {
    case "drop": probability(value).map(Misbehaviour.drop)
    case "repeat": probability(value).map(Misbehaviour.repeat)
    case "flip": probability(value).map(Misbehaviour.flip)
    case "insert": probability(value).map(Misbehaviour.insert)
    case "checksum": probability(value).map(Misbehaviour.wrongChecksum)
    case "split": duration(value).map(Misbehaviour.split)
    case "merge": duration(value).map(Misbehaviour.merge)
    case "jitter": duration(value).map(Misbehaviour.jitter)
    case "hang": duration(value).map(Misbehaviour.hang)
    case "stall": span(value).map { .stall(after: $0.after, lasting: $0.lasting) }
    case "cable": span(value).map { .cableOut(after: $0.after, lasting: $0.lasting) }
    default: nil
    }
  }

  private static func probability(_ text: Substring) -> Double? {
    Double(text).flatMap { (0...1).contains($0) ? $0 : nil }
  }

  private static func duration(_ text: Substring) -> Duration? {
    let isMilliseconds = text.hasSuffix("ms")
    guard text.hasSuffix("s"), let number = Int64(text.dropLast(isMilliseconds ? 2 : 1)),
      (0...86_400_000).contains(number)
    else { return nil }
    return isMilliseconds ? .milliseconds(number) : .seconds(number)
  }

  private static func span(_ text: Substring) -> (after: Duration, lasting: Duration)? {
    let parts = text.split(separator: "+")
    guard parts.count == 2, let after = duration(parts[0]), let lasting = duration(parts[1]) else {
      return nil
    }
    return (after, lasting)
  }
}
