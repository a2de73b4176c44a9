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
/// On loopback, where whoever has an account of this machine is let in; to the network over TLS and
/// with logins alone.
public struct Station: Sendable {
  private let link: WardLink
  private let feed: Feed<StreamMessage>
  private let assets = Assets()

  public init(link: WardLink, feed: Feed<StreamMessage>) {
    self.link = link
    self.feed = feed
  }

  /// Serves this machine until cancelled; `onListening` is told the port, which matters when it was 0.
  ///
  /// - Throws: what says so when another program has the port.
  public func run(
    port: Int, logger: Logger, onListening: @escaping @Sendable (Int) async -> Void
  ) async throws {
    let application = Application(
      router: loopback(),
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: port), serverName: "chairside"),
      onServerRunning: { channel in
        await onListening(channel.localAddress?.port ?? port)
      },
      logger: logger)
    do {
      try await Self.serve(application, logger)
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw PortInUse(port: port)
    }
  }

  /// Serves the network until cancelled.
  ///
  /// An address that is not there yet, a port that is taken or a key that does not fit its certificate is
  /// said and tried again: it must cost no patient his alarms on this machine's own screens.
  public func run(_ door: SecureDoor, logger: Logger) async {
    while !Task.isCancelled {
      do {
        try await Self.serve(try door.application(router(door), logger), logger)
      } catch {
        logger.error(
          "no station for other machines at \(door.address):\(door.port), next try in 10 s: \(error)"
        )
        try? await Task.sleep(for: .seconds(10))
      }
    }
  }

  private static func serve(_ service: some Service, _ logger: Logger) async throws {
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(services: [service], logger: logger))
    // Not a child of this task: cancelling would cut answers short instead of finishing them.
    let serving = Task { try await group.run() }
    try await withTaskCancellationHandler {
      try await serving.value
    } onCancel: {
      Task { await group.triggerGracefulShutdown() }
    }
  }

  /// What this machine reaches.
  func loopback() -> Router<StationContext> {
    let router = Router(context: StationContext.self)
    router.add(middleware: ProblemsOnly())
    router.add(middleware: HostsOnly(names: HostsOnly.loopback))
    router.get("/api/v1/logins/current") { _, _ in json(#"{"required":false}"#) }
    addPages(to: router)
    return router
  }

  /// What the network reaches.
  private func router(_ secure: SecureDoor) -> Router<StationContext> {
    let router = Router(context: StationContext.self)
    let gate = Gate(
      link: link, key: secure.key,
      presence: Presence(ended: secure.ended, noteEnd: secure.noteEnd), now: secure.now)
    router.add(middleware: ProblemsOnly())
    router.add(middleware: HostsOnly(names: secure.names.union(HostsOnly.loopback)))
    router.add(middleware: gate)
    router.get("/login") { _, _ in try assets.response("/login") }
    LoginDoor(gate: gate).add(to: router.group("/api/v1/logins"))
    addPages(to: router)
    return router
  }

  private func addPages(to router: Router<StationContext>) {
    router.get("/") { _, _ in Response.redirect(to: "/wall") }
    router.get("/wall") { _, _ in try assets.response("/wall") }
    router.get("/chairs/:chair") { _, _ in try assets.response("/chairs/{chair}") }
    router.get("/chairs/:chair/observation") { _, _ in
      try assets.response("/chairs/{chair}/observation")
    }
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
  }

  private func addAPI(to api: RouterGroup<StationContext>) {
    api.get("openapi.json") { _, _ in try assets.response("/api/v1/openapi.json") }
    api.get("snapshot") { _, _ in json(await link.snapshot()) }
    api.get("devices") { _, _ in json(await link.devices()) }
    api.get("devices/:chair/:slot/bytes") { _, context in
      let chair = try await knownChair(context)
      let word = try context.parameters.require("slot")
      guard let slot = SlotName.allCases.first(where: { $0.word == word }) else {
        throw Problem.malformed("There is no slot “\(word)”: oximeter, cuff, monitor or button.")
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
      try Problem.check(body.by, context)
      let answer = await link.submit(chair, body.command, body.by, body.secret)
      return try accepted(answer)
    }
    api.post("chairs/:chair/readings") { request, context in
      let body = try ReadingBody(try await body(of: request))
      try Problem.check(body.by, context)
      return try accepted(
        await link.read(try await knownChair(context), body.reading, body.by))
    }
    api.get("forms") { _, _ in json(FormsText.json) }
    api.post("accounts") { request, context in
      let order = try AccountBody(try await body(of: request)).order
      try Problem.check(order.by, context)
      switch await link.accounts(order) {
      case .success(let list): return json(list.json)
      case .failure(let refusal): throw Problem(refusal)
      }
    }
  }

  /// The body of a request that changes something; no page of another site can send it.
  private func body(of request: Request) async throws -> Data {
    guard request.headers[.chairside]?.isEmpty == false else {
      throw Problem(
        status: .forbidden, title: "forbidden", detail: "This needs the header X-Chairside: 1.")
    }
    var request = request
    return Data(try await request.collectBody(upTo: 16_384).readableBytesView)
  }

  private func accepted(_ answer: CommandAnswer) throws -> Response {
    if let refusal = answer.refusal { throw Problem(refusal, isDurable: answer.isDurable) }
    return json(#"{"result":"accepted"\#(answer.isDurable ? "" : #","durable":false"#)}"#)
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

  private func chair(_ context: StationContext) throws -> ChairID {
    let name = try context.parameters.require("chair")
    if name == "*" { return .ward }
    guard let chair = ChairID(name) else { throw Problem.noSuchChair }
    return chair
  }

  private func knownChair(_ context: StationContext) async throws -> ChairID {
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
