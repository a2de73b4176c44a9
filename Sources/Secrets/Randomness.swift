/// Numbers that nobody can guess, from the system's generator (getrandom on Linux).
public enum Randomness {
  /// So many bytes.
  public static func bytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// So many bytes as twice as many hexadecimal digits.
  public static func hexadecimal(bytes count: Int) -> String {
    bytes(count).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }

  /// A code to be read and typed by a person: `K7QD-29WM-…`, 5 bits a letter, none of which looks
  /// like another.
  public static func code(letters: Int = 16) -> String {
    let alphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    let text = bytes(letters).map { alphabet[Int($0) % alphabet.count] }
    return stride(from: 0, to: letters, by: 4).map {
      String(text[$0..<min($0 + 4, letters)])
    }.joined(separator: "-")
  }
}
