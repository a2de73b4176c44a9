import Drivers
import TestKit
import Testing
import Vitals

/// The laws of every decoder, held to over what the simulators send.
@Suite struct `Every decoder` {
  @Test(arguments: Proven.models)
  func `takes its whole fixture without damage`(_ model: Model) {
    let account = Fixture(model).decoded.account
    #expect(account.frames > 0)
    #expect(account.damagedBytes == 0)
    #expect(account.pendingBytes == 0)
    #expect(account.resyncs == 0)
  }

  @Test(arguments: Proven.models)
  func `reads the same however the bytes are chunked`(_ model: Model) {
    let fixture = Fixture(model)
    let bytes = fixture.bytes
    let whole = fixture.decoded
    var chunkings = [bytes.map { [$0] }, fixture.chunks.map(\.bytes)]
    for seed in seeds(20) {
      var random = Seeded(seed)
      chunkings.append(random.chunks(of: bytes))
    }
    for chunks in chunkings {
      let decoded = Decoded(model, chunks)
      let isSame = decoded.outputs == whole.outputs
      #expect(isSame)
      #expect(decoded.account == whole.account)
    }
  }

  @Test(arguments: Proven.models)
  func `reads damaged bytes the same however they are chunked`(_ model: Model) {
    for seed in seeds(20) {
      var random = Seeded(seed)
      var bytes = Fixture(model).bytes
      for _ in 0..<12 {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
        default: bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
      }
      let whole = Decoded(model, [bytes])
      for chunks in [bytes.map { [$0] }, random.chunks(of: bytes)] {
        let decoded = Decoded(model, chunks)
        let isSame = decoded.outputs == whole.outputs
        #expect(isSame, "seed \(seed)")
        #expect(decoded.account == whole.account, "seed \(seed)")
      }
    }
  }

  @Test(arguments: Proven.models, seeds(3))
  func `accounts for every byte of noise`(_ model: Model, seed: UInt64) {
    // One megabyte per driver, a third of it per seed.
    var random = Seeded(seed)
    let noise = random.bytes(350_000)
    check(model.makeDriver(), noise: random.chunks(of: noise, longest: 300))
  }

  private func check(_ prototype: some Driver, noise: [[UInt8]]) {
    var driver = prototype
    var given = 0
    for (index, chunk) in noise.enumerated() {
      let now = Instant.milliseconds(Int64(index) * 30)
      driver.handle(.bytes(chunk), at: now) { _, _ in }
      given += chunk.count
      let account = driver.account
      guard account.framedBytes + account.damagedBytes + account.pendingBytes == given,
        account.pendingBytes <= type(of: prototype).longestPending
      else {
        Issue.record("\(given) bytes given, but \(account)")
        return
      }
    }
    #expect(driver.account.damagedBytes > given / 4)
  }

  @Test(arguments: Proven.models, seeds(4))
  func `recovers after noise`(_ model: Model, seed: UInt64) {
    var random = Seeded(seed)
    let noise = random.bytes(1000)
    let fixture = Fixture(model)
    // Silence between the two, as after a plug was pushed in.
    let (noisy, after) = twice(model.makeListener(), noise, fixture.bytes)
    #expect(fixture.decoded.account.frames - (after.frames - noisy.frames) <= model.allowedLoss)
  }

  private func twice(
    _ prototype: some Driver, _ first: [UInt8], _ second: [UInt8]
  ) -> (ByteAccount, ByteAccount) {
    var driver = prototype
    driver.handle(.bytes(first), at: .zero) { _, _ in }
    driver.advance(to: .seconds(1)) { _, _ in }
    let account = driver.account
    driver.handle(.bytes(second), at: .seconds(1)) { _, _ in }
    driver.advance(to: .seconds(2)) { _, _ in }
    return (account, driver.account)
  }

  @Test(arguments: Proven.models)
  func `starts anew when the line is opened again`(_ model: Model) throws {
    let bytes = Fixture(model).bytes
    let half = Array(bytes.prefix(2))
    let (account, outputs) = reopen(model.makeListener(), half, bytes)
    #expect(account.damage.broken == half.count)
    let isSame = outputs == Fixture(model).decoded.outputs
    #expect(isSame)
  }

  private func reopen(
    _ prototype: some Driver, _ first: [UInt8], _ second: [UInt8]
  ) -> (ByteAccount, [DriverOutput]) {
    var driver = prototype
    var outputs: [DriverOutput] = []
    driver.handle(.bytes(first), at: .zero) { outputs.append($1) }
    driver.handle(.closed, at: .zero) { outputs.append($1) }
    driver.handle(.bytes(second), at: .zero) { outputs.append($1) }
    driver.advance(to: .seconds(1)) { outputs.append($1) }
    return (driver.account, outputs)
  }
}
