import HTTPTypes
import Hummingbird

/// A report as an answer: a page without a script that may ask for nothing.
enum ReportPage {
  /// Its style sheet stands in the page, which holds no other style and no markup but ours; the
  /// sandbox would keep even a script from running.
  private static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    + "frame-ancestors 'none'; sandbox"

  static func response(_ html: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: "text/html; charset=utf-8", .cacheControl: "no-store",
        .contentSecurityPolicy: policy, .xContentTypeOptions: "nosniff",
      ], body: .init(byteBuffer: ByteBuffer(string: html)))
  }
}
