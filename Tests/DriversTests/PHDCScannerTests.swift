import Drivers
import TestKit
import Testing
import Vitals

/// Oximeters whose scanners report what changes, or report all the time.
@Suite struct `A scanner` {
  private let stamp = "2007120612100000"
  private let periodic = 0x0028
  private let episodic = 0x0037

  /// Numbers with a status and a stamp, as the scanners of 10404's examples have them.
  private func scanner(_ handle: Int, _ objectClass: Int) -> [UInt8] {
    let entry =
      PHDCBytes.u16(1)
      + PHDCBytes.list([
        hex("0A4C 0002"), hex("0947 0002"), hex("0990 0008"),
      ])
    let other = PHDCBytes.u16(10) + PHDCBytes.list([hex("0A4C 0002")])
    let fast = PHDCBytes.u16(3) + PHDCBytes.list([hex("0A4C 0002")])
    return PHDCBytes.u16(objectClass) + PHDCBytes.u16(handle)
      + PHDCBytes.list([
        PHDCBytes.attribute(0x0953, [0, 0]),
        PHDCBytes.attribute(0x0A53, PHDCBytes.list([entry, other, fast])),
      ])
  }

  private func visit(_ scanners: [[UInt8]]) -> PHDCVisit {
    let stamped = [
      PHDCBytes.object(1, type: 0x4BB8, unit: 0x0220, map: [(0x0A4C, 2), (0x0990, 8)]),
      PHDCBytes.object(10, type: 0x481A, unit: 0x0AA0, map: [(0x0A4C, 2), (0x0990, 8)]),
    ]
    var visit = PHDCVisit(configuredWith: stamped + scanners)
    _ = visit.answers()
    return visit
  }

  private func switchOn(_ handle: Int) -> [UInt8] {
    hex("E700 0016 0014 0001 0105 000E") + PHDCBytes.u16(handle)
      + hex("0001 0008 0000 0953 0002 0001")
  }

  @Test func `is switched on once we know who is there, the periodic one first`() {
    for (scanners, handle) in [
      ([scanner(episodic, 18)], episodic), ([scanner(periodic, 19)], periodic),
      ([scanner(episodic, 18), scanner(periodic, 19)], periodic),
    ] {
      var visit = visit(scanners)
      visit.answerIdentity(clock: "2026031409000000")
      #expect(visit.answers() == [switchOn(handle)])
      visit.say(
        PHDCBytes.call(
          0x0205, 1, PHDCBytes.u16(handle) + PHDCBytes.list([PHDCBytes.attribute(0x0953, [0, 1])])))
      visit.pass(.seconds(60))
      #expect(visit.answers().isEmpty)
    }
  }

  @Test func `is switched on even when nobody says who is there`() {
    var visit = visit([scanner(episodic, 18)])
    visit.pass(.seconds(3))
    #expect(visit.answers() == [switchOn(episodic)])
    // Without an answer the association is of no use: the agent may try another one.
    visit.pass(.seconds(3))
    #expect(visit.answers() == [hex("E600 0002 0002")])
  }

  @Test(arguments: [
    0x0D22, 0x0D23, 0x0D24, 0x0D25, 0x0D26, 0x0D27, 0x0D28, 0x0D29, 0x0D2A, 0x0D2B, 0x0D2C,
    0x0D2D,
  ])
  func `reports what is present in any form`(_ type: Int) {
    var visit = visit([scanner(episodic, 18)])
    let form = (type - 0x0D22) % 6
    var observations: [[UInt8]]
    switch form % 3 {
    case 0:
      observations = [
        PHDCBytes.named(1, [(0x0A4C, "0062"), (0x0990, stamp)]),
        PHDCBytes.named(10, [(0x0A4C, "0048"), (0x0990, stamp)]),
      ]
    case 1:
      // The first in the form of the scanner's map, the second in that of the object's.
      observations = [
        PHDCBytes.fixed(1, "0062 0000" + stamp), PHDCBytes.fixed(10, "0048" + stamp),
      ]
    default: observations = [PHDCBytes.octets(hex("0062 0000" + stamp + "0048 0050"))]
    }
    if form >= 3 {
      let people = form == 5 ? observations : [PHDCBytes.list(observations)]
      observations = people.map { [0, 1] + $0 }
    }
    visit.say(PHDCBytes.event(type, PHDCBytes.report(observations), handle: episodic))
    #expect(visit.answers() == [PHDCBytes.confirmation(type, handle: episodic)])
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
  }

  @Test func `reports the past where the agent's own clock proves it`() {
    var visit = visit([scanner(episodic, 18)])
    visit.answerIdentity(clock: "2007120612103000")
    visit.say(
      PHDCBytes.event(
        0x0D24,
        PHDCBytes.report([PHDCBytes.octets(hex("0062 0000" + stamp + "0048 0050"))]),
        handle: episodic))
    #expect(visit.readings.last == PHDCBytes.stored(98, 72, "2007-12-06T12:10:00"))
  }

  @Test func `that reports values for another map brings no number`() {
    var visit = visit([scanner(episodic, 18)])
    for values in ["0062 0000 0048 0050", "0062 0000" + stamp + "0048", ""] {
      visit.say(
        PHDCBytes.event(
          0x0D24, PHDCBytes.report([PHDCBytes.octets(hex(values))]), handle: episodic))
      #expect(visit.readings.isEmpty)
    }
    // And so does one that was never announced.
    visit.say(
      PHDCBytes.event(
        0x0D24, PHDCBytes.report([PHDCBytes.octets(hex("0062 0000" + stamp + "0048 0050"))]),
        handle: periodic))
    #expect(visit.readings.isEmpty)
  }
}
