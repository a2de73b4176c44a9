import Drivers

/// What happens to a driver, as bytes that can be mutated: all bytes mean something.
struct DriverProgram {
  enum Step {
    case bytes([UInt8])
    case pass(Duration)
    case opened, closed
    case order(CuffOrder)
    /// The device, which has heard all that was sent, says what it has to say; a byte is damaged
    /// where the mask has bits.
    case answer(at: Int, mask: UInt8)
  }

  static let longest = 300

  private(set) var steps: [Step] = []

  init() {}

  /// Reads a program; what breaks off ends it.
  init(_ code: ArraySlice<UInt8>) {
    var rest = code
    while let word = rest.popFirst(), steps.count < Self.longest {
      let argument = Int(word >> 3)
      switch word & 7 {
      case 0: steps.append(.bytes(Self.take(argument + 1, from: &rest)))
      case 1: steps.append(.bytes(Self.take(Int(rest.popFirst() ?? 0) + 32, from: &rest)))
      case 2:
        let high = Int(rest.popFirst() ?? 0)
        steps.append(
          .bytes(Self.take((high << 8 | Int(rest.popFirst() ?? 0)) & 0xFFF, from: &rest)))
      case 3: steps.append(.pass(.milliseconds(argument + 1)))
      case 4: steps.append(.pass(.milliseconds((Int(rest.popFirst() ?? 0) + 1) * 20)))
      case 5: steps.append(argument.isMultiple(of: 2) ? .opened : .closed)
      case 6: steps.append(.order(argument.isMultiple(of: 2) ? .start : .abort))
      default:
        steps.append(
          argument.isMultiple(of: 2)
            ? .answer(at: 0, mask: 0)
            : .answer(at: Int(rest.popFirst() ?? 0), mask: rest.popFirst() ?? 0))
      }
    }
  }

  private static func take(_ count: Int, from rest: inout ArraySlice<UInt8>) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  mutating func append(_ step: Step) { steps.append(step) }

  /// Time in the steps of the code, at most 5.12 s each.
  mutating func append(passing duration: Duration) {
    let units = duration.milliseconds / 20
    if units == 0 {
      steps += Array(repeating: .pass(.milliseconds(20)), count: duration.milliseconds > 0 ? 1 : 0)
      return
    }
    for begun in stride(from: 0, to: units, by: 256) {
      steps.append(.pass(.milliseconds(20 * min(256, units - begun))))
    }
  }

  /// The bytes that ``init(_:)`` reads as these steps.
  var encoded: [UInt8] { steps.flatMap(Self.encode) }

  private static func encode(_ step: Step) -> [UInt8] {
    switch step {
    case .bytes(let bytes):
      switch bytes.count {
      case 1...32: [UInt8(bytes.count - 1) << 3] + bytes
      case 33..<288: [1, UInt8(bytes.count - 32)] + bytes
      default: [2, UInt8(bytes.count >> 8 & 0xF), UInt8(bytes.count & 0xFF)] + bytes
      }
    case .pass(let duration):
      switch duration.milliseconds {
      case ...32: [UInt8(max(1, duration.milliseconds) - 1) << 3 | 3]
      case let milliseconds: [4, UInt8(min(255, milliseconds / 20 - 1))]
      }
    case .opened: [5]
    case .closed: [1 << 3 | 5]
    case .order(let order): [order == .start ? 6 : 1 << 3 | 6]
    case .answer(_, mask: 0): [7]
    case .answer(let place, let mask): [1 << 3 | 7, UInt8(place & 0xFF), mask]
    }
  }

  /// The stretches of bytes between two changes of the line, chunk by chunk.
  var stretches: [[[UInt8]]] {
    var stretches: [[[UInt8]]] = [[]]
    for step in steps {
      switch step {
      case .bytes(let bytes): stretches[stretches.count - 1].append(bytes)
      case .opened, .closed: stretches.append([])
      case .pass, .order, .answer: break
      }
    }
    return stretches.filter { !$0.isEmpty }
  }

  var orders: Int { steps.count { if case .order(.start) = $0 { true } else { false } } }
}

extension Duration {
  fileprivate var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
