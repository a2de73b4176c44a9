import Vitals

/// The deadlines of a row of machines, and the earliest of them.
///
/// A ward of forty chairs is asked for its deadline after every chunk of bytes; it must not ask
/// forty chairs in turn.
struct Deadlines: Sendable {
  private var instants: [Instant?]
  /// The earliest; `nil` when all are idle.
  private(set) var next: Instant?

  /// Creates the deadlines of so many idle machines.
  init(count: Int) { instants = [Instant?](repeating: nil, count: count) }

  subscript(index: Int) -> Instant? { instants[index] }

  mutating func set(_ deadline: Instant?, at index: Int) {
    let old = instants[index]
    guard deadline != old else { return }
    instants[index] = deadline
    if let deadline, next.map({ deadline <= $0 }) != false {
      next = deadline
    } else if old == next {
      next = instants.reduce(nil, earliest)
    }
  }
}
