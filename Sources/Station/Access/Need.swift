import HTTPTypes

/// What a request needs where a login is needed at all: one table for every route.
enum Need: Sendable {
  /// To be there.
  case nothing
  /// A pass, however old.
  case look
  /// A pass, its token, and a login or an act within five minutes.
  case act

  private struct Row: Sendable {
    let method: HTTPRequest.Method
    /// How the path begins; all of it when it does not end in `/`.
    let path: String
    let need: Need
  }

  /// The first that fits counts.
  private static let rows = [
    Row(method: .get, path: "/login", need: .nothing),
    Row(method: .get, path: "/assets/", need: .nothing),
    Row(method: .get, path: "/livez", need: .nothing),
    Row(method: .get, path: "/healthz", need: .nothing),
    Row(method: .get, path: "/readyz", need: .nothing),
    Row(method: .post, path: "/api/v1/logins", need: .nothing),
    Row(method: .get, path: "/api/v1/logins/current", need: .look),
    Row(method: .delete, path: "/api/v1/logins/current", need: .look),
    // That a screen lives and what it has drawn is no act of a person's.
    Row(method: .post, path: "/api/v1/stations/", need: .look),
    Row(method: .get, path: "/", need: .look),
    Row(method: .head, path: "/", need: .look),
  ]

  /// Anything else changes something.
  init(_ method: HTTPRequest.Method, _ path: String) {
    let row = Self.rows.first { row in
      row.method == method
        && (row.path.hasSuffix("/") ? path.hasPrefix(row.path) : path == row.path)
    }
    self = row?.need ?? .act
  }
}
