import CFramers
import Recording

/// What a C program costs that does nothing but read the same lines: `floor.c`.
enum Floor {
  /// Reads the ttys until SIGTERM; wakes for every byte, or on a beat when that is not 0.
  static func run(beatMilliseconds: Int64, _ paths: ArraySlice<String>) {
    let names = paths.map { Array($0.utf8CString) }
    // One place in memory for all of them, for as long as the C program runs.
    let text = names.flatMap { $0 }
    let total = text.withUnsafeBufferPointer { text in
      var pointers: [UnsafePointer<CChar>?] = []
      var place = 0
      for name in names {
        pointers.append(text.baseAddress?.advanced(by: place))
        place += name.count
      }
      return floor_run(pointers, Int32(pointers.count), beatMilliseconds * 1_000_000)
    }
    guard total.reads != .max else { Bench.fail("a tty cannot be opened") }
    report {
      $0.add("reads", Int(total.reads))
      $0.add("bytes", Int(total.bytes))
    }
  }
}
