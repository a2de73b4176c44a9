import Glibc
public import Records

/// The file `PATH.key` beside a log: the key with which the site signs, made at the first start.
///
/// Whoever reads it can sign in the site's name, so only the service user may. The public half lies
/// in `PATH.pub`.
public enum SiteKeyFile {
  public static func path(of log: String) -> String { log + ".key" }

  /// Reads the key of a log.
  public static func read(log: String) throws(StoreError) -> SiteKey {
    let path = path(of: log)
    let text = try TextFile.read(path)
    guard let key = SiteKey(pem: text) else {
      throw .badKey(path: path)
    }
    return key
  }

  /// Reads the public half: from `PATH.pub`, or any file with a key in PEM.
  public static func readPublic(_ path: String) throws(StoreError) -> SitePublicKey {
    guard let key = SitePublicKey(pem: try TextFile.read(path)) else { throw .badKey(path: path) }
    return key
  }

  /// Reads the key of a log, or makes one where there is none.
  static func readOrCreate(log: String) throws(StoreError) -> SiteKey {
    let key: SiteKey
    if access(path(of: log), F_OK) == 0 {
      key = try read(log: log)
    } else {
      key = SiteKey()
      try TextFile.replace(path(of: log), key.pem, mode: 0o600, isDurable: true)
    }
    // An earlier start may have been cut off between the two; what the disk refuses now, a later one
    // writes.
    if (try? readPublic(log + ".pub"))?.text != key.publicKey.text {
      try? TextFile.replace(log + ".pub", key.publicKey.pem, mode: 0o644, isDurable: true)
    }
    return key
  }
}
