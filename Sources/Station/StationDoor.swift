import FoundationEssentials
import HTTPTypes
import Hummingbird
import Monitoring
import Vitals
import Ward

/// Where a nurse station says that it lives and what it has drawn (`clinical.md` 3.9).
///
/// `POST {name}/heartbeat` every two seconds, `{name}/beat` every five with
/// `{"visible":true,"audible":true,"soundCheckedBy":"rn1","lastEventId":12}`, `{name}/confirmations`
/// with `{"confirmed":[{"chair":"7","id":3,"revision":2}],"sounded":[…]}`, and `{name}/goodbye`
/// before it is turned off.
struct StationDoor {
  let link: WardLink

  func add(to stations: RouterGroup<StationContext>) {
    stations.post(":station/heartbeat") { request, context in
      try await hear([.heartbeat], request, context)
    }
    stations.post(":station/goodbye") { request, context in
      try await hear([.goodbye], request, context)
    }
    stations.post(":station/beat") { request, context in
      var request = request
      let bytes = try await request.collectBody(upTo: 4096).readableBytesView
      let beat = try Self.beat(Data(bytes))
      return try await answer(request, context) { await link.stationBeat($0, beat) }
    }
    stations.post(":station/confirmations") { request, context in
      var request = request
      let bytes = try await request.collectBody(upTo: 65_536).readableBytesView
      return try await hear(try Self.words(Data(bytes)), request, context)
    }
  }

  private func hear(
    _ words: [StationWord], _ request: Request, _ context: StationContext
  ) async throws -> Response {
    try await answer(request, context) { await link.stationSays($0, words) }
  }

  private func answer(
    _ request: Request, _ context: StationContext, _ say: (StaffID) async -> Bool
  ) async throws -> Response {
    guard request.headers[.chairside]?.isEmpty == false else {
      throw Problem(
        status: .forbidden, title: "forbidden", detail: "Stations need the header X-Chairside: 1.")
    }
    guard let station = StaffID(try context.parameters.require("station")) else {
      throw Problem.malformed("The station's name is letters, digits, - and _, at most 15.")
    }
    guard await say(station) else {
      throw Problem(
        status: .conflict, title: "not linked",
        detail: "Open /api/v1/events?station=\(station)&confirms=1 first.", why: ["notLinked"])
    }
    return Response(status: .noContent)
  }

  private struct Body: Decodable {
    struct Drawn: Decodable {
      let chair: String
      let id: Int
      let revision: Int
    }
    let confirmed: [Drawn]?
    let sounded: [Drawn]?
  }

  private static func words(_ json: Data) throws -> [StationWord] {
    guard let body = try? JSONDecoder().decode(Body.self, from: json) else {
      throw Problem.malformed(
        "Expected {\"confirmed\":[{\"chair\":\"7\",\"id\":3,\"revision\":2}]}.")
    }
    guard body.confirmed != nil || body.sounded != nil else {
      throw Problem.malformed("Expected “confirmed”, “sounded”, or both.")
    }
    return try (body.confirmed ?? []).map {
      .confirmed(try chair(of: $0), alarm: $0.id, revision: $0.revision)
    }
      + (body.sounded ?? []).map {
        .sounded(try chair(of: $0), alarm: $0.id, revision: $0.revision)
      }
  }

  private static func chair(of drawn: Body.Drawn) throws -> ChairID {
    guard let chair = drawn.chair == "*" ? .ward : ChairID(drawn.chair),
      (1...1_000_000_000).contains(drawn.id), (1...1_000_000_000).contains(drawn.revision)
    else { throw Problem.malformed("There is no such alarm to confirm.") }
    return chair
  }

  private struct Beat: Decodable {
    let visible: Bool
    let audible: Bool
    let soundCheckedBy: String?
    let lastEventId: Int64?
  }

  private static func beat(_ json: Data) throws -> StationBeat {
    guard let beat = try? JSONDecoder().decode(Beat.self, from: json) else {
      throw Problem.malformed(
        "Expected {\"visible\":true,\"audible\":true,\"soundCheckedBy\":\"rn1\",\"lastEventId\":12}."
      )
    }
    let by = try beat.soundCheckedBy.map { name in
      guard let staff = StaffID(name) else {
        throw Problem.malformed("soundCheckedBy is no user name.")
      }
      return staff
    }
    return StationBeat(
      sound: StationSound(isVisible: beat.visible, isAudible: beat.audible, checkedBy: by),
      lastEventID: beat.lastEventId)
  }
}
