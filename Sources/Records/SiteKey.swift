import Crypto
import FoundationEssentials

/// The Ed25519 key with which a site signs its records and the head of its log.
///
/// Its text is PKCS#8 in PEM, which `openssl pkey` reads too.
public struct SiteKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A new key, from the system's randomness.
  public init() { key = Curve25519.Signing.PrivateKey() }

  /// The key of a seed of 32 bytes, for tests that need the same one twice; `nil` for another
  /// length.
  public init?(seed: [UInt8]) {
    guard seed.count == 32, let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
    else { return nil }
    self.key = key
  }

  /// Reads ``pem``.
  public init?(pem: String) {
    guard let der = PEM.body(pem, "PRIVATE KEY"), der.starts(with: Self.prefix) else { return nil }
    self.init(seed: Array(der.dropFirst(Self.prefix.count)))
  }

  /// The key as text, to be kept in a file that only the service may read.
  public var pem: String { PEM.text(Self.prefix + Array(key.rawRepresentation), "PRIVATE KEY") }

  public var publicKey: SitePublicKey { SitePublicKey(key.publicKey) }

  /// 64 bytes, or `nil` should the system have no randomness.
  func signature(of content: [UInt8]) -> [UInt8]? {
    (try? key.signature(for: content)).map { Array($0) }
  }

  /// What PKCS#8 puts before the 32 bytes of an Ed25519 key (RFC 8410).
  private static let prefix: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]
}

/// The public half: whoever has it can check what the site signed.
public struct SitePublicKey: Hashable, Sendable {
  /// Always 32.
  public let bytes: [UInt8]

  init(_ key: Curve25519.Signing.PublicKey) { bytes = Array(key.rawRepresentation) }

  /// Reads ``text``.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.tag), let data = Data(base64Encoded: String(text.dropFirst(8))),
      data.count == 32, text == Self.tag + data.base64EncodedString()
    else { return nil }
    bytes = Array(data)
  }

  /// Reads a public key in PEM, or the public half of a private one.
  public init?(pem: String) {
    if let key = SiteKey(pem: pem) {
      self = key.publicKey
      return
    }
    guard let der = PEM.body(pem, "PUBLIC KEY"), der.starts(with: Self.prefix),
      der.count == Self.prefix.count + 32
    else { return nil }
    bytes = Array(der.dropFirst(Self.prefix.count))
  }

  /// `ed25519:` and base64, as it stands in records.
  public var text: String { Self.tag + Data(bytes).base64EncodedString() }

  /// SubjectPublicKeyInfo in PEM, for `openssl pkeyutl -verify -pubin`.
  public var pem: String { PEM.text(Self.prefix + bytes, "PUBLIC KEY") }

  /// SHA-256 over the key in DER, as `openssl pkey -pubin -outform DER | sha256sum` gives it: what
  /// people compare.
  public var fingerprint: String { ContentHash(of: Self.prefix + bytes).description }

  /// Whether the site signed exactly this.
  func isValid(_ signature: [UInt8], of content: [UInt8]) -> Bool {
    (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes))?
      .isValidSignature(signature, for: content) == true
  }

  static let tag = "ed25519:"
  /// What SubjectPublicKeyInfo puts before the 32 bytes of an Ed25519 key (RFC 8410).
  private static let prefix: [UInt8] = [
    0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
  ]
}

/// Bytes between `-----BEGIN X-----` and `-----END X-----`.
private enum PEM {
  static func text(_ der: [UInt8], _ label: String) -> String {
    "-----BEGIN \(label)-----\n\(Data(der).base64EncodedString())\n-----END \(label)-----\n"
  }

  static func body(_ text: String, _ label: String) -> [UInt8]? {
    let lines = text.split(whereSeparator: \.isNewline)
    guard let begin = lines.firstIndex(of: "-----BEGIN \(label)-----"),
      let end = lines.firstIndex(of: "-----END \(label)-----"), begin < end
    else { return nil }
    return Data(base64Encoded: lines[(begin + 1)..<end].joined()).map { Array($0) }
  }
}
