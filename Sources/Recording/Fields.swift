/// `key=value` words, as recordings and the API give them.
public struct Fields: Hashable, Sendable {
  private var values: [String: String]
  /// Keys that nobody has asked for yet; what is left over is an error.
  private var unread: Set<String>

  public init(_ values: [String: String]) {
    self.values = values
    unread = Set(values.keys)
  }

  /// Whether there is such a value.
  func has(_ key: String) -> Bool { values[key] != nil }

  /// Takes a value out; `nil` when it is not there.
  public mutating func take(_ key: String) -> String? {
    unread.remove(key)
    return values[key]
  }

  /// Takes a value that must be there.
  public mutating func need(_ key: String) throws(TextError) -> String {
    guard let value = take(key) else { throw TextError("\(key)= is missing") }
    return value
  }

  /// Takes a whole number in a range, if it is there.
  public mutating func number(
    _ key: String, in range: ClosedRange<Int>
  ) throws(TextError) -> Int? {
    guard let text = take(key) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw TextError(
        "\(key)=\(text) is not a whole number in \(range.lowerBound)…\(range.upperBound)")
    }
    return value
  }

  /// Takes a word out of a closed set, if it is there.
  public mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Word.Type
  ) throws(TextError) -> Word? {
    guard let text = take(key) else { return nil }
    guard let word = Word(rawValue: text) else {
      let choices = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw TextError("\(key)=\(text) is none of: \(choices)")
    }
    return word
  }

  /// Complains about keys that mean nothing here.
  public func finish() throws(TextError) {
    guard let stranger = unread.min() else { return }
    throw TextError("\(stranger)= means nothing here; remove it or correct its name")
  }

  /// Splits `word key=value key="a value with blanks"`; quotes escape with a backslash.
  ///
  /// Works on Unicode scalars: an accent that follows a quote must not hide it.
  static func split(_ line: Substring) throws(TextError) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var (isQuoted, isEscaped, hasWord) = (false, false, false)
    for character in line.unicodeScalars {
      switch character {
      case _ where isEscaped:
        word.append(character == "n" ? "\n" : character == "r" ? "\r" : character)
        isEscaped = false
      case "\\" where isQuoted: isEscaped = true
      case "\"":
        isQuoted.toggle()
        hasWord = true
      case " ", "\t":
        if isQuoted {
          word.append(character)
        } else if hasWord {
          words.append(String(word))
          (word, hasWord) = (String.UnicodeScalarView(), false)
        }
      default:
        word.append(character)
        hasWord = true
      }
    }
    guard !isQuoted else { throw TextError("a quote is not closed") }
    if hasWord { words.append(String(word)) }
    return words
  }

  /// Reads the `key=value` words that follow a name.
  static func read(_ words: some Sequence<String>) throws(TextError) -> Fields {
    var values: [String: String] = [:]
    for word in words {
      let scalars = word.unicodeScalars
      guard let equals = scalars.firstIndex(of: "="), equals != scalars.startIndex else {
        throw TextError("“\(word)” is not of the form key=value")
      }
      let key = String(scalars[..<equals])
      guard values.updateValue(String(scalars[scalars.index(after: equals)...]), forKey: key) == nil
      else { throw TextError("\(key)= stands twice") }
    }
    return Fields(values)
  }

  /// Writes a value so that ``split(_:)`` reads it back.
  static func quoted(_ value: String) -> String {
    let special: Set<Unicode.Scalar> = [" ", "\t", "\n", "\r", "\"", "\\"]
    guard value.isEmpty || value.unicodeScalars.contains(where: special.contains) else {
      return value
    }
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\n": quoted.append(contentsOf: "\\n".unicodeScalars)
      case "\r": quoted.append(contentsOf: "\\r".unicodeScalars)
      case "\"", "\\": quoted.append(contentsOf: ["\\", scalar])
      default: quoted.append(scalar)
      }
    }
    quoted.append("\"")
    return String(quoted)
  }
}

/// What is wrong with a piece of text, without its place; whoever reads the file adds that.
public struct TextError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}
