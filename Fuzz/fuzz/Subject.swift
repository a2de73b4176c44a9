import Drivers
import Vitals

/// A driver, and the laws it must keep at every call.
struct Subject {
  /// What a driver said, and when.
  struct Stamped: Equatable {
    let instant: Instant
    let output: DriverOutput
  }

  private var driver: any Driver
  private let name: String
  private let longestPending: Int
  private var given = 0
  private(set) var now = Instant.zero
  private(set) var outputs: [Stamped] = []

  init(_ driver: any Driver, _ name: String) {
    self.driver = driver
    self.name = name
    longestPending = type(of: driver).longestPending
  }

  var account: ByteAccount { driver.account }
  var nextDeadline: Instant? { driver.nextDeadline }

  mutating func handle(_ input: DriverInput, at instant: Instant) {
    if case .bytes(let bytes) = input { given += bytes.count }
    call(at: instant) { $0.handle(input, at: instant, emit: $1) }
  }

  mutating func advance(to instant: Instant) {
    call(at: instant) { $0.advance(to: instant, emit: $1) }
  }

  /// Advances at each of its deadlines, the last of them not later than `end`.
  mutating func advancePunctually(to end: Instant) {
    var fired = 0
    while let due = nextDeadline, due <= end {
      advance(to: due)
      fired += 1
      if fired > 2000 { broken("\(name): more than 2000 deadlines up to \(end)") }
    }
    advance(to: end)
  }

  private mutating func call(
    at instant: Instant, _ body: (inout any Driver, (Instant, DriverOutput) -> Void) -> Void
  ) {
    var new: [Stamped] = []
    body(&driver) { new.append(Stamped(instant: $0, output: $1)) }
    now = instant
    for one in new { judge(one) }
    if let due = driver.nextDeadline, due <= instant {
      broken("\(name): at \(instant) a deadline of \(due) is left")
    }
    let account = driver.account
    if account.bytes != given { broken("\(name): \(given) bytes given, but \(account)") }
    if account.pendingBytes < 0 || account.pendingBytes > longestPending {
      broken("\(name): \(account.pendingBytes) bytes kept, \(longestPending) allowed")
    }
  }

  private mutating func judge(_ one: Stamped) {
    if let last = outputs.last?.instant, one.instant < last {
      broken("\(name): \(one.instant) runs backwards, after \(last)")
    }
    if one.instant > now { broken("\(name): \(one.instant) lies ahead of \(now)") }
    switch one.output {
    case .oximetry(let reading):
      let isBare = reading.saturation == nil && reading.pulseRate == nil
      if !isBare, !reading.status.isDisjoint(with: Self.withoutNumbers) {
        broken("\(name): numbers of no patient, \(reading)")
      }
    case .send(let bytes), .sendFeature(let bytes):
      if bytes.isEmpty || bytes.count > 4096 { broken("\(name): sends \(bytes.count) bytes") }
    case .determination, .respiration, .called, .stored, .identified: break
    }
    outputs.append(one)
  }

  /// A reading with one of these is about no patient, or nobody knows about whom.
  private static let withoutNumbers: SignalStatus = [
    .sensorOff, .sensorDisconnected, .malfunction, .searching, .nonPulsatile, .demonstration,
  ]
}
