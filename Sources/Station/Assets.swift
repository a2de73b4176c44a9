import CWeb
import HTTPTypes
import Hummingbird

/// The pages and their parts, held in the binary (`Sources/CWeb/web`).
struct Assets: Sendable {
  /// No script, style or request that is not ours (`nurse-station.md` 1.12).
  private static let policy =
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; "
    + "img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; "
    + "form-action 'self'; frame-ancestors 'none'"

  private struct Asset: Sendable {
    let type: String
    let body: ByteBuffer
  }
  private let byPath: [String: Asset]

  init() {
    var byPath: [String: Asset] = [:]
    for index in 0..<cweb_count() {
      guard let asset = cweb_asset_at(index)?.pointee else { continue }
      let bytes = UnsafeBufferPointer(start: asset.bytes, count: asset.count)
      byPath[String(cString: asset.path)] = Asset(
        type: String(cString: asset.type), body: ByteBuffer(bytes: bytes))
    }
    self.byPath = byPath
  }

  func response(_ path: String) throws -> Response {
    guard let asset = byPath[path] else { throw HTTPError(.notFound) }
    return Response(
      status: .ok,
      headers: [
        .contentType: asset.type, .cacheControl: "no-cache", .contentSecurityPolicy: Self.policy,
        .xContentTypeOptions: "nosniff",
      ], body: .init(byteBuffer: asset.body))
  }
}
