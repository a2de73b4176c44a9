import Drivers
import TestKit
import Testing
import Vitals

/// Frames with a good checksum around anything: nothing traps, and no number is made up.
@Suite struct `IntelliVue, against hostile input` {
  private static let model = Catalog.model(id: "intellivue")!

  /// Payloads of real frames where there are recordings, of simulated ones elsewhere.
  private static let payloads: [[UInt8]] = {
    var payloads = Fixture(model).chunks.compactMap { IntelliVueFrame.payload(of: $0.bytes.span) }
    if Captures.areHere {
      for (name, _) in `Recordings of a real IntelliVue`.files {
        payloads += (try? `Recordings of a real IntelliVue`.frames(name)) ?? []
      }
    }
    return payloads
  }()

  /// After these a driver awaits the answer to its poll number 1.
  private static let waiting: [DriverInput] =
    [.opened]
    + [
      IntelliVueEncoder.released, IntelliVueEncoder.accepted,
      IntelliVueEncoder.mdsCreated(invoke: 1, manufacturer: "Philips", model: "M8000", time: 0),
    ].map { .bytes(IntelliVueFrame.encode($0)) }

  @Test(arguments: seeds(20))
  func `bytes changed at random inside good frames never trap`(seed: UInt64) {
    var random = Seeded(seed)
    for _ in 0..<100 {
      guard var payload = Self.payloads.randomElement(using: &random) else { return }
      // An answer to the poll that is awaited, so that it is read to the end.
      if payload.count > 10, payload[0] == 0xE1 {
        let place = payload[5] == 5 ? 10 : 8
        (payload[place], payload[place + 1]) = (0, 1)
      }
      for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&payload, &random) }
      feed(payload, seed: seed)
    }
  }

  @Test func `every length and count there is, changed to anything, never traps`() {
    let values: [UInt16] = [0, 1, 0x7FFF, 0x8000, 0xFFFF]
    let payload = Self.payloads.max { $0.count < $1.count } ?? []
    for start in payload.indices.dropLast() {
      for value in values {
        var damaged = payload
        damaged[start] = UInt8(value >> 8)
        damaged[start + 1] = UInt8(value & 0xFF)
        feed(damaged, seed: UInt64(start))
      }
    }
  }

  @Test func `frames cut short inside and made right again never trap`() {
    let payload = Self.payloads.max { $0.count < $1.count } ?? []
    for length in payload.indices { feed(Array(payload[..<length]), seed: UInt64(length)) }
  }

  private func mutate(_ payload: inout [UInt8], _ random: inout Seeded) {
    guard !payload.isEmpty else { return }
    let index = Int.random(in: payload.indices, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: payload[index] = UInt8.random(in: 0...255, using: &random)
    case 1: payload[index] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
    case 2: payload.remove(at: index)
    case 3: payload.insert(UInt8.random(in: 0...255, using: &random), at: index)
    default: payload.removeSubrange(index..<min(payload.count, index + 4))
    }
  }

  /// Gives a driver that waits for it, and a listener, one frame.
  private func feed(_ payload: [UInt8], seed: UInt64) {
    let frame = IntelliVueFrame.encode(payload)
    let asked = run(Self.model.makeDriver(), Self.waiting + [.bytes(frame)])
    let heard = run(Self.model.makeListener(), [.bytes(frame)])
    #expect(asked.count < 20 && heard.count <= 2, "seed \(seed)")
  }

  private func run(_ prototype: some Driver, _ inputs: [DriverInput]) -> [DriverOutput] {
    var driver = prototype
    var outputs: [DriverOutput] = []
    for input in inputs { driver.handle(input, at: .zero) { outputs.append($1) } }
    let account = driver.account
    if account.pendingBytes > type(of: prototype).longestPending {
      Issue.record("\(account.pendingBytes) bytes are pending")
    }
    driver.advance(to: .seconds(2)) { outputs.append($1) }
    return outputs
  }

  /// A megabyte without an end, byte by byte: in seconds only if each byte is looked at once.
  @Test func `a frame without an end is given up, and costs no more than its bytes`() {
    var driver = Self.model.makeListener()
    let start: [UInt8] = [0xC0, 0x11, 0x01]
    for byte in start { driver.handle(.bytes([byte]), at: .zero) { _, _ in } }
    for _ in 0..<200_000 {
      driver.handle(.bytes([0x11]), at: .zero) { _, _ in }
    }
    #expect(driver.account.frames == 0)
    #expect(driver.account.bytes == 200_003)
    #expect(driver.account.pendingBytes < 5100)
  }
}
