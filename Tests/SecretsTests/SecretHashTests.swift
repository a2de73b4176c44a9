import Secrets
import Testing

@Suite struct SecretHashTests {
  /// RFC 7914 section 12; the fourth needs 1 GiB and is left out.
  @Test(arguments: [
    (
      "", "", 16, 1, 1,
      "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
    ),
    (
      "password", "NaCl", 1024, 8, 16,
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
    ),
    (
      "pleaseletmein", "SodiumChloride", 16384, 8, 1,
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    ),
  ])
  func `is scrypt as RFC 7914 has it`(
    secret: String, salt: String, rounds: Int, blockSize: Int, parallelism: Int, expected: String
  ) {
    let cost = SecretHash.Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
    let derived = SecretHash.derive(secret, Array(salt.utf8), cost, 64) ?? []
    #expect(
      derived.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == expected)
  }

  private static let cheap = SecretHash.Cost(rounds: 1 << 10, blockSize: 8, parallelism: 1)

  @Test func `knows its secret after being written down, and no other`() throws {
    let hash = SecretHash(of: "135790", cost: Self.cheap)
    let read = try #require(SecretHash(hash.description))
    #expect(read == hash)
    #expect(read.matches("135790"))
    for other in ["135791", "13579", "1357900", "", "135790 ", "\u{0}135790"] {
      #expect(!read.matches(other), "\(other)")
    }
    #expect(!hash.description.contains("135790"))
  }

  @Test func `no two hashes of one secret are alike`() {
    let hashes = (0..<4).map { _ in SecretHash(of: "135790", cost: Self.cheap).description }
    #expect(Set(hashes).count == 4)
  }

  @Test(arguments: [
    "", "scrypt", "scrypt:32768:8:1::", "scrypt:32767:8:1:AAAAAAAAAAAAAAAAAAAAAA==:AA==",
    "plain:32768:8:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "scrypt:1073741824:8:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "scrypt:-1024:8:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "scrypt:1024:9223372036854775807:1:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
  ])
  func `what is no hash of ours is refused`(text: String) {
    #expect(SecretHash(text) == nil)
  }

  @Test func `secrets are compared whole`() {
    #expect(SecretHash.areEqual([1, 2], [1, 2]))
    for other in [[1, 3], [0, 2], [1], [1, 2, 3], []] as [[UInt8]] {
      #expect(!SecretHash.areEqual([1, 2], other))
    }
    #expect(!SecretHash.areEqual([], []))
  }

  @Test func `a code is long, legible and never the same`() {
    let codes = (0..<50).map { _ in Randomness.code() }
    #expect(Set(codes).count == 50)
    for code in codes {
      #expect(code.count == 19)
      #expect(code.allSatisfy { "23456789ABCDEFGHJKLMNPQRSTUVWXYZ-".contains($0) })
    }
  }
}
