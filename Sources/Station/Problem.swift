import HTTPTypes
import Hummingbird
import Monitoring
import Recording

/// An answer that something was wrong, as `application/problem+json` (RFC 9457).
struct Problem: Error, HTTPResponseError {
  let status: HTTPResponse.Status
  let title: String
  let detail: String
  /// Reason names, for a refused command.
  var why: [String] = []
  /// Whether the log holds it, where it is on record at all.
  var isDurable = true

  func response(from request: Request, context: some RequestContext) throws -> Response {
    var json = JSONLine()
    json.add("type", "about:blank")
    json.add("title", title)
    json.add("status", status.code)
    json.add("detail", detail)
    if !why.isEmpty { json.add("why", why) }
    if !isDurable { json.add("durable", false) }
    return Response(
      status: status, headers: [.contentType: "application/problem+json"],
      body: .init(byteBuffer: ByteBuffer(string: json.line)))
  }

  static func malformed(_ detail: String) -> Problem {
    Problem(status: .badRequest, title: "malformed", detail: detail)
  }

  static let noSuchChair = Problem(
    status: .notFound, title: "no such chair", detail: "See /api/v1/snapshot for the chairs.")

  static let noSuchSession = Problem(
    status: .notFound, title: "no such session",
    detail: "See /api/v1/chairs/{chair}/sessions for a chair's sessions.")
}

extension Problem {
  /// A command that was refused; 403 when who gave it was not believed.
  init(_ refusal: Refusal, isDurable: Bool) {
    let isUnbelieved = refusal.reasons.contains(where: \.isOfAuthentication)
    self.init(
      status: isUnbelieved ? .forbidden : .conflict, title: "refused",
      detail: refusal.reasons.map(\.explanation).joined(separator: " "),
      why: refusal.reasons.map(\.name), isDurable: isDurable)
  }

  init(_ refusal: AccountRefusal) {
    let isUnbelieved = if case .login = refusal { true } else { false }
    self.init(
      status: isUnbelieved ? .forbidden : .conflict, title: "refused",
      detail: refusal.explanation, why: [refusal.name])
  }
}
