import Crypto
public import Vitals

/// What a login leaves in the browser: who it was, and since when, under a seal of the daemon's.
///
/// It lets its holder look, so that a wall goes on after a restart of the daemon; whether he may act as
/// well is known to ``Presence`` alone.
public struct Pass: Hashable, Sendable {
  let user: StaffID
  /// When the login was.
  public let issuedAt: WallTime
  /// Tells the passes of one person apart; 32 hexadecimal digits.
  public let nonce: String

  /// After so many milliseconds a person logs in anew, even to look.
  public static let longest: Int64 = 30 * 86_400_000

  /// A new pass.
  init(user: StaffID, issuedAt: WallTime) {
    self.user = user
    self.issuedAt = issuedAt
    nonce = hex((0..<16).map { _ in UInt8.random(in: .min ... .max) })
  }

  /// Reads a cookie; `nil` for one that is not ours, too old, or from the future.
  init?(_ text: Substring, key: PassKey, now: WallTime) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, let user = StaffID(parts[0]), let issued = Int64(parts[1]),
      parts[2].utf8.count == 32, (issued...(issued + Self.longest)).contains(now.milliseconds)
    else { return nil }
    self.user = user
    issuedAt = WallTime(milliseconds: issued)
    nonce = String(parts[2])
    guard key.isSeal(parts[3], of: content) else { return nil }
  }

  private var content: String { "\(user.name).\(issuedAt.milliseconds).\(nonce)" }

  /// The cookie's value.
  func text(_ key: PassKey) -> String { content + "." + key.seal(content) }

  /// What our pages send with everything that changes something, and no other site's can know.
  func token(_ key: PassKey) -> String { key.seal("act." + content) }
}

/// The key of the seal: 32 bytes that only the service user can read.
public struct PassKey: Sendable {
  private let key: SymmetricKey

  /// Takes the bytes as they are.
  public init(_ bytes: [UInt8]) { key = SymmetricKey(data: bytes) }

  func seal(_ content: String) -> String {
    hex(Array(HMAC<SHA256>.authenticationCode(for: Array(content.utf8), using: key)))
  }

  /// Compares in a time that tells nothing.
  func isSeal(_ text: some StringProtocol, of content: String) -> Bool {
    let (given, right) = (Array(text.utf8), Array(seal(content).utf8))
    guard given.count == right.count else { return false }
    return zip(given, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

private func hex(_ bytes: [UInt8]) -> String {
  bytes.map { byte in
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
  }.joined()
}
