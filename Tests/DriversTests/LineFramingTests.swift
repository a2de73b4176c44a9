import Drivers
import Proving
import TestKit
import Testing
import Vitals

/// Found by the toy driver: a CR in the last place that a line may have, with nothing behind it yet,
/// made the framer wait for more than it could carry, for ever.
@Suite struct `Lines of every length` {
  @Test(arguments: Proven.models, [0x0D, 0x0A, 0x41, 0x00] as [UInt8])
  func `are decided on`(_ model: Model, _ last: UInt8) {
    for length in 1...300 {
      let line = [UInt8](repeating: 0x41, count: length) + [last]
      let decoded = Decoded(model, [line, line, [last]])
      #expect(decoded.account.bytes == 2 * line.count + 1)
    }
  }
}
