import Crypto
import Foundation
import SwiftASN1
import X509

/// What a person must know of the certificates in a folder.
public struct TLSSummary: Sendable {
  /// SHA-256 of the authority's certificate, in pairs of hexadecimal digits: what a browser shows, and
  /// what is compared before it is trusted.
  public let fingerprint: String
  /// Host names and addresses under which the station may be opened.
  public let names: [String]
  /// When the station's certificate ends, in seconds since 1970.
  public let endsAt: Int64
  /// When the authority ends.
  public let authorityEndsAt: Int64

  init(
    authority: String, certificate: String, in folder: TLSFolder
  ) throws(TLSFolderError) {
    let (root, leaf) = (
      try Self.read(authority, folder.authority), try Self.read(certificate, folder.certificate)
    )
    guard leaf.issuer == root.subject, root.publicKey.isValidSignature(leaf.signature, for: leaf)
    else { throw TLSFolderError(folder.certificate, "is not by the authority beside it") }
    var serializer = DER.Serializer()
    do {
      try serializer.serialize(root)
      let alternatives = try leaf.extensions.subjectAlternativeNames ?? SubjectAlternativeNames()
      names = alternatives.compactMap { name in
        switch name {
        case .dnsName(let name): name
        case .ipAddress(let address): Issuing.text(of: address.bytes)
        default: nil
        }
      }
    } catch {
      throw TLSFolderError(folder.certificate, "\(error)")
    }
    fingerprint = SHA256.hash(data: serializer.serializedBytes).map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return digits.count == 1 ? "0" + digits : digits
    }.joined(separator: ":")
    endsAt = Int64(leaf.notValidAfter.timeIntervalSince1970)
    authorityEndsAt = Int64(root.notValidAfter.timeIntervalSince1970)
  }

  private static func read(_ pem: String, _ path: String) throws(TLSFolderError) -> Certificate {
    do {
      return try Certificate(pemEncoded: pem)
    } catch {
      throw TLSFolderError(path, "is no certificate in PEM: \(error)")
    }
  }
}
