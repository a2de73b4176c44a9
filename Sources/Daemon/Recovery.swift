import Monitoring
import Recording
import Store
import Vitals
import Ward

/// Brings a ward back to where the log says it was: the inputs of every open session are fed
/// again, which by the one idea of `design.md` gives the same state.
struct Recovery {
  let ward: Ward
  /// The last instant that the log knows of; `nil` for a new log.
  let lastInstant: Instant?
  let lastSequence: Int64
  /// Device lines that were open when the log ends.
  let openSlots: [Slot]
  /// Who has joined or left the staff, or has another role, since the log ends.
  let staffChanges: [WardInput]
  /// What could not be read, in words for the journal.
  let complaints: [String]

  /// Reads what is needed from the log.
  init(plan: WardPlan, history: History) async throws(StoreError) {
    var complaints: [String] = []
    lastSequence = try await history.lastSequence()
    lastInstant = try await history.lastInstant()
    let starts = try await Self.openSessions(plan, history)
    // Whoever gave the commands of an open session was on the staff then, whoever is on it now.
    var past = plan
    if let lastInstant {
      let start = starts.values.min() ?? lastInstant + .milliseconds(1)
      past.roster = try await history.roster(before: start) ?? plan.roster
    }
    var ward = Ward(past)
    if let first = starts.values.min() {
      let before = try await history.stationsAndLines(before: first)
      for input in before.map(\.input) where Self.concerns(input, starts) {
        ward.handle(input, at: first) { _, _ in }
      }
      ward.resume(try await history.standingAlarms(before: first), at: first)
      for block in try await history.flight(from: first) {
        do throws(TextError) {
          for (at, input) in try FlightLog.read(block)
          where at >= first && Self.concerns(input, starts) {
            ward.handle(input, at: at) { _, _ in }
          }
        } catch {
          complaints.append("a block of the flight record cannot be read: \(error)")
        }
      }
      if let lastInstant { ward.advance(to: lastInstant) { _, _ in } }
    } else if let lastInstant {
      let end = lastInstant + .milliseconds(1)
      ward.resume(try await history.standingAlarms(before: end), at: lastInstant)
    }
    openSlots = ward.chairs.flatMap { chair in
      SlotName.allCases.filter { chair[$0]?.isOpen == true }.map { Slot(chair.id, $0) }
    }
    staffChanges = ward.roster.changes(to: plan.roster).map { .staff($0.id, $0.role) }
    self.ward = ward
    self.complaints = complaints
  }

  /// When each session that is still open began.
  private static func openSessions(
    _ plan: WardPlan, _ history: History
  ) async throws(StoreError) -> [ChairID: Instant] {
    var starts: [ChairID: Instant] = [:]
    for chair in plan.chairs {
      if let start = try await history.openSessionStart(of: chair.id) { starts[chair.id] = start }
    }
    return starts
  }

  private static func concerns(_ input: WardInput, _ starts: [ChairID: Instant]) -> Bool {
    // Of these there are millions.
    if case .bytes(let slot, _) = input { return starts[slot.chair] != nil }
    return starts.keys.contains { input.concerns($0) }
  }
}
