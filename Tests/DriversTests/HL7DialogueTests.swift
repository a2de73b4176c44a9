import Drivers
import TestKit
import Testing
import Vitals

@Suite struct `The HL7 dialogue` {
  private let model = Catalog.model(id: "hl7")!
  private let good = [HL7Text.saturation, HL7Text.rate]

  @Test(
    arguments: [
      ("", "", ["AA 7"], ["AE 7"]), ("AL", "NE", ["CA 7"], ["CE 7"]),
      ("AL", "", ["CA 7"], ["CE 7"]),
      ("NE", "NE", [], []), ("ER", "NE", [], ["CE 7"]), ("SU", "NE", ["CA 7"], []),
      ("NE", "AL", ["AA 7"], ["AE 7"]), ("AL", "AL", ["CA 7", "AA 7"], ["CE 7", "AE 7"]),
      ("", "ER", [], ["AE 7"]),
    ] as [(String, String, [String], [String])])
  func `answers as it is asked to`(
    _ accept: String, _ application: String, _ isGood: [String], _ isBad: [String]
  ) {
    let header = HL7Text.header([10: "7", 15: accept, 16: application])
    var host = HL7Host()
    host.tell([header] + good)
    #expect(host.answers == isGood)
    host = HL7Host()
    host.tell([header.replacing("ORU^R01^ORU_R01", with: "ADT^A01^ADT_A01")])
    #expect(host.answers == isBad)
  }

  @Test func `writes a whole message back`() {
    var host = HL7Host()
    host.tell([HL7Text.header([10: "A\\T\\7"])] + good)
    let expected =
      "MSH|^~\\&|US|CLINIC|MON^0200AAFFFE000001^EUI-64|CLINIC|20260314101602-0500||ACK^R01^ACK|"
      + "CHAIRSIDE-1|P|2.6\rMSA|CA|A\\T\\7\r"
    #expect(host.outputs.last == .send([0x0B] + Array(expected.utf8) + [0x1C, 0x0D]))
    host.tell([HL7Text.header([9: "ORU^R01", 10: "8", 15: "", 16: ""])] + good)
    guard case .send(let bytes) = host.outputs.last else {
      Issue.record("no answer")
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("||ACK^R01|CHAIRSIDE-2|P|2.6\rMSA|AA|8\r"))
  }

  @Test func `reads a retry once and answers it twice`() {
    var host = HL7Host()
    host.tell([HL7Text.header] + good)
    host.tell([HL7Text.header] + good)
    #expect(host.readings.count == 1)
    #expect(host.answers == ["CA KC-1", "CA KC-1"])
    // Back on a new line, it still knows the message.
    host.tell(.closed)
    host.tell(.opened)
    host.tell([HL7Text.header] + good)
    #expect(host.readings.count == 1)
    // A monitor that never changes the id changes the time.
    host.tell([HL7Text.header([7: "20260314101603-0500"])] + good)
    #expect(host.readings.count == 2)
  }

  @Test func `is silent on a line that is not open, as a listener, and to an answer`() {
    var host = HL7Host(listening: true)
    host.tell([HL7Text.header] + good)
    #expect(host.readings.count == 1)
    #expect(host.answers.isEmpty)
    host = HL7Host()
    host.tell(.closed)
    host.tell([HL7Text.header] + good)
    #expect(host.answers.isEmpty)
    host = HL7Host()
    for type in ["ACK^R01^ACK", "ORA^R41^ORA_R41", "MCF"] {
      host.tell([HL7Text.header([9: type]), "MSA|CA|1"])
    }
    #expect(host.outputs.isEmpty)
    #expect(host.account.frames == 3)
  }

  @Test func `says nothing to a message that is not whole`() {
    var host = HL7Host()
    let whole = HL7Text.bytes([HL7Text.header] + good)
    host.tell(.bytes(Array(whole.dropLast(1))))
    #expect(host.outputs.isEmpty)
    // The next one begins: the first is damage.
    host.tell(.bytes(whole))
    #expect(host.readings.count == 1)
    #expect(host.account.damage.broken == whole.count - 1)
    #expect(host.account.pendingBytes == 0)
    // An end without its second byte, and silence in the middle.
    host.tell(.bytes(whole.dropLast(1) + [0x0A]))
    host.tell(.bytes(Array(whole.prefix(100))))
    host.tell(.bytes(Array(whole.dropFirst(100))), after: .seconds(4))
    #expect(host.readings.count == 1)
    #expect(host.account.frames == 1)
  }

  @Test func `drops a message without end at its limit`() {
    var host = HL7Host()
    let start = HL7Text.bytes([HL7Text.header] + good).dropLast(2)
    let endless = Array(start) + Array(repeating: UInt8(ascii: "A"), count: 200_000)
    for chunk in stride(from: 0, to: endless.count, by: 1000) {
      let end = min(chunk + 1000, endless.count)
      host.tell(.bytes(Array(endless[chunk..<end])), after: .zero)
      #expect(host.account.pendingBytes <= 65_536)
      #expect(host.account.bytes == end)
    }
    #expect(host.outputs.isEmpty)
    host.tell([HL7Text.header] + good)
    #expect(host.readings.count == 1)
    #expect(host.account.damagedBytes == endless.count)
  }

  @Test func `takes a long message of many segments`() {
    var host = HL7Host()
    let notes = (0..<1000).map { "NTE|\($0)||a remark of some length about nothing at all" }
    host.tell([HL7Text.header] + notes + good)
    #expect(host.readings == [OximeterReading(saturation: 97, pulseRate: 72)])
  }

  @Test func `gives up what it cannot repeat in an answer`() {
    var host = HL7Host()
    let long = String(repeating: "x", count: 10_000)
    host.tell([HL7Text.header([3: long, 9: "ORU^R01^\(long)"])] + good)
    guard case .send(let bytes) = host.outputs.last else {
      Issue.record("no answer")
      return
    }
    #expect(bytes.count < 200)
    host.tell([HL7Text.header([10: long])] + good)
    #expect(host.account.frames == 1)
  }

  // The simulator.

  private func patient(
    pressure: @escaping @Sendable (Instant) -> (at: Instant, pressure: BloodPressure)? = { _ in nil
    }
  ) -> SimulatedPatient {
    SimulatedPatient(
      oximetry: { _ in Course.reading(97, 72, 350) },
      determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) },
      lastPressure: pressure)
  }

  @Test func `goes on for ten minutes, a message a second`() {
    let first = Course.pressure(128, 79, 95, 71)
    let second = Course.pressure(142, 88, 104, 80)
    var bedside = Bedside(
      model,
      patient: patient { instant in
        instant < .seconds(60)
          ? nil : instant < .seconds(360) ? (.seconds(60), first) : (.seconds(360), second)
      })
    bedside.open()
    bedside.pass(.seconds(600))
    #expect(bedside.readings.count == 601)
    #expect(bedside.sent.count == 601)
    #expect(bedside.determinations == [.result(first), .result(second)])
    #expect(bedside.driver.account.damagedBytes == 0)
  }

  @Test func `hears the same message every 5 s until it answers`() {
    var simulator = model.makeSimulator(patient())
    var said: [(Instant, [UInt8])] = []
    simulator.handle(.opened, at: .zero) { said.append(($0, $1)) }
    simulator.advance(to: .seconds(12)) { said.append(($0, $1)) }
    #expect(said.map(\.0) == [.zero, .seconds(5), .seconds(10)])
    #expect(Set(said.map(\.1)).count == 1)
    // An answer to another message does not count, one in two chunks does.
    let answer = Array("\u{B}MSH|^~\\&|\rMSA|AA|SIM-1\r\u{1C}\r".utf8)
    simulator.handle(.bytes(Array("\u{B}MSA|AA|SIM-9\r\u{1C}\r".utf8)), at: .seconds(12)) {
      said.append(($0, $1))
    }
    simulator.handle(.bytes(Array(answer.prefix(20))), at: .seconds(12)) { said.append(($0, $1)) }
    simulator.handle(.bytes(Array(answer.dropFirst(20))), at: .seconds(12)) {
      said.append(($0, $1))
    }
    #expect(said.count == 3)
    simulator.advance(to: .seconds(13)) { said.append(($0, $1)) }
    #expect(said.map(\.0).last == .seconds(13))
    #expect(Set(said.map(\.1)).count == 2)
  }
}
