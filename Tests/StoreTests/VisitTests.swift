import Monitoring
import Store
import Testing
import Vitals
import Ward

/// Sessions are found in the log, each with its own events and no other's.
@Suite struct VisitTests {
  private let folder: Folder
  private let seven: ChairID
  private let eight: ChairID

  init() throws {
    folder = try Folder()
    seven = try #require(ChairID("7"))
    eight = try #require(ChairID("8"))
  }

  /// A log of bookings and cancellations, one a minute; the wall clock shows the 14th of March 2026.
  private func write(_ commands: [(chair: ChairID, command: Command)]) async throws -> History {
    let store = try Store(path: folder.log)
    let nurse = try #require(StaffID("rn1"))
    var ward = Ward(
      WardPlan(chairs: [seven, eight].map { WardPlan.Chair(id: $0, drivers: [:]) }))
    var batch = Batch()
    for (index, step) in commands.enumerated() {
      let now = Instant.seconds(60 * index)
      ward.handle(.command(step.chair, step.command, by: nurse), at: now) { at, output in
        guard case .event(let chair, let event) = output else { return }
        batch.events.append(
          Batch.Event(
            sequence: Int64(batch.events.count + 1), at: at,
            wall: WallTime(milliseconds: 1_773_500_531_000) + (at - Instant.zero), chair: chair,
            event: event))
      }
    }
    #expect(await store.write(batch))
    return try History(path: folder.log)
  }

  private let book = Command.book(route: .iv40, patient: nil)
  private let cancel = Command.cancel(reason: "ill")

  @Test func `each has its own events, in the order of the log`() async throws {
    let history = try await write([
      (seven, book), (eight, book), (seven, cancel), (seven, book), (eight, cancel),
    ])
    let visits = try await history.visits(of: seven)
    #expect(visits.map(\.first) == [1, 4])
    #expect(visits.map(\.isOpen) == [false, true])
    #expect(visits.first?.startedAt.description == "2026-03-14T15:02:11.000Z")
    var numbers: [[Int64]] = []
    for visit in visits { numbers.append(try await history.events(of: visit).map(\.sequence)) }
    #expect(numbers == [[1, 3], [4]])
    #expect(try await history.visits(of: eight).map(\.isOpen) == [false])
  }

  @Test func `one is found by the number that it begins with, and only by that`() async throws {
    let history = try await write([(seven, book), (seven, cancel), (seven, book)])
    #expect(try await history.visit(startingAt: 1)?.last == 2)
    #expect(try await history.visit(startingAt: 3)?.isOpen == true)
    for other: Int64 in [0, 2, 4, -1, .max] {
      #expect(try await history.visit(startingAt: other) == nil)
    }
  }

  @Test func `a chair that nobody sat in has none`() async throws {
    let history = try await write([(seven, book)])
    #expect(try await history.visits(of: eight).isEmpty)
  }
}
