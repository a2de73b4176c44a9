import Records
import TestKit
import Testing

@Suite struct SiteKeyTests {
  /// RFC 8032, 7.1, test 1.
  private let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
  private let publicBytes = hex(
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")

  @Test func `a seed gives the key that the RFC says`() throws {
    let key = try #require(SiteKey(seed: seed))
    #expect(key.publicKey.bytes == publicBytes)
    #expect(key.publicKey.text == "ed25519:11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
  }

  @Test func `keys come back from their text`() throws {
    let key = SiteKey()
    #expect(try #require(SiteKey(pem: key.pem)).publicKey == key.publicKey)
    #expect(SitePublicKey(pem: key.publicKey.pem) == key.publicKey)
    #expect(SitePublicKey(pem: key.pem) == key.publicKey)
    #expect(SitePublicKey(key.publicKey.text) == key.publicKey)
    #expect(key.publicKey.fingerprint.count == 64)
    #expect(SiteKey(pem: key.publicKey.pem) == nil)
    #expect(SiteKey(pem: "") == nil)
    #expect(SitePublicKey("ed25519:AAAA") == nil)
    #expect(SiteKey(seed: [1, 2, 3]) == nil)
  }

  @Test func `one bit of an object, its signature or the key, and it is not signed`() throws {
    let key = try #require(SiteKey(seed: seed))
    let object = JSONValue.object(["a": .integer(1), "b": .text("x")])
    let signed = try #require(object.signed(by: key))
    #expect(signed.isSigned(by: key.publicKey))
    #expect(!object.isSigned(by: key.publicKey))
    #expect(!signed.isSigned(by: SiteKey().publicKey))
    let bytes = Array(signed.canonical.utf8)
    for bit in 0..<bytes.count * 8 {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      let value = JSONValue(changed)
      #expect(value?.isSigned(by: key.publicKey) != true, "bit \(bit)")
    }
    #expect(JSONValue.text("x").signed(by: key) == nil)
  }
}
