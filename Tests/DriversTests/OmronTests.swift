import Drivers
import TestKit
import Testing
import Vitals

/// `protocols.md` 2.6.
@Suite struct `A reading of Omron's` {
  private let model = Catalog.model(id: "omron-790it")!

  @Test(arguments: [
    ("07 01 01 00 06 26 00 00 7B 4E 57 00 00", 123, 78, 87, "2007-01-01T00:06:38"),
    ("07 01 02 00 08 26 00 00 78 49 43 00 00", 120, 73, 67, "2007-01-02T00:08:38"),
    ("08 04 15 10 0A 2E 00 00 81 4E 4D 00 00", 129, 78, 77, "2008-04-21T16:10:46"),
    ("07 01 03 00 06 33 00 00 70 4B 47 00 00", 112, 75, 71, "2007-01-03T00:06:51"),
  ])
  func `is the vector`(
    _ text: String, _ systolic: Int, _ diastolic: Int, _ rate: Int, _ time: String
  ) throws {
    let data = hex(text)
    let reading = try #require(OmronReading(data))
    #expect(reading.encoded == data)
    let pressure = try #require(reading.reading?.value.pressure)
    #expect([pressure.systolic, pressure.diastolic] == [systolic, diastolic])
    #expect(pressure.pulseRate?.perMinute == rate)
    #expect(pressure.measuredMean == nil)
    #expect(reading.reading?.deviceTime?.description == time)
    #expect(OmronReading(pressure, at: reading.time) == reading)
    // On the wire: three reports, with the check byte behind the data.
    let bytes = hex("4F 4B 00") + data + [data.reduce(0, ^)]
    #expect(Decoded(model, reports(bytes)).numbers == [.stored(try #require(reading.reading))])
    for index in 3..<bytes.count {
      var damaged = bytes
      damaged[index] ^= 0x10
      let decoded = Decoded(model, reports(damaged))
      #expect(decoded.numbers.isEmpty)
      #expect(decoded.account.frames == 0)
    }
  }

  @Test func `is none of another length, at an impossible time, or without a pressure`() throws {
    #expect(OmronReading(hex("07 01 01 00 06 26 00 00 7B 4E 57 00")) == nil)
    #expect(OmronReading(hex("07 0D 01 00 06 26 00 00 7B 4E 57 00 00")) == nil)
    #expect(OmronReading(hex("07 01 01 18 06 26 00 00 7B 4E 57 00 00")) == nil)
    let empty = try #require(OmronReading(hex("07 01 01 00 06 26 00 00 00 00 00 00 00")))
    #expect(empty.reading == nil)
  }

  private func reports(_ bytes: [UInt8]) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: 7).map { start in
      let part = bytes[start..<min(start + 7, bytes.count)]
      return [UInt8(part.count)] + part + Array(repeating: 0x5A, count: 7 - part.count)
    }
  }
}

@Suite struct `The Omron dialogue` {
  private let model = Catalog.model(id: "omron-790it")!

  private func patient(_ pressure: BloodPressure?) -> SimulatedPatient {
    SimulatedPatient(
      oximetry: { _ in nil },
      determination: { _ in SimulatedDetermination(duration: .zero, outcome: .aborted) },
      lastPressure: { _ in pressure.map { (.seconds(-30), $0) } })
  }

  @Test func `reads out the memory once, the oldest first`() throws {
    var bedside = Bedside(model, patient: patient(Course.pressure(131, 82, 99, 70)))
    bedside.open()
    bedside.pass(.seconds(600))
    #expect(bedside.stored.compactMap { $0.value.pressure?.systolic } == [120, 123, 129, 131])
    #expect(bedside.stored.last?.deviceTime?.description == "2026-03-14T09:00:00")
    let identity = DeviceIdentity(model: "M7080IT", serial: "06000000000000", firmware: "207")
    #expect(bedside.outputs.map(\.output).filter { $0 == .identified(identity) }.count == 1)
    #expect(bedside.driver.account.damagedBytes == 0)
    #expect(bedside.driver.nextDeadline == nil)

    let features = bedside.outputs.compactMap {
      if case .sendFeature(let bytes) = $0.output { bytes } else { nil }
    }
    #expect(features == [hex("01 01"), hex("74 BC")])
    #expect(bedside.sent.allSatisfy { $0.count == 8 && $0[0] <= 7 })
    #expect(
      commands(bedside.sent).map(name) == [
        "zeros", "VER", "PRF", "SRL", "zeros", "zeros", "GDC 0", "GME 0 3", "GME 0 2", "GME 0 1",
        // "NO": the same again.
        "GME 0 0", "GME 0 0", "GDC 1", "GDC 2", "END",
      ])
    bedside.close()
    bedside.open()
    bedside.pass(.seconds(600))
    #expect(bedside.stored.count == 8)
  }

  @Test func `ends a read-out of nothing`() {
    var heard: [DriverOutput] = []
    drive(model.makeDriver(), until: .seconds(60), heard: &heard) { command in
      switch name(command) {
      case "zeros": [reply("4F 4B")]
      case "VER": reply(data: Array("M7080IT 207".utf8))
      case "PRF": reply(data: Array("0010100000".utf8))
      case "SRL": reply(data: hex("06 00 00 00 00 00 00"))
      case "GDC 0", "GDC 1", "GDC 2": reply(data: hex("00 0F 00 00"))
      case "END": [reply("4F 4B"), reply("4F 46 46 0D 0A")]
      default: []
      }
    }
    #expect(stored(heard).isEmpty)
    #expect(commands(sent(heard)).map(name).last == "END")
  }

  @Test func `asks again for what is refused, damaged or lost, and then goes on without it`() {
    var heard: [DriverOutput] = []
    var asked: [String: Int] = [:]
    let good = hex("07 01 01 00 06 26 00 00 7B 4E 57 00 00")
    drive(model.makeDriver(), until: .seconds(120), heard: &heard) { command in
      let name = name(command)
      asked[name, default: 0] += 1
      switch name {
      case "zeros": return [reply("4F 4B")]
      case "VER": return reply(data: Array("M7080IT 207".utf8))
      case "PRF": return asked[name] == 1 ? [] : reply(data: Array("0010100000".utf8))
      case "SRL": return reply(data: hex("06 00 00 00 00 00 00"))
      case "GDC 0": return reply(data: hex("00 13 00 04"))
      case "GDC 1": return reply(data: hex("00 13 FF FF"))
      case "GME 0 3":
        var damaged = reply(data: good)
        damaged[1][3] ^= 1
        return asked[name] == 1 ? damaged : reply(data: good)
      // The same once more is no other reading.
      case "GME 0 2": return reply(data: good)
      // An answer to another question.
      case "GME 0 1": return reply(data: hex("00 13 00 04"))
      case "GME 0 0": return [reply("4E 4F")]
      default: return []
      }
    }
    #expect(stored(heard).count == 1)
    #expect(asked["PRF"] == 2)
    #expect(asked["GME 0 3"] == 2)
    #expect(asked["GME 0 2"] == 1)
    #expect(asked["GME 0 1"] == 8)
    #expect(asked["GME 0 0"] == 8)
    #expect(asked["GDC 1"] == 8)
    #expect(asked["GDC 2"] == 8)
    #expect(asked["END"] == 8)
  }

  @Test func `knocks for 6 s and rests for 30 when nobody answers`() {
    var heard: [DriverOutput] = []
    drive(model.makeDriver(), until: .seconds(35), heard: &heard) { _ in [] }
    #expect(sent(heard).count == 20 * 5)
    drive(model.makeDriver(), until: .seconds(37), heard: &heard) { _ in [] }
    #expect(sent(heard).count == 20 * 5 + 20 * 5 + 4 * 5)
  }

  @Test(
    .enabled(if: Captures.areHere, "the recordings are not on this machine"),
    arguments: Recorded.all)
  func `understands a real one`(_ recorded: Recorded) throws {
    let log = try recorded.log()
    var driver = model.makeListener()
    var outputs: [DriverOutput] = []
    for (index, entry) in log.enumerated() where entry.kind == "IN" {
      // They come every 15 ms or more; a reply ends with silence.
      driver.handle(.bytes(entry.bytes), at: .milliseconds(Int64(index) * 60)) {
        outputs.append($1)
      }
    }
    driver.advance(to: .seconds(60)) { outputs.append($1) }
    #expect(driver.account.damagedBytes == 0)
    #expect(driver.account.pendingBytes == 0)
    #expect(driver.account.bytes == 8 * log.filter { $0.kind == "IN" }.count)
    #expect(stored(outputs).map(\.text) == recorded.readings)
  }

  @Test(
    .enabled(if: Captures.areHere, "the recordings are not on this machine"),
    arguments: Recorded.all)
  func `says to a real one what the vendor's program says`(_ recorded: Recorded) throws {
    let log = try recorded.log()
    var position = 0
    var unknown: Set<String> = []
    var heard: [DriverOutput] = []
    drive(
      model.makeDriver(), until: .seconds(60), heard: &heard,
      feature: { feature in
        // The vendor's program asks who it is twice; the value for daily mode varies.
        let isIdentity = feature == [1, 1]
        let isNext: (Recorded.Entry) -> Bool = {
          $0.kind == "FEATURE" && ($0.bytes.prefix(2) == [1, 1]) == isIdentity
        }
        guard let next = log[position...].firstIndex(where: isNext) else {
          Issue.record("no such feature")
          return
        }
        position = next
      },
      answer: { command in
        let reports = cut(command).map { $0.prefix(Int($0[0]) + 1) }
        let outs = log.indices.filter { $0 >= position && log[$0].kind == "OUT" }
        let found = outs.indices.first { start in
          start + reports.count <= outs.count
            && zip(outs[start...], reports).allSatisfy { index, report in
              log[index].bytes.starts(with: report)
            }
        }
        guard let found else {
          unknown.insert(name(command))
          return []
        }
        position = outs[found + reports.count - 1] + 1
        return log[position...].prefix { $0.kind != "OUT" }.filter { $0.kind == "IN" }.map(\.bytes)
      })
    #expect(stored(heard).map(\.text) == recorded.readings)
    // The vendor's program asks for the first user alone.
    #expect(unknown == ["GDC 1", "GDC 2"])
    #expect(commands(sent(heard)).map(name).last == "END")
  }
}

/// A recording of the vendor's program and what was in the device's memory.
struct Recorded: Sendable, CustomTestStringConvertible {
  struct Entry {
    let kind: Substring
    let bytes: [UInt8]
  }

  let file: String
  let readings: [String]

  static let all = [
    Recorded(file: "790IT_Cleared", readings: []),
    Recorded(file: "790IT_OneReading", readings: ["2008-04-21T16:10:46 129/78 77"]),
    Recorded(
      file: "790IT_TwoReadings",
      readings: ["2008-04-21T16:10:46 129/78 77", "2008-04-21T16:18:38 119/79 79"]),
    Recorded(file: "1_1_07_OneReading", readings: ["2007-01-01T00:06:38 123/78 87"]),
    Recorded(
      file: "1_2_07_TwoReadings",
      readings: ["2007-01-01T00:06:38 123/78 87", "2007-01-02T00:08:38 120/73 67"]),
  ]

  var testDescription: String { file }

  func log() throws -> [Entry] {
    try Captures.text("omron790it/\(file).txt").split(whereSeparator: \.isNewline).map { line in
      let words = line.split(separator: " ")
      return Entry(kind: words[1], bytes: words[2...].map { UInt8($0, radix: 16) ?? 0 })
    }
  }
}

extension StoredReading {
  fileprivate var text: String {
    guard let pressure = value.pressure, let deviceTime else { return "" }
    return "\(deviceTime) \(pressure.systolic)/\(pressure.diastolic) "
      + "\(pressure.pulseRate?.perMinute ?? 0)"
  }
}

// The device's end, by hand.

private func cut(_ bytes: [UInt8]) -> [[UInt8]] {
  stride(from: 0, to: bytes.count, by: 7).map { start in
    let part = bytes[start..<min(start + 7, bytes.count)]
    return [UInt8(part.count)] + part + Array(repeating: 0, count: 7 - part.count)
  }
}

private func reply(_ text: String) -> [UInt8] { cut(hex(text))[0] }

private func reply(data: [UInt8]) -> [[UInt8]] {
  cut(hex("4F 4B 00") + data + [data.reduce(0, ^)])
}

private func sent(_ outputs: [DriverOutput]) -> [[UInt8]] {
  outputs.compactMap { if case .send(let bytes) = $0 { bytes } else { nil } }
}

private func stored(_ outputs: [DriverOutput]) -> [StoredReading] {
  outputs.compactMap { if case .stored(let one) = $0 { one } else { nil } }
}

/// The commands in a row of reports: each ends with a report that is not full.
private func commands(_ reports: [[UInt8]]) -> [[UInt8]] {
  var commands: [[UInt8]] = [[]]
  for report in reports {
    commands[commands.count - 1] += report[1..<1 + Int(report[0])]
    if report[0] < 7 { commands.append([]) }
  }
  return commands.dropLast()
}

private func name(_ command: [UInt8]) -> String {
  guard command.contains(where: { $0 != 0 }) else { return command.count == 30 ? "zeros" : "?" }
  let letters = String(decoding: command.prefix(3), as: UTF8.self)
  guard command.count == 8 else { return letters }
  let isReading = letters == "GME"
  guard command[3...].reduce(0, ^) == 0 else { return "?" }
  return "\(letters) \(command[4])" + (isReading ? " \(command[6])" : "")
}

/// Lets a driver talk to a device that answers each whole command 50 ms later.
private func drive(
  _ prototype: some Driver, until end: Instant, heard: inout [DriverOutput],
  feature: ([UInt8]) -> Void = { _ in }, answer: ([UInt8]) -> [[UInt8]]
) {
  var driver = prototype
  var outputs: [DriverOutput] = []
  var taken = 0
  var now = Instant.zero
  driver.handle(.opened, at: now) { outputs.append($1) }
  while now < end {
    var command: [UInt8] = []
    var reports: [[UInt8]] = []
    for output in outputs[taken...] {
      if case .sendFeature(let bytes) = output { feature(bytes) }
      guard case .send(let report) = output else { continue }
      command += report[1..<1 + Int(report[0])]
      guard report[0] < 7 else { continue }
      reports += answer(command)
      command = []
    }
    taken = outputs.count
    now = now + .milliseconds(50)
    if reports.isEmpty {
      driver.advance(to: now) { outputs.append($1) }
    } else {
      for report in reports { driver.handle(.bytes(report), at: now) { outputs.append($1) } }
    }
  }
  heard += outputs
}
