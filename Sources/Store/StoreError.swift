/// Why the log cannot be used, with what to do.
///
/// Carries no patient's data.
public enum StoreError: Error, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  /// Another daemon has it.
  case inUse(path: String)
  case fromTheFuture(version: Int)
  case cannotRead(reason: String)

  public var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "\(path): \(reason); check that the folder exists and belongs to the service user"
    case .inUse(let path): "\(path): another chairside daemon has this log open; stop it first"
    case .fromTheFuture(let version):
      "the log has schema version \(version), this software knows \(Schema.migrations.count); install the newer chairside"
    case .cannotRead(let reason): "the log cannot be read: \(reason)"
    }
  }
}
