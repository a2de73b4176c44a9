import FoundationEssentials
import HTTPTypes
import Hummingbird
import Monitoring
import Recording
import Vitals

/// Where people log in and out: `POST /api/v1/logins` with `{"user":"rn1","secret":"…"}`, then
/// `/api/v1/logins/current`.
struct LoginDoor {
  let gate: Gate

  func add(to logins: RouterGroup<StationContext>) {
    logins.post { request, context in try await enter(request, from: context.address) }
    logins.get("current") { request, _ in
      let pass = try await known(request)
      guard let role = await gate.link.role(pass.user) else { throw Self.gone }
      return answer(pass, role, isLocked: await gate.presence.isLocked(pass))
    }
    logins.delete("current") { request, _ in
      let pass = try await known(request)
      await gate.presence.end(pass)
      return Response(status: .noContent, headers: [.setCookie: Self.cookie("", seconds: 0)])
    }
    // To leave the screen without leaving the wall.
    logins.post("lock") { request, _ in
      await gate.presence.lock(try await known(request))
      return Response(status: .noContent)
    }
  }

  private func enter(_ request: Request, from address: String) async throws -> Response {
    // No form of another site can send this header.
    guard request.headers[.chairside]?.isEmpty == false else {
      throw Problem(
        status: .forbidden, title: "forbidden", detail: "This needs the header X-Chairside.")
    }
    guard await gate.presence.mayTry(from: address) else {
      throw Problem(
        status: .tooManyRequests, title: "too many logins",
        detail: "Too many tries from this machine; try again in a minute.")
    }
    var request = request
    let json = Data(try await request.collectBody(upTo: 4096).readableBytesView)
    var fields = try JSONFields.read(json)
    let (user, secret): (String, String)
    do {
      (user, secret) = (try fields.need("user"), try fields.need("secret"))
      try fields.finish()
    } catch {
      // What was typed into the wrong field is not repeated.
      throw Problem.malformed("Expected {\"user\":\"…\",\"secret\":\"…\"}.")
    }
    // A name that cannot be anybody's fails as one that is nobody's.
    guard let user = StaffID(user) ?? StaffID("nobody") else { throw Self.gone }
    switch await gate.link.enter(user, secret) {
    case .failure(let refusal): throw Problem(refusal, isDurable: true)
    case .success(let role):
      let pass = Pass(user: user, issuedAt: gate.now())
      await gate.presence.enter(pass)
      var response = answer(pass, role, isLocked: false)
      response.headers[.setCookie] = Self.cookie(
        pass.text(gate.key), seconds: Int(Pass.longest / 1000))
      return response
    }
  }

  private func known(_ request: Request) async throws -> Pass {
    guard let pass = await gate.pass(of: request) else { throw Self.gone }
    return pass
  }

  private func answer(_ pass: Pass, _ role: Role, isLocked: Bool) -> Response {
    var json = JSONLine()
    json.add("required", true)
    json.add("user", pass.user.name)
    json.add("role", role.rawValue)
    json.add("token", pass.token(gate.key))
    json.add("locked", isLocked)
    return Response(
      status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(string: json.line)))
  }

  /// `__Host-`: over TLS, from this host, for all of it; never sent along by another site's page.
  private static func cookie(_ value: String, seconds: Int) -> String {
    "\(Gate.cookieName)=\(value); Path=/; Max-Age=\(seconds); Secure; HttpOnly; SameSite=Strict"
  }

  private static let gone = Problem(
    status: .unauthorized, title: "unknown", detail: "Log in at /login.", why: ["login"])
}
