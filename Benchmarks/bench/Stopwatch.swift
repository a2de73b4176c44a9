import CFramers
import Glibc
import Recording

/// `CLOCK_MONOTONIC` in nanoseconds.
func monotonicNanoseconds() -> Int64 { waiting_clock() }

/// The CPU time that `body` takes, in nanoseconds: what others do meanwhile does not count.
func nanoseconds(of body: () -> Void) -> Double {
  let start = waiting_own_time()
  body()
  return Double(waiting_own_time() - start)
}

/// Repeated measurements of one thing.
struct Repeats {
  private(set) var values: [Double] = []

  mutating func add(_ value: Double) { values.append(value) }

  /// The share of values that are not above the result.
  func quantile(_ share: Double) -> Double {
    let sorted = values.sorted()
    guard let last = sorted.last else { return .nan }
    let index = Int((share * Double(sorted.count)).rounded(.up)) - 1
    return sorted.indices.contains(index) ? sorted[index] : last
  }

  var minimum: Double { values.min() ?? .nan }
  var median: Double { quantile(0.5) }
}

extension Double {
  /// With three decimals, as JSON wants it.
  var json: String {
    guard isFinite else { return "null" }
    let thousandths = Int((magnitude * 1000).rounded())
    let rest = String(thousandths % 1000)
    let zeros = String(repeating: "0", count: 3 - rest.count)
    return "\(self < 0 ? "-" : "")\(thousandths / 1000).\(zeros)\(rest)"
  }
}

/// Prints one line of JSON.
func report(_ fields: (inout JSONLine) -> Void) {
  var json = JSONLine()
  fields(&json)
  say(json.line, to: STDOUT_FILENO)
}

/// Writes one line, unbuffered.
func say(_ line: String, to descriptor: Int32) {
  let bytes = Array((line + "\n").utf8)
  _ = write(descriptor, bytes, bytes.count)
}
