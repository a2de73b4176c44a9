import Hummingbird
import NIOCore
import Vitals

/// A request, and who sends it.
struct StationContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Who has logged in, over TLS; `nil` on loopback, where a request says itself for whom it is.
  var visitor: StaffID?
  /// The machine that it comes from.
  let address: String

  init(source: Source) {
    coreContext = CoreRequestContextStorage(source: source)
    address = source.channel.remoteAddress?.ipAddress ?? "unknown"
  }
}

extension Problem {
  /// Nobody acts in another's name.
  static func check(_ by: StaffID?, _ context: StationContext) throws(Problem) {
    guard let visitor = context.visitor, by != visitor else { return }
    throw Problem(
      status: .forbidden, title: "forbidden",
      detail: "You are logged in as \(visitor); log in as whoever this is by.", why: ["notYou"])
  }
}
