import Drivers
import TestKit
import Testing
import Vitals

/// A start inflates a cuff on a person: the rules hold whatever the line and the device do.
@Suite struct `No cuff inflates by itself` {
  /// What a device says when all goes well, when it fails and when it is aborted, in its chunks.
  private func replies(_ cuff: CuffWire) -> [[UInt8]] {
    let outcomes: [Determination] = [
      .result(Course.pressure(128, 79, 95, 71)), .failed(.cuffLeak), .failed(.implausible),
    ]
    return outcomes.flatMap { outcome in
      var bedside = cuff.bedside(outcome, lasting: .seconds(9))
      bedside.order(.start)
      bedside.pass(.seconds(15))
      bedside.order(.start)
      bedside.pass(.seconds(4))
      bedside.order(.abort)
      return bedside.received.map(\.bytes)
    }
  }

  /// The device is random, and says anything at any time.
  @Test(arguments: CuffWire.all, seeds(150))
  func `over random orders and replies`(_ cuff: CuffWire, seed: UInt64) {
    var random = Seeded(seed)
    let replies = replies(cuff) + [cuff.begun, cuff.result, Array(cuff.result.dropLast(3))]
    var watch = CuffWatch(cuff)
    var now = Instant.zero
    var isOpen = true
    for _ in 0..<300 {
      now = now + .milliseconds(Int.random(in: 0...3000, using: &random))
      switch Int.random(in: 0..<12, using: &random) {
      case 0: watch.take(.order(.start), at: now)
      case 1: watch.take(.order(.abort), at: now)
      case 2, 3:
        isOpen = Bool.random(using: &random)
        watch.take(isOpen ? .opened : .closed, at: now)
      case _ where !isOpen: break
      case 4: watch.take(.bytes(random.bytes(8)), at: now)
      case 5, 6: watch.take(.bytes(cuff.begun), at: now)
      default: watch.take(.bytes(replies.randomElement(using: &random) ?? []), at: now)
      }
    }
    watch.finish(at: now)
    #expect(watch.complaints.isEmpty, "seed \(seed): \(watch.complaints.prefix(3))")
  }

  /// The device is true, and the line is not.
  @Test(arguments: CuffWire.all, seeds(60))
  func `over a bad line`(_ cuff: CuffWire, seed: UInt64) {
    var line = BadLine(cuff, seed: seed)
    line.play(steps: 150)
    #expect(line.watch.complaints.isEmpty, "seed \(seed): \(line.watch.complaints.prefix(3))")
    #expect(line.stale.isEmpty, "seed \(seed): \(line.stale) were measured before")
  }

  @Test(arguments: CuffWire.all)
  func `and a bad line still lets pressures through`(_ cuff: CuffWire) {
    var outcomes: [String: Int] = [:]
    for seed in seeds(60) {
      var line = BadLine(cuff, seed: seed)
      line.play(steps: 150)
      for (name, count) in line.watch.counts { outcomes[name, default: 0] += count }
    }
    #expect(outcomes["result", default: 0] > 100, "\(outcomes)")
    #expect(outcomes["aborted", default: 0] > 20, "\(outcomes)")
    #expect(outcomes["failed", default: 0] > 100, "\(outcomes)")
  }
}

/// A cable that loses, turns over and holds back bytes, with a driver and a simulator at its ends.
private struct BadLine {
  private(set) var watch: CuffWatch
  private var device: any Simulator
  private var random: Seeded
  private var now = Instant.zero
  private var isOpen = false
  private var silentUntil = Instant.zero
  private var toDevice: [[UInt8]] = []
  /// When a start packet may have reached the device.
  private var starts: [Instant] = []
  /// Results that were measured before the order they came for.
  private(set) var stale: [BloodPressure] = []

  init(_ cuff: CuffWire, seed: UInt64) {
    watch = CuffWatch(cuff)
    random = Seeded(seed)
    device = cuff.model.makeSimulator(
      SimulatedPatient(oximetry: { _ in nil }, determination: Self.determination))
  }

  /// Every second has its own numbers, so that an old pressure is known by them.
  private static func determination(at instant: Instant) -> SimulatedDetermination {
    let second = Int(instant.milliseconds / 1000)
    let duration = Duration.seconds(5 + second * 13 % 50)
    let failures: [DeterminationFailure] = [.cuffLeak, .motion, .connectionLost, .noAnswer]
    return switch second % 9 {
    case 0: SimulatedDetermination(duration: duration, outcome: .failed(failures[second / 9 % 4]))
    case 1: SimulatedDetermination(duration: .seconds(300), outcome: .failed(.timeOut))
    default: SimulatedDetermination(duration: duration, outcome: .result(pressure(second)))
    }
  }

  private static func pressure(_ second: Int) -> BloodPressure {
    let diastolic = 50 + second % 41
    return Course.pressure(110 + second % 97, diastolic, diastolic + 12, 50 + second % 53)
  }

  mutating func play(steps: Int) {
    open()
    for _ in 0..<steps {
      pass(.milliseconds(Int.random(in: 0...15_000, using: &random)))
      switch Int.random(in: 0..<10, using: &random) {
      case 0...4: tell(.order(.start))
      case 5: tell(.order(.abort))
      case 6: silentUntil = now + .milliseconds(Int.random(in: 0...8000, using: &random))
      case 7 where isOpen:
        isOpen = false
        tell(.closed)
      default: if !isOpen { open() }
      }
    }
    pass(.seconds(400))
    watch.finish(at: now)
  }

  private mutating func open() {
    isOpen = true
    var said: [[UInt8]] = []
    device.handle(.opened, at: now) { said.append($1) }
    tell(.opened)
    for chunk in said { arrive(chunk) }
  }

  private mutating func pass(_ duration: Duration) {
    let end = now + duration
    while let due = earliest(watch.nextDeadline, device.nextDeadline), due <= end {
      now = due
      var said: [[UInt8]] = []
      device.advance(to: now) { said.append($1) }
      for chunk in said { arrive(chunk) }
      watch.pass(to: now)
      exchange()
    }
    now = end
  }

  private mutating func tell(_ input: DriverInput) {
    watch.take(input, at: now)
    exchange()
  }

  /// Lets what the driver said arrive, and what the device says to that.
  private mutating func exchange() {
    note()
    toDevice += watch.takeSent()
    while !toDevice.isEmpty {
      let bytes = toDevice.removeFirst()
      if bytes == watch.cuff.start { starts.append(now) }
      guard let chunk = damaged(bytes) else { continue }
      var said: [[UInt8]] = []
      device.handle(.bytes(chunk), at: now) { said.append($1) }
      for chunk in said { arrive(chunk) }
    }
  }

  private mutating func arrive(_ bytes: [UInt8]) {
    guard isOpen, let chunk = damaged(bytes) else { return }
    watch.take(.bytes(chunk), at: now)
    note()
    toDevice += watch.takeSent()
    exchange()
  }

  /// One in twenty chunks is damaged in one place, or lost.
  private mutating func damaged(_ bytes: [UInt8]) -> [UInt8]? {
    guard isOpen, now >= silentUntil else { return nil }
    guard Int.random(in: 0..<20, using: &random) == 0 else { return bytes }
    var chunk = bytes
    let index = Int.random(in: chunk.indices, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return nil
    case 1: chunk.remove(at: index)
    default: chunk[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
    }
    return chunk
  }

  /// A result must be that of a determination which ended after the order it came for.
  private mutating func note() {
    guard let last = starts.last else { return }
    for pressure in watch.takeResults() {
      let isFresh = starts.contains { start in
        let run = Self.determination(at: start)
        guard case .result(let measured) = run.outcome, start + run.duration >= last else {
          return false
        }
        // The pulse rate comes by itself from some, and may be lost.
        return (measured.systolic, measured.diastolic, measured.measuredMean)
          == (pressure.systolic, pressure.diastolic, pressure.measuredMean)
      }
      if !isFresh { stale.append(pressure) }
    }
  }
}

/// A driver whose every output is judged by the rules.
private struct CuffWatch {
  let cuff: CuffWire
  private var driver: any Driver
  private(set) var complaints: [String] = []
  private(set) var counts: [String: Int] = [:]
  /// Between a start and the outcome that follows it.
  private var isRunning = false
  private var hasAborted = false
  private var isLineLost = false
  private var sent: [[UInt8]] = []
  private var lastSent: [UInt8] = []
  private var results: [BloodPressure] = []

  init(_ cuff: CuffWire) {
    self.cuff = cuff
    driver = cuff.model.makeDriver()
  }

  var nextDeadline: Instant? { driver.nextDeadline }

  mutating func takeSent() -> [[UInt8]] {
    defer { sent.removeAll() }
    return sent
  }

  mutating func takeResults() -> [BloodPressure] {
    defer { results.removeAll() }
    return results
  }

  mutating func pass(to instant: Instant) {
    // Bytes that wait for silence may bring a failure that the device reports.
    let isQuiet = driver.account.pendingBytes == 0
    var outputs: [DriverOutput] = []
    driver.advance(to: instant) { outputs.append($1) }
    if outputs.contains(.send(cuff.start)) { complain("a deadline started it", instant) }
    for output in outputs {
      judge(output, at: instant)
      // What ends for want of an answer has been told to deflate.
      if case .determination(.failed) = output, isQuiet, !hasAborted {
        complain("it was given up without an abort", instant)
      }
    }
  }

  mutating func take(_ input: DriverInput, at instant: Instant) {
    // What time decides comes first, and is judged by its own rules.
    pass(to: instant)
    let wasRunning = isRunning
    if case .order(.start) = input {
      isRunning = true
      if !wasRunning { hasAborted = false }
    }
    var outputs: [DriverOutput] = []
    driver.handle(input, at: instant) { outputs.append($1) }
    for output in outputs { judge(output, at: instant) }
    let starts = outputs.count { $0 == .send(cuff.start) }
    let aborts = outputs.count { $0 == .send(cuff.abort) }
    switch input {
    case .order(.start):
      if starts != (wasRunning ? 0 : 1) { complain("\(starts) starts for an order", instant) }
    case .order(.abort):
      if starts > 0 || aborts != 1 { complain("\(aborts) aborts for an order", instant) }
    case .closed, .opened:
      if starts > 0 { complain("a plug started it", instant) }
      if isRunning { complain("it outlived its line", instant) }
      // A cuff that was lost with its line is told to deflate when the line is back.
      if wasRunning, lastSent != cuff.asksResult { isLineLost = true }
      if case .opened = input {
        if isLineLost, aborts == 0, !hasAborted { complain("it was left inflated", instant) }
        isLineLost = false
      }
    case .bytes:
      if starts > 0 { complain("a reply started it", instant) }
    }
  }

  private mutating func judge(_ output: DriverOutput, at instant: Instant) {
    switch output {
    case .send(let bytes):
      sent.append(bytes)
      lastSent = bytes
      if bytes == cuff.abort { hasAborted = true }
    case .determination(let step):
      if !isRunning { complain("\(step) without a start of ours", instant) }
      guard step.isOutcome else { return }
      isRunning = false
      switch step {
      case .result(let pressure):
        counts["result", default: 0] += 1
        results.append(pressure)
      case .aborted: counts["aborted", default: 0] += 1
      default: counts["failed", default: 0] += 1
      }
    default: complain("it said \(output)", instant)
    }
  }

  /// What runs comes to an end.
  mutating func finish(at instant: Instant) {
    pass(to: instant + .seconds(200))
    if isRunning { complain("it never ended", instant) }
    if driver.nextDeadline != nil { complain("it has something to do for ever", instant) }
  }

  private mutating func complain(_ what: String, _ instant: Instant) {
    complaints.append("at \(instant.milliseconds) ms \(what)")
  }
}
