import Hummingbird

/// Gives what the server itself finds wrong the form of every other complaint: a path that leads nowhere,
/// a body that is too large.
struct ProblemsOnly: RouterMiddleware {
  @concurrent func handle(
    _ request: Request, context: StationContext,
    next: @concurrent (Request, StationContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError {
      throw Problem(
        status: error.status, title: error.status.reasonPhrase.lowercased(),
        detail: error.body ?? "See /api/v1/openapi.json for what there is.")
    }
  }
}
