import Drivers
import TestKit
import Testing
import Vitals

/// What a broken or a hostile device may do.
@Suite struct `Hostile APDUs` {
  private let model = Catalog.model(id: "phdc")!
  private let event = PHDCBytes.event(
    0x0D1D, PHDCBytes.report([PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048")]))

  @Test(arguments: [
    // Lengths of nothing, of more than there may be, and of more than there is.
    "E700 0000", "E700 FFFF", "E700 2400 23FE", "E700 23FC 23FA", "E700 0100 00FD",
    "E700 0036 0033",
    "E200 0000", "E200 0201", "E200 FFFF", "E300 0001 00", "E400 0000", "E500 0003 000000",
    "E600 FFFF", "E100 0002 0000", "E800 0002 0000", "E701 0010 000E",
    // Counts that the bytes do not bear out.
    "E200 0010 80000000 FFFF 0008 5079 0004 8000 0000",
    "E700 0010 000E 1238 0101 0008 0000 FFFFFFFF 0D1D",
    "E700 001A 0018 1238 0101 0012 0000 FFFFFFFF 0D1D 0008 F000 0000 FFFF 0000",
    "E700 001A 0018 1238 0101 0012 0000 FFFFFFFF 0D1C 0008 4000 FFFF 0002 0000",
    "E700 0020 001E 1238 0101 0018 0000 FFFFFFFF 0D1D 000E F000 0000 0001 0006 0001 FFFF 0062",
    "E700 0010 000E 0000 0203 0008 0000 FFFF 0002 0000", "E700 000A 0008 0000 0999 0002 0000",
  ])
  func `are damage, and the next good one is read`(_ text: String) {
    let bad = hex(text)
    let decoded = Decoded(model, [bad + event + event])
    #expect(decoded.account.damagedBytes >= bad.count)
    #expect(
      decoded.account.damagedBytes + decoded.account.framedBytes == bad.count + 2 * event.count)
    #expect(decoded.numbers.allSatisfy { $0 == Number(PHDCBytes.present(98, 72)) })
    // One of the two may be lost behind what looks like a header; never both.
    #expect(decoded.numbers.count >= 1)
    let separated = twoParts(bad, event)
    #expect(separated == [PHDCBytes.present(98, 72)])
  }

  /// What is said after the bad bytes, once silence has settled them.
  private func twoParts(_ bad: [UInt8], _ good: [UInt8]) -> [DriverOutput] {
    var visit = PHDCVisit(associatedWith: 0x0190)
    visit.say(bad)
    // Whatever they did to the association.
    visit.say(PHDCBytes.associationRequest(0x0190))
    let before = visit.readings.count
    visit.say(good)
    return Array(visit.readings.dropFirst(before))
  }

  @Test func `of the greatest length are taken, of one more not`() {
    let most = 9216 - PHDCBytes.event(0x0D1D, []).count
    for (padding, isTaken) in [(most, true), (most + 1, false)] {
      let bytes = PHDCBytes.event(0x0DFF, [UInt8](repeating: 0, count: padding))
      #expect(bytes.count == 9216 + (isTaken ? 0 : 1))
      let account = Decoded(model, [bytes]).account
      #expect(account.frames == (isTaken ? 1 : 0))
      #expect(account.pendingBytes == 0)
    }
  }

  @Test func `do not keep a good one waiting for bytes that never come`() {
    // A header that promises 9 kB.
    var visit = PHDCVisit(associatedWith: 0x0190)
    visit.say(hex("E700 2000 1FFE 0000") + event)
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
  }

  @Test func `of configurations beyond bounds are not supported`() {
    let object = PHDCBytes.oximeter[0]
    for (count, result) in [(32, 0), (33, 1), (150, 1)] {
      let visit = PHDCVisit(configuredWith: Array(repeating: object, count: count))
      let info = [0x40, 0x00] + PHDCBytes.u16(result)
      #expect(
        visit.outputs.contains {
          if case .send(let bytes) = $0 { bytes.suffix(4) == info } else { false }
        })
    }
    // A map of more values than one can have.
    let map = Array(repeating: (0x0A4C, 2), count: 9)
    let visit = PHDCVisit(configuredWith: [
      PHDCBytes.object(1, type: 0x4BB8, unit: 0x0220, map: map), PHDCBytes.oximeter[1],
    ])
    var after = visit
    after.report(PHDCBytes.fixed(1, String(repeating: "0062", count: 9)))
    #expect(after.readings.isEmpty)
  }

  @Test(arguments: seeds(30))
  func `made of good ones never trap and never make up a number`(_ seed: UInt64) {
    var random = Seeded(seed)
    let stamp = "2026031409000500"
    let good: [[UInt8]] = [
      PHDCBytes.associationRequest(0x0190), PHDCBytes.associationRequest(0x02BC),
      PHDCBytes.associationRequest(0x4000), event,
      PHDCBytes.event(0x0D1C, [0x40, 0] + PHDCBytes.list(PHDCBytes.oximeter)),
      PHDCBytes.event(0x0D1C, [0x40, 0] + PHDCBytes.list(PHDCMeanings.cuff(unit: 0x0F20))),
      PHDCBytes.event(
        0x0D1D, PHDCBytes.report([PHDCBytes.fixed(1, "0003 0006 0078 0050 0064" + stamp)])),
      hex("E400 0002 0000"), hex("E600 0002 0000"),
    ]
    var visit = PHDCVisit()
    var given = 0
    for _ in 0..<400 {
      var bytes = good.randomElement(using: &random)!
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.remove(at: Int.random(in: bytes.indices, using: &random))
      case 1:
        bytes.insert(
          UInt8.random(in: 0...255, using: &random),
          at: Int.random(in: bytes.indices, using: &random))
      case 2: bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &random)))
      default: break
      }
      given += bytes.count
      if !bytes.isEmpty { visit.say(bytes) }
    }
    #expect(visit.account.bytes == given)
    #expect(visit.account.pendingBytes == 0)
    for output in visit.readings {
      switch output {
      case .oximetry(let reading):
        #expect([98, nil].contains(reading.saturation?.percent))
        #expect([72, nil].contains(reading.pulseRate?.perMinute))
      case .stored(let reading):
        let pressure = BloodPressure(systolic: 120, diastolic: 80, mean: 100)!
        #expect(reading.value == .pressure(pressure))
      default: Issue.record("\(output)")
      }
    }
  }

  @Test(arguments: seeds(20))
  func `with any byte changed never trap`(_ seed: UInt64) {
    var random = Seeded(seed)
    let stream =
      PHDCBytes.associationRequest(0x4000)
      + PHDCBytes.event(0x0D1C, [0x40, 0] + PHDCBytes.list(PHDCBytes.oximeter))
      + PHDCBytes.call(0x0203, 0, [0, 0] + PHDCBytes.list([PHDCBytes.attribute(0x0987, [])]))
      + event
    for index in stream.indices {
      var visit = PHDCVisit()
      var bytes = stream
      bytes[index] = UInt8.random(in: 0...255, using: &random)
      visit.say(bytes)
      #expect(visit.account.bytes == bytes.count)
    }
  }
}
