/// Builds an annotation file in the MIT format: words of a code and a distance, low byte first.
struct WFDBAnnotations {
  /// The codes of annot(5) that are used here.
  private enum Code: Int {
    /// A comment.
    case note = 22
    /// A distance that the word is too short for follows.
    case skip = 59
    /// A text of this length follows.
    case auxiliary = 63
  }

  /// What ten bits can say.
  private static let farthest = 1023

  private var bytes: [UInt8] = []
  private var last = 0

  /// Adds a comment at a sample; samples must not fall.
  mutating func add(_ text: String, at sample: Int) {
    var distance = sample - last
    last = sample
    if distance > Self.farthest {
      put(.skip, 0)
      // The high half first, each half low byte first.
      for half in [distance >> 16, distance & 0xffff] {
        bytes += [UInt8(half & 0xff), UInt8(half >> 8 & 0xff)]
      }
      distance = 0
    }
    put(.note, distance)
    let text = Array(text.utf8)
    put(.auxiliary, text.count)
    bytes += text
    if !text.count.isMultiple(of: 2) { bytes.append(0) }
  }

  /// The whole file.
  var file: [UInt8] { bytes + [0, 0] }

  private mutating func put(_ code: Code, _ number: Int) {
    let word = code.rawValue << 10 | number
    bytes += [UInt8(word & 0xff), UInt8(word >> 8)]
  }
}
