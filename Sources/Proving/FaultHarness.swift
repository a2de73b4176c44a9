public import Drivers
import Vitals

/// Damages a model's fixture at every byte in every way, and compares what its decoder makes of it.
///
/// Each case begins with the decoder as it stood before the damaged chunk and runs on until it has
/// long found its place again, so that all cases take seconds.
public struct FaultHarness: Sendable {
  private let model: Model
  private let fixture: Fixture
  /// The decoder before each chunk.
  private let states: [any Driver]
  private let sent: Set<Number>
  /// Fixtures of devices that speak something else.
  private let strangers: [Fixture]
  /// Names of the models whose bytes this decoder takes for its own.
  public let confusable: [String]

  /// A stranger of whose bytes the decoder takes more than one in this many is not told apart.
  private static let confusableShare = 10

  /// Chunks to damage, evenly spread over the fixture.
  private let indices: [Int]

  /// Prepares the proof of one model; `others` are the devices that may break in.
  ///
  /// At most about `budgetBytes` of the fixture are damaged, every byte of chunks from all over it.
  public init(_ model: Model, among others: [Fixture], budgetBytes: Int = .max) {
    self.model = model
    fixture = Fixture(model)
    let total = fixture.chunks.reduce(0) { $0 + $1.bytes.count }
    let step = max(1, total / max(1, budgetBytes))
    indices = fixture.chunks.indices.filter { $0.isMultiple(of: step) }
    var driver = model.makeListener()
    var states: [any Driver] = []
    for (_, bytes) in fixture.chunks {
      states.append(driver)
      driver.handle(.bytes(bytes), at: .zero) { _, _ in }
    }
    self.states = states
    sent = Set(fixture.decoded.numbers)
    var (strangers, confusable): ([Fixture], [String]) = ([], [])
    for other in others where other.model.id != model.id && !other.chunks.isEmpty {
      let account = Decoded(model, [other.bytes]).account
      if account.framedBytes * Self.confusableShare > account.bytes {
        confusable.append(other.model.id)
      } else {
        strangers.append(other)
      }
    }
    (self.strangers, self.confusable) = (strangers, confusable)
  }

  /// Damages the fixture everywhere in one way.
  public func prove(_ fault: Fault) -> FaultFinding {
    var finding = FaultFinding(
      fault: fault, mustNotInvent: fault.isAlwaysDetectable || model.checksumFromEnd != nil)
    for index in indices {
      let baseline = run(from: index, instead: [fixture.chunks[index].bytes])
      let alone = run(from: index, instead: [fixture.chunks[index].bytes], andOn: 0)
      for damage in damages(fault, at: index) {
        let outcome = run(from: index, instead: damage.chunks, isSilent: fault == .truncate)
        let taken = damage.takesChunk ? alone.frames : 0
        let takenNumbers = damage.takesChunk ? alone.readings : 0
        judge(
          outcome, against: baseline, taken: (taken, takenNumbers), "\(damage.name)", &finding)
      }
    }
    return finding
  }

  private func judge(
    _ outcome: Outcome, against baseline: Outcome, taken: (frames: Int, numbers: Int),
    _ name: @autoclosure () -> String, _ finding: inout FaultFinding
  ) {
    finding.cases += 1
    finding.resyncs += outcome.resyncs
    let framesLost = baseline.frames - outcome.frames - taken.frames
    let numbersLost = baseline.readings - outcome.readings - taken.numbers
    finding.framesLost = max(finding.framesLost, framesLost)
    finding.numbersLost = max(finding.numbersLost, numbersLost)
    if max(framesLost, numbersLost) > model.allowedLoss {
      finding.note("\(name()) lost \(framesLost) frames, \(numbersLost) numbers")
    }
    if !outcome.isAccounted {
      finding.unaccounted += 1
      finding.note("\(name()) left bytes out of the account")
    }
    if let stranger = outcome.numbers.first(where: { !sent.contains($0) }) {
      finding.invented += 1
      if finding.mustNotInvent { finding.note("\(name()) made up \(stranger)") }
    }
  }

  /// One damaged form of a chunk.
  private struct Damage {
    let name: String
    let chunks: [[UInt8]]
    /// Whether the rest of the chunk is gone with it.
    var takesChunk = false
  }

  private func damages(_ fault: Fault, at index: Int) -> [Damage] {
    let bytes = fixture.chunks[index].bytes
    func name(_ offset: Int, _ what: String) -> String {
      "\(fault.rawValue)\(what) at byte \(offset) of chunk \(index)"
    }
    switch fault {
    case .drop where model.deliversWhole:
      return [Damage(name: name(0, " all"), chunks: [], takesChunk: true)]
    case .drop:
      return bytes.indices.map { offset in
        var chunk = bytes
        chunk.remove(at: offset)
        return Damage(name: name(offset, ""), chunks: [chunk])
      }
    case .duplicate where model.deliversWhole:
      return [Damage(name: name(0, " all"), chunks: [bytes, bytes])]
    case .duplicate:
      return bytes.indices.map { offset in
        var chunk = bytes
        chunk.insert(bytes[offset], at: offset)
        return Damage(name: name(offset, ""), chunks: [chunk])
      }
    case .insert where model.deliversWhole:
      // A message of chance: what a stranger's program might write.
      var chance = Chance(UInt64(index))
      let noise = bytes.map { _ in UInt8.random(in: 0...255, using: &chance) }
      return [Damage(name: name(0, " noise"), chunks: [noise, bytes])]
    case .insert:
      return bytes.indices.flatMap { offset in
        Self.insertions(at: index &* 1_000_003 &+ offset).map { byte in
          var chunk = bytes
          chunk.insert(byte, at: offset)
          return Damage(name: name(offset, " \(byte)"), chunks: [chunk])
        }
      }
    case .flip:
      return bytes.indices.flatMap { offset in
        Self.masks.map { mask in
          var chunk = bytes
          chunk[offset] ^= mask
          return Damage(name: name(offset, " \(mask)"), chunks: [chunk])
        }
      }
    case .truncate:
      return bytes.indices.map { offset in
        Damage(name: name(offset, ""), chunks: [Array(bytes[..<offset])], takesChunk: true)
      }
    case .concatenate:
      guard !strangers.isEmpty else { return [] }
      return bytes.indices.map { offset in
        let stranger = strangers[(index &* 31 &+ offset) % strangers.count]
        let start = (index &* 17 &+ offset) % stranger.chunks.count
        let foreign = stranger.chunks[start...].prefix(4).flatMap(\.bytes)
        return Damage(
          name: name(offset, " \(stranger.model.id)"),
          chunks: [Array(bytes[..<offset]) + foreign.prefix(200)], takesChunk: true)
      }
    }
  }

  private static let masks: [UInt8] = (0..<8).map { 1 << $0 } + [0xFF]

  /// Bytes that protocols are made of, and two of chance.
  private static func insertions(at seed: Int) -> [UInt8] {
    var chance = Chance(UInt64(truncatingIfNeeded: seed))
    return [0x00, 0x01, 0x0A, 0x0D, 0x20, 0x30, 0x39, 0x3E, 0x7F, 0x80, 0x81]
      + (0..<2).map { _ in UInt8.random(in: 0...255, using: &chance) }
  }
}

extension FaultHarness {
  private struct Outcome {
    var frames: Int
    var resyncs: Int
    var numbers: [Number]
    var isAccounted: Bool

    /// A monitor's rate of breathing comes with its oximetry, and is lost with it.
    var readings: Int { numbers.count { if case .respiration = $0 { false } else { true } } }
  }

  /// Gives the decoder other chunks in place of the one at `index`, then what follows that one.
  ///
  /// With `isSilent` the device pauses in between, as when it was switched off and on; a link that
  /// delivers whole messages is opened anew.
  private func run(
    from index: Int, instead chunks: [[UInt8]], andOn following: Int? = nil, isSilent: Bool = false
  ) -> Outcome {
    var driver = states[index]
    let before = driver.account
    var numbers: [Number] = []
    var given = 0
    func take(_ at: Instant, _ output: DriverOutput) {
      if let number = Number(output) { numbers.append(number) }
    }
    for chunk in chunks {
      driver.handle(.bytes(chunk), at: .zero, emit: take)
      given += chunk.count
    }
    var now = Instant.zero
    if isSilent {
      now = .seconds(2)
      driver.advance(to: now, emit: take)
      if model.deliversWhole { driver.handle(.closed, at: now, emit: take) }
    }
    let rest = fixture.chunks[(index + 1)...].prefix(following ?? reach(from: index))
    for (_, bytes) in rest {
      driver.handle(.bytes(bytes), at: now, emit: take)
      given += bytes.count
    }
    driver.advance(to: now + .seconds(1), emit: take)
    let account = driver.account
    return Outcome(
      frames: account.frames - before.frames, resyncs: account.resyncs - before.resyncs,
      numbers: numbers, isAccounted: account.bytes == before.bytes + given)
  }

  /// Chunks to go on for: a second and a half of the device's talk, and at least three.
  private func reach(from index: Int) -> Int {
    let end = fixture.chunks[index].instant + .milliseconds(1500)
    let later = fixture.chunks[index...].prefix { $0.instant <= end }.count
    return max(3, min(later, 200))
  }
}
