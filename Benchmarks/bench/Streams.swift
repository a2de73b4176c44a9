import Drivers
import Proving

/// Bytes as devices send them.
enum Streams {
  /// What a model's device sends on the course of the tests, a chunk a message, over and over.
  ///
  /// Long stretches, so that there are few places where one course ends and the next begins.
  static func played(_ model: Model, upTo count: Int) -> [[UInt8]] {
    let fixture = Fixture(model, stretch: .seconds(20)).chunks.map(\.bytes)
    guard !fixture.isEmpty else { Bench.fail("\(model.id) sends nothing") }
    var (result, total): ([[UInt8]], Int) = ([], 0)
    while total < count {
      result += fixture
      total += fixture.reduce(0) { $0 + $1.count }
    }
    return result
  }

  /// The same bytes in chunks of one size.
  static func chunks(_ bytes: [UInt8], of size: Int) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: size).map {
      Array(bytes[$0..<min($0 + size, bytes.count)])
    }
  }
}
