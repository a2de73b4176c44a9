import FoundationEssentials
import Glibc
import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
import Monitoring
import Recording
import ServiceLifecycle
import Vitals

/// The nurse station's server: pages, snapshot, event stream, commands.
///
/// Bound to loopback until it has TLS and logins.
public struct Station: Sendable {
  private let link: WardLink
  private let feed: Feed<StreamMessage>
  private let assets = Assets()

  public init(link: WardLink, feed: Feed<StreamMessage>) {
    self.link = link
    self.feed = feed
  }

  /// Serves until cancelled; `onListening` is told the port, which matters when it was 0.
  public func run(
    port: Int, logger: Logger, onListening: @escaping @Sendable (Int) async -> Void
  ) async throws {
    let application = Application(
      router: router(),
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: port), serverName: "chairside"),
      onServerRunning: { channel in
        await onListening(channel.localAddress?.port ?? port)
      },
      logger: logger)
    let services = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [application], logger: logger))
    // Not a child of this task: cancelling would cut answers short instead of finishing them.
    let serving = Task { try await services.run() }
    try await withTaskCancellationHandler {
      do {
        try await serving.value
      } catch let error as IOError where error.errnoCode == EADDRINUSE {
        throw PortInUse(port: port)
      }
    } onCancel: {
      Task { await services.triggerGracefulShutdown() }
    }
  }

  func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: LoopbackOnly())
    router.get("/") { _, _ in Response.redirect(to: "/wall") }
    router.get("/wall") { _, _ in try assets.response("/wall") }
    router.get("/chairs/:chair") { _, _ in try assets.response("/chairs/{chair}") }
    router.get("/assets/:name") { _, context in
      try assets.response("/assets/" + context.parameters.require("name"))
    }
    router.get("/sessions/:session/report.html") { request, context in
      let name = try context.parameters.require("session")
      let station = request.uri.queryParameters["station"].flatMap { StaffID($0) }
      guard let html = try await link.report(name, station) else { throw Problem.noSuchSession }
      return ReportPage.response(html)
    }
    router.get("/livez") { _, _ in plain("ok") }
    router.get("/healthz") { _, _ in await answer(link.health()) }
    router.get("/readyz") { _, _ in await answer(link.readiness()) }
    router.get("/metrics") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: .init(byteBuffer: ByteBuffer(string: await link.metrics())))
    }
    addAPI(to: router.group("/api/v1"))
    StationDoor(link: link).add(to: router.group("/api/v1/stations"))
    return router
  }

  private func addAPI(to api: RouterGroup<BasicRequestContext>) {
    api.get("snapshot") { _, _ in json(await link.snapshot()) }
    api.get("devices") { _, _ in json(await link.devices()) }
    api.get("devices/:chair/:slot/bytes") { _, context in
      let chair = try await knownChair(context)
      let word = try context.parameters.require("slot")
      guard let slot = SlotName.allCases.first(where: { $0.word == word }) else {
        throw Problem.malformed("There is no slot “\(word)”: oximeter, cuff or monitor.")
      }
      return relay(link.deviceBytes(Slot(chair, slot)))
    }
    api.get("events") { request, _ in
      let query = request.uri.queryParameters
      let last = request.headers[.lastEventID] ?? query["since"].map(String.init)
      let station = query["station"].flatMap { StaffID($0) } ?? StaffID("wall") ?? .system
      let confirms = query["confirms"] == "1"
      guard let last else {
        return EventStream(link: link, feed: feed)
          .response(after: nil, station: station, confirms: confirms)
      }
      guard let sequence = Int64(last) else {
        throw Problem.malformed("Last-Event-ID must be a number.")
      }
      return EventStream(link: link, feed: feed)
        .response(after: sequence, station: station, confirms: confirms)
    }
    api.get("chairs/:chair") { _, context in
      guard let tile = await link.chair(try chair(context)) else { throw Problem.noSuchChair }
      return json(tile)
    }
    api.get("chairs/:chair/trend") { request, context in
      let seconds = try number("seconds", request, in: 60...28_800, otherwise: 900)
      let points = try number("points", request, in: 10...2000, otherwise: 180)
      return json(try await link.trend(try await knownChair(context), seconds, points))
    }
    api.get("chairs/:chair/events") { request, context in
      let limit = try number("limit", request, in: 1...1000, otherwise: 50)
      return json(try await link.chairEvents(try await knownChair(context), limit))
    }
    api.get("chairs/:chair/sessions") { _, context in
      json(try await link.sessions(try await knownChair(context)))
    }
    api.post("chairs/:chair/commands") { request, context in
      let body = try CommandBody(try await body(of: request))
      let chair = try await knownChair(context)
      let answer = await link.submit(chair, body.command, body.by, body.secret)
      if let refusal = answer.refusal { throw Problem(refusal, isDurable: answer.isDurable) }
      return json(#"{"result":"accepted"\#(answer.isDurable ? "" : #","durable":false"#)}"#)
    }
    api.post("accounts") { request, _ in
      switch await link.accounts(try AccountBody(try await body(of: request)).order) {
      case .success(let list): json(list.json)
      case .failure(let refusal): throw Problem(refusal)
      }
    }
  }

  /// The body of a request that changes something; no page of another site can send it.
  private func body(of request: Request) async throws -> Data {
    guard request.headers[.chairside] != nil else {
      throw Problem(
        status: .forbidden, title: "forbidden", detail: "This needs the header X-Chairside: 1.")
    }
    var request = request
    return Data(try await request.collectBody(upTo: 16_384).readableBytesView)
  }

  /// Serves messages as they come, without a past.
  private func relay(_ messages: AsyncStream<StreamMessage>) -> Response {
    Response(
      status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
      body: .init { writer in
        try await writer.write(ByteBuffer(string: ":\n\n"))
        for await message in messages {
          try await writer.write(ByteBuffer(string: message.text))
        }
        try await writer.finish(nil)
      })
  }

  private func answer(_ health: (isWell: Bool, text: String)) -> Response {
    plain(health.text, health.isWell ? .ok : .serviceUnavailable)
  }

  private func chair(_ context: BasicRequestContext) throws -> ChairID {
    let name = try context.parameters.require("chair")
    if name == "*" { return .ward }
    guard let chair = ChairID(name) else { throw Problem.noSuchChair }
    return chair
  }

  private func knownChair(_ context: BasicRequestContext) async throws -> ChairID {
    let chair = try chair(context)
    guard await link.chair(chair) != nil else { throw Problem.noSuchChair }
    return chair
  }

  private func number(
    _ name: String, _ request: Request, in range: ClosedRange<Int>, otherwise: Int
  ) throws -> Int {
    guard let text = request.uri.queryParameters[name[...]] else { return otherwise }
    guard let value = Int(text), range.contains(value) else {
      throw Problem.malformed(
        "\(name) must be a whole number in \(range.lowerBound)…\(range.upperBound).")
    }
    return value
  }

  private func json(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  private func plain(_ text: String, _ status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/plain; charset=utf-8"],
      body: .init(byteBuffer: ByteBuffer(string: text + "\n")))
  }
}

/// Another program listens where the station should.
private struct PortInUse: Error, CustomStringConvertible {
  let port: Int

  var description: String {
    "port \(port) of 127.0.0.1 is in use; stop what uses it, or choose another with --port"
  }
}

/// Refuses requests that name another host: a page of a foreign site whose name was made to point
/// at this machine (DNS rebinding) must not reach the ward.
private struct LoopbackOnly: RouterMiddleware {
  private static let names: Set<String> = ["127.0.0.1", "localhost", "[::1]"]

  @concurrent func handle(
    _ request: Request, context: BasicRequestContext,
    next: @concurrent (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    let authority = request.head.authority ?? ""
    let host =
      authority.hasPrefix("[")
      ? String(authority.prefix { $0 != "]" }) + "]" : String(authority.prefix { $0 != ":" })
    guard Self.names.contains(host) else {
      throw Problem(
        status: .forbidden, title: "forbidden",
        detail: "This station answers on loopback only; open it as http://127.0.0.1.")
    }
    return try await next(request, context)
  }
}
