/// What waits for the disk, in its order.
struct WriteQueue {
  struct Entry {
    let batch: Batch
    let done: @Sendable (Bool) -> Void
    /// Whether `done` was told that the disk refused it.
    var isRefused = false
  }

  private var entries: [Entry] = []

  /// How much one transaction takes: a disk that refuses it costs no more time than that, and one
  /// with little room gains ground.
  private static let most = 64

  var isEmpty: Bool { entries.isEmpty }

  /// What the next transaction takes.
  var next: [Batch] { entries.prefix(Self.most).map(\.batch) }

  /// How many events would be lost if the process ended now.
  var eventCount: Int { entries.reduce(0) { $0 + $1.batch.events.count } }

  mutating func add(_ batch: Batch, _ done: @escaping @Sendable (Bool) -> Void) {
    entries.append(Entry(batch: batch, done: done))
  }

  /// The disk refused: tells whoever does not know yet, and keeps everything.
  mutating func refuse() {
    for index in entries.indices where !entries[index].isRefused {
      entries[index].isRefused = true
      entries[index].done(false)
    }
  }

  /// The disk has taken this many.
  mutating func accept(_ count: Int) {
    for entry in entries.prefix(count) { entry.done(true) }
    entries.removeFirst(count)
  }
}
