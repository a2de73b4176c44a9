import HTTPTypes
import Hummingbird
import Vitals

/// Lets nobody in without a login, and nobody act for another or for ever.
struct Gate: RouterMiddleware {
  let link: WardLink
  let key: PassKey
  let presence: Presence
  let now: @Sendable () -> WallTime

  @concurrent func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    let need = Need(request.method, path)
    guard need != .nothing else { return try await next(request, context) }
    guard let pass = await pass(of: request) else {
      let isPage = request.method == .get && !path.hasPrefix("/api/")
      guard isPage else { throw Self.unknown }
      return Response.redirect(to: "/login?from=" + path, type: .normal)
    }
    if need == .act {
      guard let token = request.headers[.chairside], token == pass.token(key) else {
        throw Problem(
          status: .forbidden, title: "forbidden",
          detail: "This needs the header X-Chairside with the token of the login.")
      }
      guard await presence.acts(pass) else {
        throw Problem(
          status: .unauthorized, title: "locked",
          detail: "Nothing was done here for 5 min: prove who you are.", why: ["locked"])
      }
    }
    var context = context
    context.visitor = pass.user
    return try await next(request, context)
  }

  /// The pass that a request brings; `nil` for none that is worth anything.
  func pass(of request: Request) async -> Pass? {
    guard let text = Self.cookie(of: request), let pass = Pass(text, key: key, now: now()),
      await !presence.isEnded(pass), await link.role(pass.user) != nil
    else { return nil }
    return pass
  }

  static let cookieName = "__Host-chairside"

  private static func cookie(of request: Request) -> Substring? {
    for field in request.headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let text = pair.drop { $0 == " " }
        if text.hasPrefix(cookieName + "=") { return text.dropFirst(cookieName.count + 1) }
      }
    }
    return nil
  }

  private static let unknown = Problem(
    status: .unauthorized, title: "unknown", detail: "Log in at /login.", why: ["login"])
}
