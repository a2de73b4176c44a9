import Crypto
import Foundation
import Glibc
import SwiftASN1
import X509

/// Makes certificates: ECDSA over P-256, which every browser takes.
enum Issuing {
  typealias Made = (certificate: String, key: String)

  private static let day: Int64 = 86_400
  /// Clocks of clients that lag behind a little must not refuse a new certificate.
  private static let leeway = day
  private static let authorityDays: Int64 = 3652
  /// No browser takes more (CA/Browser Forum, ballot SC31).
  private static let certificateDays: Int64 = 397

  static func authority(of site: String, at seconds: Int64) throws(TLSFolderError) -> Made {
    let key = P256.Signing.PrivateKey()
    return try made(key, "ca.pem") {
      let name = try DistinguishedName {
        OrganizationName(site)
        CommonName("Chairside authority of \(site)")
      }
      return try Certificate(
        version: .v3, serialNumber: Certificate.SerialNumber(),
        publicKey: Certificate.PublicKey(key.publicKey), notValidBefore: date(seconds - leeway),
        notValidAfter: date(seconds + authorityDays * day), issuer: name, subject: name,
        signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
          Critical(KeyUsage(keyCertSign: true, cRLSign: true))
          SubjectKeyIdentifier(keyIdentifier: identifier(of: key.publicKey))
        }, issuerPrivateKey: Certificate.PrivateKey(key))
    }
  }

  static func certificate(
    for names: [String], by authority: String, key authorityKey: String, at seconds: Int64,
    in folder: TLSFolder
  ) throws(TLSFolderError) -> Made {
    guard !names.isEmpty else {
      throw TLSFolderError(folder.certificate, "needs a host name or an address")
    }
    let issuer: Certificate
    let issuerKey: P256.Signing.PrivateKey
    do {
      issuer = try Certificate(pemEncoded: authority)
      issuerKey = try P256.Signing.PrivateKey(pemRepresentation: authorityKey)
    } catch {
      throw TLSFolderError(folder.authority, "is no authority of chairside's: \(error)")
    }
    let key = P256.Signing.PrivateKey()
    return try made(key, folder.certificate) {
      try Certificate(
        version: .v3, serialNumber: Certificate.SerialNumber(),
        publicKey: Certificate.PublicKey(key.publicKey), notValidBefore: date(seconds - leeway),
        notValidAfter: date(seconds + certificateDays * day - leeway), issuer: issuer.subject,
        subject: try DistinguishedName { CommonName(String(names[0].prefix(64))) },
        signatureAlgorithm: .ecdsaWithSHA256,
        extensions: try Certificate.Extensions {
          Critical(BasicConstraints.notCertificateAuthority)
          Critical(KeyUsage(digitalSignature: true))
          try ExtendedKeyUsage([.serverAuth])
          SubjectAlternativeNames(names.map(generalName))
          AuthorityKeyIdentifier(keyIdentifier: identifier(of: issuerKey.publicKey))
        }, issuerPrivateKey: Certificate.PrivateKey(issuerKey))
    }
  }

  private static func made(
    _ key: P256.Signing.PrivateKey, _ path: String, _ make: () throws -> Certificate
  ) throws(TLSFolderError) -> Made {
    do {
      let certificate = try make().serializeAsPEM().pemString
      return (certificate + "\n", key.pemRepresentation + "\n")
    } catch {
      throw TLSFolderError(path, "\(error)")
    }
  }

  private static func date(_ seconds: Int64) -> Date {
    Date(timeIntervalSince1970: TimeInterval(seconds))
  }

  /// RFC 7093, method 1: the leftmost 160 bits of the key's SHA-256.
  private static func identifier(of key: P256.Signing.PublicKey) -> ArraySlice<UInt8> {
    ArraySlice(Array(SHA256.hash(data: key.x963Representation)).prefix(20))
  }

  private static func generalName(_ name: String) -> GeneralName {
    address(name).map { .ipAddress(ASN1OctetString(contentBytes: $0)) } ?? .dnsName(name)
  }

  /// An IPv4 or IPv6 address in its bytes; `nil` for a host name.
  private static func address(_ text: String) -> ArraySlice<UInt8>? {
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, text, &bytes) == 1 { return bytes.prefix(4) }
    return inet_pton(AF_INET6, text, &bytes) == 1 ? bytes[...] : nil
  }

  /// The other way round.
  static func text(of address: ArraySlice<UInt8>) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = address.count == 4 ? AF_INET : AF_INET6
    let bytes = Array(address)
    guard bytes.count == 4 || bytes.count == 16,
      inet_ntop(family, bytes, &buffer, socklen_t(buffer.count)) != nil
    else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
