import CryptoExtras
import FoundationEssentials

/// What remains of a secret: its scrypt hash (RFC 7914) with salt and cost, so that a later
/// software may raise the cost and still check what was stored before.
///
/// Written `scrypt:N:r:p:SALT:HASH`, salt and hash in Base64.
public struct SecretHash: Hashable, Sendable, LosslessStringConvertible {
  /// How hard a guess is.
  public let cost: Cost
  private let salt: [UInt8]
  private let hash: [UInt8]

  /// The parameters of scrypt.
  public struct Cost: Hashable, Sendable {
    /// N, a power of two: time and memory.
    public let rounds: Int
    /// r; a guess needs 128 · N · r bytes.
    public let blockSize: Int
    /// p: time alone.
    public let parallelism: Int

    public init(rounds: Int, blockSize: Int, parallelism: Int) {
      self.rounds = rounds
      self.blockSize = blockSize
      self.parallelism = parallelism
    }

    /// For secrets that are set now: 32 MiB and about a tenth of a second a guess.
    public static let standard = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 1)

    /// More than this is not computed, whatever a file says: it would stand still for minutes.
    fileprivate var isSane: Bool {
      (1 << 10...1 << 20).contains(rounds) && rounds & (rounds - 1) == 0
        && (1...32).contains(blockSize) && (1...16).contains(parallelism)
        && 128 * rounds * blockSize <= 1 << 28
    }
  }

  /// Hashes a secret with a new salt.
  ///
  /// Takes a tenth of a second by design: call it where that blocks nobody.
  public init(of secret: String, cost: Cost = .standard) {
    self.cost = cost
    salt = Randomness.bytes(16)
    hash = Self.derive(secret, salt, cost, 32) ?? []
  }

  /// Whether this is the secret.
  ///
  /// Takes as long for a wrong one as for the right one.
  public func matches(_ secret: String) -> Bool {
    guard let derived = Self.derive(secret, salt, cost, hash.count) else { return false }
    return Self.areEqual(derived, hash)
  }

  /// Compares without telling by its time where two secrets differ.
  public static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count, !one.isEmpty else { return false }
    return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// scrypt itself; `nil` for parameters that it does not take.
  public static func derive(
    _ secret: String, _ salt: [UInt8], _ cost: Cost, _ count: Int
  ) -> [UInt8]? {
    let key = try? KDF.Scrypt.deriveKey(
      from: Array(secret.utf8), salt: salt, outputByteCount: count, rounds: cost.rounds,
      blockSize: cost.blockSize, parallelism: cost.parallelism)
    return key?.withUnsafeBytes { Array($0) }
  }

  public init?(_ description: String) {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]),
      let blockSize = Int(parts[2]), let parallelism = Int(parts[3]),
      let salt = Data(base64Encoded: String(parts[4])),
      let hash = Data(base64Encoded: String(parts[5])), salt.count >= 16, hash.count == 32
    else { return nil }
    cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    guard cost.isSane else { return nil }
    (self.salt, self.hash) = ([UInt8](salt), [UInt8](hash))
  }

  public var description: String {
    let numbers = "\(cost.rounds):\(cost.blockSize):\(cost.parallelism)"
    return
      "scrypt:\(numbers):\(Data(salt).base64EncodedString()):\(Data(hash).base64EncodedString())"
  }
}
