import Drivers
import Proving
import Testing
import Vitals

/// The place where a decoder has no room to look further, and must decide.
@Suite struct `A decoder whose window is full` {
  /// Found by `make fuzz`: a CR in the last place of the longest line waited for an LF that could
  /// not come any more, and the decoder never returned.
  @Test(.timeLimit(.minutes(1)), arguments: Proven.models)
  func `decides about whatever ends there`(_ model: Model) {
    let capacity = longestPending(of: model.makeListener())
    for filler in [UInt8(ascii: "Q"), UInt8(ascii: " "), 0x0B] {
      for last in [0x0D, 0x0A, 0x1C, 0x02, 0x03, 0x10] as [UInt8] {
        for length in max(1, capacity - 3)...capacity + 1 {
          let first: [UInt8] = filler == 0x0B ? [0x0B] : []
          let fill = Array(repeating: max(filler, 0x20), count: length - 1 - first.count)
          let bytes = first + fill + [last] + Array("SPO2= 97\r\n".utf8)
          let whole = Decoded(model, [bytes])
          let halves = Decoded(model, [Array(bytes.prefix(7)), Array(bytes.dropFirst(7))])
          #expect(whole.account.bytes == bytes.count)
          let isSame = halves.outputs == whole.outputs && halves.account == whole.account
          #expect(isSame, "\(length) bytes of \(filler), then \(last)")
        }
      }
    }
  }

  private func longestPending(of driver: some Driver) -> Int { type(of: driver).longestPending }
}
