import Drivers
import TestKit
import Testing
import Vitals

extension Contec08ARecord {
  init?(hex text: String) { self.init(hex(text).span) }
}

/// `protocols.md` 2.5.
@Suite struct `A record of Contec's 08A` {
  @Test(arguments: [
    (
      "82 80 94 D5 C8 E9 97 85 80 81 8D 89 80 91", Course.pressure(148, 85, 105, 72),
      "2023-05-01T13:09:00"
    ),
    (
      "82 80 92 D6 BA F1 97 85 80 82 8A 85 80 91", Course.pressure(146, 86, 113, 58),
      "2023-05-02T10:05:00"
    ),
    (
      "82 80 80 D0 BD E2 99 87 80 8F 8A 81 80 91", Course.pressure(128, 80, 98, 61),
      "2025-07-15T10:01:00"
    ),
  ])
  func `is the vector`(_ text: String, _ pressure: BloodPressure, _ time: String) throws {
    let record = try #require(Contec08ARecord(hex: text))
    #expect(record.encoded == hex(text))
    #expect(record.reading?.value == .pressure(pressure))
    #expect(record.reading?.deviceTime?.description == time)
    let written = try #require(
      record.reading?.deviceTime.flatMap { Contec08ARecord(pressure, at: $0) })
    #expect(written == record)
  }

  /// Only the mean can tell whether bit 1 of the first byte is the top bit of the pressure.
  @Test(
    arguments: [
      // 118/76 (91): below 128, and the mean says so.
      ("80 80 F6 CC C2 DB 97 85 80 81 8D 89 80 91", 118),
      // 118/76 (91) under a mark that always stands there: 246/76 it is not.
      ("82 80 F6 CC C2 DB 97 85 80 81 8D 89 80 91", nil),
      // 148/60 (90) without the mark: 20/60 it is not.
      ("80 80 94 BC C2 DA 97 85 80 81 8D 89 80 91", nil),
      // 154/20 (71) without the mark: 26/20 it is not, either.
      ("80 80 9A 94 C2 C7 97 85 80 81 8D 89 80 91", nil),
      // 180/110 (133): the mean has lost its top bit.
      ("82 80 B4 EE C2 85 97 85 80 81 8D 89 80 91", nil),
      // Another bit in the first byte may belong to another number.
      ("92 80 B4 EE C2 85 97 85 80 81 8D 89 80 91", nil),
      ("83 80 94 D5 C8 E9 97 85 80 81 8D 89 80 91", nil),
    ] as [(String, Int?)])
  func `is believed when its mean confirms it`(_ text: String, _ systolic: Int?) throws {
    let record = try #require(Contec08ARecord(hex: text))
    let pressure = record.reading.flatMap { $0.value.pressure }
    #expect(pressure?.systolic == systolic)
  }

  @Test func `has no pulse rate that may have lost its top bit`() throws {
    let slow = try #require(Contec08ARecord(hex: "82 80 94 D5 96 E9 97 85 80 81 8D 89 80 91"))
    let pressure = try #require(slow.reading.flatMap { $0.value.pressure })
    #expect(pressure.systolic == 148)
    #expect(pressure.pulseRate == nil)
  }

  @Test(arguments: [
    "02 80 94 D5 C8 E9 97 85 80 81 8D 89 80 91", "82 80 94 55 C8 E9 97 85 80 81 8D 89 80 91",
    "82 81 94 D5 C8 E9 97 85 80 81 8D 89 80 91", "82 80 94 D5 C8 E9 97 85 81 81 8D 89 80 91",
    "82 80 94 D5 C8 E9 97 85 80 81 8D 89 80 90", "82 80 94 D5 C8 E9 97 8D 80 81 8D 89 80 91",
    "82 80 94 D5 C8 E9 97 85 80 A0 8D 89 80 91", "82 80 94 D5 C8 E9 97 85 80 81 98 89 80 91",
    "82 80 94 D5 C8 E9 97 85 80 81 8D BC 80 91", "82 80 94 D5 C8 E9 97 85 80 81 8D 89 80",
  ])
  func `is none with a byte out of place`(_ text: String) {
    #expect(Contec08ARecord(hex: text) == nil)
  }
}

@Suite struct `The Contec 08A dialogue` {
  private let model = Catalog.model(id: "contec08a")!
  private let patient = SimulatedPatient(
    oximetry: { _ in nil },
    determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) },
    lastPressure: { $0 < .seconds(90) ? nil : (.seconds(90), Course.pressure(131, 82, 99, 70)) })

  private func padded(_ text: String) -> [UInt8] {
    let bytes = hex(text)
    return bytes + Array(repeating: 0, count: 64 - bytes.count)
  }

  @Test func `reads out all users, and what is new a minute later`() {
    var bedside = Bedside(model, patient: patient)
    bedside.open()
    bedside.pass(.seconds(10))
    let expected = [
      "40 8F FF FE FD FC", "40 8F FF FE FD FC", "42 8F FF FE FD FC", "43 41 01 04 02",
      "43 41 01 05 02", "43 41 01 06 02",
    ].map(padded)
    #expect(bedside.sent == expected)
    let old = [148, 146, 128, 118]
    #expect(bedside.stored.compactMap { $0.value.pressure?.systolic } == old)
    bedside.pass(.seconds(170))
    #expect(bedside.stored.compactMap { $0.value.pressure?.systolic } == old + [131])
    #expect(bedside.sent.count == 3 * expected.count)
    #expect(bedside.driver.account.damagedBytes == 0)
    #expect(bedside.outputs.contains { $0.output == .identified(DeviceIdentity(model: "08A")) })
    // Another connection, another read-out.
    bedside.close()
    bedside.pass(.seconds(300))
    #expect(bedside.sent.count == 3 * expected.count)
    bedside.open()
    bedside.pass(.seconds(10))
    #expect(bedside.stored.count == 10)
  }

  @Test func `tries again when nobody answers, and when the device is off`() {
    var sent: [(Instant, [UInt8])] = []
    play(model.makeDriver(), [], until: .seconds(30)) { sent.append(($0, $1)) }
    #expect(sent.count == 9)
    sent = []
    let off = [
      (Instant.seconds(1), padded("48 41 02 13 01 02")), (.seconds(1), padded("4A 43 00 00")),
      (.seconds(2), padded("82 80 94 D5 C8 E9 97 85 80 81 8D 89 80 91")),
    ]
    play(model.makeDriver(), off, until: .seconds(10)) { sent.append(($0, $1)) }
    #expect(sent.map(\.1).last == padded("43 41 01 04 02"))
    sent = []
    play(model.makeDriver(), off, until: .seconds(11)) { sent.append(($0, $1)) }
    #expect(sent.map(\.1).last == padded("40 8F FF FE FD FC"))
  }

  /// Nothing is stored of what was not asked for, and a lost report costs nothing but itself.
  private func play(
    _ prototype: some Driver, _ reports: [(Instant, [UInt8])], until end: Instant,
    send: (Instant, [UInt8]) -> Void
  ) {
    var driver = prototype
    func take(_ instant: Instant, _ output: DriverOutput) {
      if case .send(let bytes) = output { send(instant, bytes) }
      if case .stored = output { Issue.record("not asked for") }
    }
    driver.handle(.opened, at: .zero, emit: take)
    for (instant, report) in reports { driver.handle(.bytes(report), at: instant, emit: take) }
    driver.advance(to: end, emit: take)
  }

  @Test(.enabled(if: Captures.areHere, "the recordings are not on this machine"))
  func `reads a real one's records as the vendor's program does`() throws {
    let text = try Captures.text("contec08a_usb_trace.txt")
    let words: [Substring] = text.split(whereSeparator: { $0.isWhitespace || $0 == "|" })
    let bytes = words.filter { $0.count == 2 }.map { UInt8($0, radix: 16) ?? 0 }
    var records: [[UInt8]] = []
    for start in bytes.indices.dropLast(13) where bytes[start] >= 0x80 {
      let record = Array(bytes[start..<start + 14])
      if Contec08ARecord(record.span) != nil, !records.contains(record) { records.append(record) }
    }
    let decoded = Decoded(model, records.map { $0 + Array(repeating: 0, count: 50) })
    let rows = decoded.numbers.compactMap { number -> String? in
      guard case .stored(let reading) = number, let pressure = reading.value.pressure,
        let time = reading.deviceTime, let rate = pressure.pulseRate
      else { return nil }
      func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return
        "\(two(time.hour)):\(two(time.minute)),\(two(time.day))-\(two(time.month))-\(time.year),"
        + "\(pressure.systolic),\(pressure.diastolic),\(rate.perMinute),\(pressure.mean),"
    }
    let lines: [Substring] = text.split(whereSeparator: \.isNewline)
    let expected = lines.compactMap { line -> String? in
      let fields = line.split(separator: ",")
      guard fields.count > 7, fields[0].hasSuffix("+"), !line.contains("|") else { return nil }
      return fields[1...6].joined(separator: ",") + ","
    }
    #expect(rows.count == 8)
    #expect(rows == expected)
    #expect(decoded.account.damagedBytes == 0)
  }
}

extension StoredReading.Value {
  /// The blood pressure, if it is one.
  var pressure: BloodPressure? { if case .pressure(let one) = self { one } else { nil } }
}
