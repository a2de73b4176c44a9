import Monitoring
import Recording
import Store
import Vitals
import Ward

/// Where what happens to accounts is written down: in one transaction the accounts as they are
/// now, and the inputs that tell the ward and the audit trail of it.
protocol AccountLedger: Sendable {
  /// Returns once it is durable, or, on a sick disk, once that is known: whether it is.
  @discardableResult
  func record(_ inputs: [WardInput], _ accounts: [Account]) async -> Bool
}

extension WardActor: AccountLedger {
  func record(_ inputs: [WardInput], _ accounts: [Account]) async -> Bool {
    save(accounts)
    for input in inputs { handle(input) }
    return await whenPublished()
  }
}

/// The ledger of a log whose daemon does not run.
///
/// What it writes belongs to the last instant that the log has reached, as if the daemon had still
/// been there: a recording that is exported later replays alike.
actor QuietLedger: AccountLedger {
  private let store: Store
  private let instant: Instant
  private var sequence: Int64
  /// Whether everything has reached the disk so far.
  private(set) var isDurable = true

  init(_ store: Store, _ history: History) async throws(StoreError) {
    self.store = store
    instant = try await history.lastInstant() ?? .zero
    sequence = try await history.lastSequence()
  }

  func record(_ inputs: [WardInput], _ accounts: [Account]) async -> Bool {
    var (ward, flight, batch) = (Ward(WardPlan(chairs: [])), FlightLog(), Batch())
    batch.accounts = accounts
    for input in inputs {
      // The next daemon tells its ward who is on the staff.
      if case .staff = input { continue }
      flight.append(input, at: instant)
      ward.handle(input, at: instant) { at, output in
        guard case .event(let chair, let event) = output else { return }
        sequence += 1
        batch.events.append(
          Batch.Event(
            sequence: sequence, at: at, wall: WardClock.wall, chair: chair, event: event))
      }
    }
    if let first = flight.first, let last = flight.last {
      batch.flight = Batch.Flight(first: first, last: last, block: flight.bytes)
    }
    isDurable = await store.appended(batch) && isDurable
    return isDurable
  }
}

extension Store {
  /// Appends a batch and waits until the disk has it, or has refused it for the first time.
  func appended(_ batch: Batch) async -> Bool {
    let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
    append(batch) { isDurable in
      answer.yield(isDurable)
      answer.finish()
    }
    return await answers.first { _ in true } ?? false
  }
}
