public import Vitals

/// A simulated device that goes wrong as it is told to.
public struct MisbehavingSimulator: Simulator {
  private var device: any Simulator
  private let ways: [Misbehaviour]
  /// Bytes from the checksum to the end of a chunk; `nil` where there is none to break.
  private let checksumFromEnd: Int?
  private var chance: Chance
  private var start: Instant?
  /// On their way, in order.
  private var late: [(due: Instant, bytes: [UInt8])] = []
  private var hung: [UInt8]?

  /// Creates a device of `model` that misbehaves in all these ways at once, the same for the same
  /// `seed`.
  public init(_ model: Model, patient: SimulatedPatient, _ ways: [Misbehaviour], seed: UInt64) {
    device = model.makeSimulator(patient)
    self.ways = ways
    checksumFromEnd = model.checksumFromEnd
    chance = Chance(seed)
  }

  public var nextDeadline: Instant? { earliest(device.nextDeadline, late.first?.due) }

  public mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let due = nextDeadline, due <= instant {
      run(nil, at: due)
      deliver(until: due, emit: emit)
    }
  }

  public mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    if case .opened = input { start = start ?? instant }
    guard !isCut(at: instant) else { return }
    run(input, at: instant)
    deliver(until: instant, emit: emit)
  }

  /// Runs the device, or lets its time pass, and puts what it says on its way.
  private mutating func run(_ input: SimulatorInput?, at instant: Instant) {
    var said: [(Instant, [UInt8])] = []
    if let input {
      device.handle(input, at: instant) { said.append(($0, $1)) }
    } else {
      device.advance(to: instant) { said.append(($0, $1)) }
    }
    for (at, bytes) in said where !isCut(at: at) { send(bytes, at: at) }
  }

  private mutating func send(_ bytes: [UInt8], at instant: Instant) {
    for chunk in damaged(held(bytes, at: instant)) where !chunk.isEmpty {
      var due = due(at: instant)
      if let gap = splitGap {
        for byte in chunk {
          queue([byte], due)
          due = due + gap
        }
      } else {
        queue(chunk, due)
      }
    }
  }

  /// Bytes keep their order, however late some are.
  private mutating func queue(_ bytes: [UInt8], _ due: Instant) {
    late.append((max(due, late.last?.due ?? due), bytes))
  }

  private mutating func deliver(until instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let first = late.first, first.due <= instant {
      late.removeFirst()
      emit(first.due, first.bytes)
    }
  }

  private func elapsed(at instant: Instant) -> Duration { start.map { instant - $0 } ?? .zero }

  private func isCut(at instant: Instant) -> Bool {
    ways.contains {
      guard case .cableOut(let after, let lasting) = $0 else { return false }
      return (after..<after + lasting).contains(elapsed(at: instant))
    }
  }

  /// The chunk, or the one the firmware hangs on.
  private mutating func held(_ bytes: [UInt8], at instant: Instant) -> [UInt8] {
    for case .hang(let after) in ways where elapsed(at: instant) >= after {
      hung = hung ?? bytes
      return hung ?? bytes
    }
    return bytes
  }

  private var splitGap: Duration? {
    for case .split(let every) in ways { return every }
    return nil
  }

  /// What becomes of a chunk on the wire; it may come twice.
  private mutating func damaged(_ bytes: [UInt8]) -> [[UInt8]] {
    var (chunk, copies) = (bytes, 1)
    for way in ways {
      switch way {
      case .drop(let probability): chunk.removeAll { _ in chance.happens(probability) }
      case .repeat(let probability): if chance.happens(probability) { copies += 1 }
      case .flip(let probability):
        for index in chunk.indices where chance.happens(probability) {
          chunk[index] ^= 1 << UInt8.random(in: 0...7, using: &chance)
        }
      case .insert(let probability):
        chunk = chunk.flatMap { byte in
          chance.happens(probability) ? [byte, UInt8.random(in: 0...255, using: &chance)] : [byte]
        }
      case .wrongChecksum(let probability):
        guard let checksumFromEnd, checksumFromEnd <= chunk.count, chance.happens(probability)
        else { break }
        chunk[chunk.count - checksumFromEnd] &+= 1
      case .split, .merge, .jitter, .stall, .cableOut, .hang: break
      }
    }
    return Array(repeating: chunk, count: copies)
  }

  /// When a chunk that is sent now arrives.
  private mutating func due(at instant: Instant) -> Instant {
    var due = instant
    for way in ways {
      switch way {
      case .jitter(let most):
        let lateness = Int64.random(in: 0...max(0, most.nanoseconds), using: &chance)
        due = due + .nanoseconds(lateness)
      case .merge(let every):
        let step = max(1, every.nanoseconds)
        due = max(due, Instant(nanoseconds: (instant.nanoseconds / step + 1) * step))
      case .stall(let after, let lasting):
        if let start, (after..<after + lasting).contains(instant - start) {
          due = max(due, start + after + lasting)
        }
      case .drop, .repeat, .flip, .insert, .wrongChecksum, .split, .cableOut, .hang: break
      }
    }
    return due
  }
}
