import Drivers
import TestKit
import Testing
import Vitals

/// The manager's end of the dialogue, with an agent played by hand.
@Suite struct `The IEEE 11073 manager` {
  private static let extended = PHDCBytes.oximeter
  private let numbers = [PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048")]
  private let abortUndefined = hex("E600 0002 0000")

  @Test func `says nothing before it is spoken to`() {
    var visit = PHDCVisit()
    visit.pass(.seconds(600))
    #expect(visit.outputs.isEmpty)
  }

  @Test(
    arguments: [
      (PHDCBytes.associationRequest(0x0190), 0), (PHDCBytes.associationRequest(0x0191), 0),
      (PHDCBytes.associationRequest(0x02BC), 0),
      // Other standard configurations of oximeters and cuffs, and agents' own.
      (PHDCBytes.associationRequest(0x0192), 3), (PHDCBytes.associationRequest(0x02BD), 3),
      (PHDCBytes.associationRequest(0x4000), 3), (PHDCBytes.associationRequest(0x7FFF), 3),
      // Scales, thermometers, and what is not assigned.
      (PHDCBytes.associationRequest(0x05DC), 1), (PHDCBytes.associationRequest(0x0320), 1),
      (PHDCBytes.associationRequest(0x0000), 1), (PHDCBytes.associationRequest(0x8000), 1),
      // Another manager.
      (PHDCBytes.associationRequest(0x0190, system: 0x8000), 1),
      (PHDCBytes.associationRequest(0x0190, protocolID: 0xFFFF), 4),
      (PHDCBytes.associationRequest(0x0190, version: 0x4000), 8),
    ] as [([UInt8], Int)])
  func `answers a request to associate`(_ request: [UInt8], _ result: Int) {
    var visit = PHDCVisit()
    visit.say(request)
    #expect(
      visit.answers() == [PHDCBytes.answer(result)] + (result == 0 ? [PHDCBytes.question()] : []))
    #expect(visit.readings.isEmpty)
  }

  @Test func `accepts a configuration, then asks who is there`() {
    var visit = PHDCVisit(configuredWith: PHDCBytes.oximeter)
    #expect(
      visit.answers() == [
        PHDCBytes.answer(3),
        hex("E700 0016 0014 1238 0201 000E 0000 FFFFFFFF 0D1C 0004 4000 0000"),
        PHDCBytes.question(),
      ])
    visit.say(
      PHDCBytes.call(
        0x0203, 0,
        [0, 0]
          + PHDCBytes.list([
            PHDCBytes.attribute(0x0928, hex("0005 4E6F6E696E 0004 39353630")),
            PHDCBytes.attribute(
              0x092D,
              hex("0002 001A 0001 0000 0008 4445313234353637 0005 0000 0006 312E3035 2020")),
            PHDCBytes.attribute(0x0984, hex("0008 001C0501000028A1")),
          ])))
    #expect(
      visit.outputs == [
        .identified(DeviceIdentity(model: "Nonin 9560", serial: "DE124567", firmware: "1.05"))
      ])
  }

  @Test func `refuses a configuration with nothing for it, and gives up after 10 s`() {
    let mass = PHDCBytes.object(1, type: 0xE140, unit: 0x06C3, map: [(0x0A56, 4)])
    var visit = PHDCVisit(configuredWith: [mass])
    #expect(
      visit.answers() == [
        PHDCBytes.answer(3),
        hex("E700 0016 0014 1238 0201 000E 0000 FFFFFFFF 0D1C 0004 4000 0001"),
      ])
    visit.pass(.seconds(9))
    #expect(visit.outputs.isEmpty)
    visit.pass(.seconds(1))
    #expect(visit.outputs == [.send(hex("E600 0002 0003"))])
  }

  @Test func `gives up an agent that sends no configuration for 10 s`() {
    var visit = PHDCVisit(associatedWith: 0x4000)
    _ = visit.answers()
    visit.pass(.milliseconds(9949))
    #expect(visit.outputs.isEmpty)
    visit.pass(.milliseconds(51))
    #expect(visit.answers() == [hex("E600 0002 0003")])
    visit.pass(.seconds(60))
    #expect(visit.outputs.isEmpty)
    // And takes it when it tries again.
    visit.say(PHDCBytes.associationRequest(0x0190))
    #expect(visit.answers().first == PHDCBytes.answer(0))
  }

  @Test(arguments: [0x0D1D, 0x0D1E, 0x0D1F, 0x0D20])
  func `confirms a report under its own number`(_ type: Int) {
    var visit = PHDCVisit(associatedWith: 0x0190)
    _ = visit.answers()
    let isNamed = type == 0x0D1E || type == 0x0D20
    let observations =
      isNamed
      ? [PHDCBytes.named(1, [(0x0A4C, "0062")]), PHDCBytes.named(10, [(0x0A4C, "0048")])]
      : numbers
    let report =
      type < 0x0D1F
      ? PHDCBytes.report(observations)
      : PHDCBytes.report([[0, 1] + PHDCBytes.list(observations)])
    visit.say(PHDCBytes.event(type, report, invokeID: 0xBEEF))
    #expect(visit.answers() == [PHDCBytes.confirmation(type, invokeID: 0xBEEF)])
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
    // An event that asks for no confirmation gets none.
    var unconfirmed = PHDCBytes.event(type, report)
    unconfirmed[9] = 0
    visit.say(unconfirmed)
    #expect(visit.answers().isEmpty)
    #expect(visit.readings.count == 2)
  }

  @Test func `reads nothing from an agent that is not associated, and tells it so`() {
    var visit = PHDCVisit()
    visit.say(PHDCBytes.event(0x0D1D, PHDCBytes.report(numbers)))
    #expect(visit.outputs == [.send(abortUndefined)])
  }

  @Test func `reads nothing before it knows the configuration`() {
    var visit = PHDCVisit(associatedWith: 0x4000)
    _ = visit.answers()
    visit.say(PHDCBytes.event(0x0D1D, PHDCBytes.report(numbers)))
    #expect(visit.outputs == [.send(abortUndefined)])
  }

  @Test(arguments: [
    ("E400 0002 0000", "E500 0002 0000"), ("E600 0002 0000", ""), ("E600 0002 0002", ""),
  ])
  func `ends an association when told so`(_ end: String, _ answer: String) {
    var visit = PHDCVisit(associatedWith: 0x0190)
    _ = visit.answers()
    visit.say(hex(end))
    #expect(visit.answers() == (answer.isEmpty ? [] : [hex(answer)]))
    visit.say(PHDCBytes.event(0x0D1D, PHDCBytes.report(numbers)))
    #expect(visit.outputs == [.send(abortUndefined)])
  }

  @Test func `forgets an association when the line is lost`() {
    var visit = PHDCVisit(associatedWith: 0x0190)
    _ = visit.answers()
    visit.reopen()
    visit.say(PHDCBytes.event(0x0D1D, PHDCBytes.report(numbers)))
    #expect(visit.outputs == [.send(abortUndefined)])
    visit.say(PHDCBytes.associationRequest(0x0190))
    visit.say(PHDCBytes.event(0x0D1D, PHDCBytes.report(numbers)))
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
  }

  @Test func `takes an agent that asks anew at its word`() {
    // Handle 1 is a saturation, and after the second request a blood pressure.
    var visit = PHDCVisit(associatedWith: 0x0190)
    visit.report(PHDCBytes.fixed(1, "0062"))
    visit.say(PHDCBytes.associationRequest(0x02BC))
    visit.report(PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048"))
    #expect(
      visit.readings == [.oximetry(OximeterReading(saturation: Saturation(percent: 98)))])
  }

  @Test func `goes on without an identity when nobody answers`() {
    var visit = PHDCVisit(associatedWith: 0x0190)
    visit.pass(.seconds(20))
    #expect(visit.answers() == [PHDCBytes.answer(0), PHDCBytes.question()])
    visit.report(PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048"))
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
    // An answer that comes too late, or to another question, is nobody's.
    visit.answerIdentity(clock: "2026031409000000")
    visit.answerIdentity(clock: "2026031409000000", invokeID: 7)
    #expect(visit.readings.count == 1)
  }

  @Test(arguments: [
    // Get, confirmed set, confirmed action: what only a manager asks. A segment of a memory.
    (PHDCBytes.call(0x0103, 5, hex("0000 0000 0000")), true),
    (PHDCBytes.call(0x0105, 5, hex("0037 0001 0008 0000 0953 0002 0001")), true),
    (PHDCBytes.call(0x0107, 5, hex("0000 0C1B 0000")), true),
    (PHDCBytes.event(0x0D21, [0, 0, 0, 0], invokeID: 5), true),
    (PHDCBytes.call(0x0104, 5, hex("0037 0001 0008 0000 0953 0002 0001")), false),
    (PHDCBytes.call(0x0300, 5, hex("0001 0000")), false),
    (hex("E300 0006 0000 5079 0000"), false), (hex("E500 0002 0000"), false),
  ])
  func `refuses politely what is not for it`(_ bytes: [UInt8], _ isRefused: Bool) {
    var visit = PHDCVisit(associatedWith: 0x0190)
    _ = visit.answers()
    visit.say(bytes)
    #expect(
      visit.outputs == (isRefused ? [.send(hex("E700 000C 000A 0005 0300 0004 0001 0000"))] : []))
    visit.report(PHDCBytes.fixed(1, "0062"), PHDCBytes.fixed(10, "0048"))
    #expect(visit.readings == [PHDCBytes.present(98, 72)])
  }
}
