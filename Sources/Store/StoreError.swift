/// Why the log cannot be used, with what to do.
///
/// Carries no patient's data.
public enum StoreError: Error, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  /// Another daemon has it.
  case inUse(path: String)
  case fromTheFuture(version: Int)
  case cannotRead(reason: String)
  /// A copy that could not be made, or is not whole.
  case badCopy(path: String, reason: String)
  /// No daemon can go on with the file; one that starts sets it aside.
  case damaged(path: String, reason: String)
  /// A key file that holds no key.
  case badKey(path: String)
  /// A log that no daemon of this version has opened yet.
  case noChain(path: String, version: Int)

  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "\(path): \(reason); check that the folder exists and belongs to the service user"
    case .inUse(let path): "\(path): another chairside daemon has this log open; stop it first"
    case .fromTheFuture(let version):
      "the log has schema version \(version), this software knows \(Schema.migrations.count); install the newer chairside"
    case .cannotRead(let reason): "the log cannot be read: \(reason)"
    case .badCopy(let path, let reason): "\(path): \(reason); nothing was put in its place"
    case .damaged(let path, let reason):
      "\(path): the log is damaged: \(reason); start the daemon, which sets it aside and begins a new one"
    case .badKey(let path):
      "\(path): holds no Ed25519 key in PEM; put the site's key back, or move the file away to have a new one made"
    case .noChain(let path, let version):
      "\(path): a log of schema version \(version) has no hash chain; it gains one when the daemon opens it"
    }
  }
}
