public import Vitals

/// The two kinds of secret.
public enum SecretKind: String, Hashable, Sendable, CaseIterable {
  /// Digits only.
  case pin
  case password
}

/// What a secret must be like.
public enum SecretRules {
  public static let leastDigits = 6
  public static let leastCharacters = 8
  /// In bytes of UTF-8.
  public static let most = 128

  /// What is wrong with a secret.
  public enum Weakness: String, Error, Hashable, Sendable, CaseIterable {
    case pinTooShort, passwordTooShort, tooLong, notTypeable, monotonous, containsUserName

    /// One sentence for a person.
    public var explanation: String {
      switch self {
      case .pinTooShort: "A PIN has at least \(leastDigits) digits."
      case .passwordTooShort: "A password has at least \(leastCharacters) characters."
      case .tooLong: "A secret has at most \(most) bytes."
      case .notTypeable: "A secret has no line ends, tabs or other control characters."
      case .monotonous: "Digits or letters that are all the same or in a row are guessed first."
      case .containsUserName: "A password must not contain the user name."
      }
    }
  }

  public static func kind(of secret: String) -> SecretKind {
    secret.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      ? .pin : .password
  }

  /// Checks a secret that is to be set.
  public static func check(_ secret: String, of user: StaffID) throws(Weakness) {
    guard secret.utf8.count <= most else { throw .tooLong }
    guard secret.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
      throw .notTypeable
    }
    switch kind(of: secret) {
    case .pin: guard secret.utf8.count >= leastDigits else { throw .pinTooShort }
    case .password:
      guard secret.count >= leastCharacters else { throw .passwordTooShort }
      let name = user.name.lowercased()
      guard name.count < 3 || !occurs(name, in: secret.lowercased()) else {
        throw .containsUserName
      }
    }
    guard !isMonotonous(secret) else { throw .monotonous }
  }

  /// `111111`, `123456`, `87654321`, `abcdefgh`: one step from every character to the next.
  private static func isMonotonous(_ secret: String) -> Bool {
    let values = secret.unicodeScalars.map { Int($0.value) }
    let steps = Set(zip(values, values.dropFirst()).map { $1 - $0 })
    return steps.isSubset(of: [-1]) || steps.isSubset(of: [0]) || steps.isSubset(of: [1])
  }

  private static func occurs(_ part: String, in whole: String) -> Bool {
    let (part, whole) = (Array(part.utf8), Array(whole.utf8))
    guard whole.count >= part.count else { return false }
    return (0...(whole.count - part.count)).contains {
      whole[$0..<$0 + part.count].elementsEqual(part)
    }
  }
}
