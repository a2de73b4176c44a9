import Glibc

/// The folder of a site's certificates: an authority of its own, and the certificate that it gave to
/// the station.
///
/// `ca.pem` is to be installed where pages are opened, `ca.key` is needed only to renew and may be kept
/// elsewhere, `server.pem` and `server.key` are what the daemon reads.
public struct TLSFolder: Sendable {
  public let path: String

  /// Names the folder; it need not be there yet.
  public init(path: String) { self.path = path }

  /// What clients must trust, in PEM.
  public var authority: String { path + "/ca.pem" }
  /// The authority's private key.
  public var authorityKey: String { path + "/ca.key" }
  /// The station's certificate, in PEM.
  public var certificate: String { path + "/server.pem" }
  /// The station's private key.
  public var key: String { path + "/server.key" }

  /// Makes an authority, and the station's certificate for these host names and addresses.
  ///
  /// - Throws: ``TLSFolderError`` when there is an authority already, or nothing can be written.
  public func create(
    for names: [String], site: String, at seconds: Int64
  ) throws(TLSFolderError) {
    guard access(authority, F_OK) != 0, access(authorityKey, F_OK) != 0 else {
      throw TLSFolderError(
        authority, "is there already; chairside tls renew makes a new certificate")
    }
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw TLSFolderError(path) }
    let made = try Issuing.authority(of: site, at: seconds)
    try Self.write(made.key, to: authorityKey, mode: 0o600)
    try Self.write(made.certificate, to: authority, mode: 0o644)
    try issue(for: names, at: seconds)
  }

  /// Makes a new certificate for the station, by the same authority; without names, for those of the
  /// last.
  ///
  /// - Throws: ``TLSFolderError`` when the authority's key is not here, or nothing can be written.
  public func renew(for names: [String], at seconds: Int64) throws(TLSFolderError) {
    try issue(for: names.isEmpty ? try summary().names : names, at: seconds)
  }

  /// The station's certificate and key, in PEM.
  ///
  /// - Throws: ``TLSFolderError`` for what is missing.
  public func station() throws(TLSFolderError) -> (certificate: String, key: String) {
    (try Self.read(certificate), try Self.read(key))
  }

  /// What is in the folder.
  ///
  /// - Throws: ``TLSFolderError`` for what is missing or is no certificate.
  public func summary() throws(TLSFolderError) -> TLSSummary {
    try TLSSummary(
      authority: try Self.read(authority), certificate: try Self.read(certificate), in: self)
  }

  private func issue(for names: [String], at seconds: Int64) throws(TLSFolderError) {
    let made = try Issuing.certificate(
      for: names, by: try Self.read(authority), key: try Self.read(authorityKey), at: seconds,
      in: self)
    try Self.write(made.key, to: key, mode: 0o600)
    try Self.write(made.certificate, to: certificate, mode: 0o644)
  }

  private static func read(_ path: String) throws(TLSFolderError) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw TLSFolderError(path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(descriptor, &bytes, bytes.count)
    guard count >= 0 else { throw TLSFolderError(path) }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// Replaces a file whole: a daemon that starts meanwhile reads the old one or the new one.
  private static func write(_ text: String, to path: String, mode: mode_t) throws(TLSFolderError) {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw TLSFolderError(path) }
    let bytes = Array(text.utf8)
    let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count
    guard fchmod(descriptor, mode) == 0, isWritten, fsync(descriptor) == 0 else {
      close(descriptor)
      throw TLSFolderError(path)
    }
    close(descriptor)
    guard rename(draft, path) == 0 else { throw TLSFolderError(path) }
  }
}

/// What could not be done with a certificate, and why.
public struct TLSFolderError: Error, CustomStringConvertible {
  /// The file, and what is wrong with it.
  public let description: String

  init(_ path: String, _ problem: String) { description = "\(path): \(problem)" }

  /// With the system's last error.
  init(_ path: String) { self.init(path, String(cString: strerror(errno))) }
}
