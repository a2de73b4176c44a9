/// One line of a record: its number, what it is, its content, and the hash over the hash of the line
/// before and itself.
struct RecordLine {
  let hash: ContentHash
  /// With the newline.
  let text: String

  init(number: Int, kind: String, body: JSONValue, after previous: ContentHash) {
    let content = JSONValue.object([
      "body": body, "kind": .text(kind), "n": .integer(number),
    ]).canonical
    hash = Self.hash(Array(content.utf8), after: previous)
    text = content.dropLast() + Self.hashKey + hash.description + Self.end + "\n"
  }

  static let hashKey = #","sha256":""#
  static let end = "\"}"
  /// What follows the content: the key, 64 digits, the end.
  private static let tailLength = hashKey.utf8.count + 64 + end.utf8.count

  static func hash(_ content: [UInt8], after previous: ContentHash) -> ContentHash {
    ContentHash(of: Array(previous.description.utf8) + content)
  }

  /// A line as it was found: what it contains and the hash it states; `nil` for another form.
  static func read(_ bytes: ArraySlice<UInt8>) -> (content: [UInt8], stated: ContentHash)? {
    guard bytes.count > tailLength else { return nil }
    let tail = String(decoding: bytes.suffix(tailLength), as: UTF8.self)
    guard tail.hasPrefix(hashKey), tail.hasSuffix(end),
      let stated = ContentHash(hex: tail.dropFirst(hashKey.count).dropLast(end.count))
    else { return nil }
    return (Array(bytes.dropLast(tailLength)) + [UInt8(ascii: "}")], stated)
  }
}
