import Hummingbird

/// Refuses requests that name another host: a page of a foreign site whose name was made to point
/// at this machine (DNS rebinding) must not reach the ward.
struct HostsOnly: RouterMiddleware {
  static let loopback: Set<String> = ["127.0.0.1", "localhost", "::1"]

  /// Names and addresses, without brackets.
  let names: Set<String>

  @concurrent func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    guard names.contains(Self.host(of: request.head.authority ?? "")) else {
      throw Problem(
        status: .forbidden, title: "forbidden",
        detail:
          "This station is not reached by this name; it is \(names.sorted().joined(separator: ", "))."
      )
    }
    return try await next(request, context)
  }

  private static func host(of authority: String) -> String {
    authority.hasPrefix("[")
      ? String(authority.dropFirst().prefix { $0 != "]" })
      : String(authority.prefix { $0 != ":" }).lowercased()
  }
}
