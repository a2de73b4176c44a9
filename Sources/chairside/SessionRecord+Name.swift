import Daemon
import Store
import Vitals

extension SessionRecord {
  /// The session of a chair with this name, by default its latest; `nil` when there is none.
  init?(of chair: ChairID, named name: String?, in history: History) async throws {
    guard let name else {
      try await self.init(of: chair, in: history)
      return
    }
    let visits = try await history.visits(of: chair)
    guard let visit = visits.first(where: { SessionReport.name(of: $0) == name }) else {
      return nil
    }
    try await self.init(of: chair, beginningWith: visit.first, in: history)
  }
}
