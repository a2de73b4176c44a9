import Drivers
import TestKit
import Testing
import Vitals

/// What takes more than one frame of Nonin 2 and 7 to tell.
@Suite struct `Nonin's packets of 25 frames` {
  private func decode(_ frames: [NoninFrame]) throws -> [OximeterReading] {
    let model = try #require(Catalog.model(id: "nonin-2"))
    return Decoded(model, [frames.flatMap { $0.encoded(as: .two) }]).readings
  }

  /// A packet of 97 % at 72/min; `edit` changes its frames, numbered from 1.
  private func packet(_ edit: (Int, inout NoninFrame) -> Void = { _, _ in }) -> [NoninFrame] {
    (1...25).map { number in
      let float: UInt8 = [2: 72, 3: 97, 9: 97, 21: 72][number] ?? 0
      var frame = NoninFrame(
        status: number == 1 ? 0x81 : 0x80, pleth: UInt16(100 + number), float: float)
      edit(number, &frame)
      return frame
    }
  }

  @Test func `numbers come once a packet, the waveform with every frame`() throws {
    let readings = try decode(packet() + packet())
    #expect(readings.count == 50)
    #expect(readings.indices.filter { readings[$0].carriesNumerics } == [2, 28])
    #expect(readings.map(\.pleth) == (packet() + packet()).map(\.pleth))
  }

  @Test func `battery and SmartPoint come with the next numbers`() throws {
    let first = packet { number, frame in if number == 8 { frame.float = 0x21 } }
    let readings = try decode(first + packet() + packet())
    let statuses = readings.filter(\.carriesNumerics).map(\.status)
    #expect(statuses == [[], [.lowBattery, .highQuality], []])
  }

  @Test func `a finger that leaves is seen at once`() throws {
    let leaving = packet { number, frame in if number >= 7 { frame.status |= 0x08 } }
    let readings = try decode(packet() + leaving)
    let numerics = readings.indices.filter { readings[$0].carriesNumerics }
    #expect(numerics == [2, 28, 31])
    #expect(readings[31].status == .sensorOff)
    #expect(readings[31].saturation == nil)
    #expect(readings[31].pulseRate == nil)
  }

  @Test(arguments: [
    (UInt8(0x02), SignalStatus()), (0x06, .marginalPerfusion), (0x04, .lowPerfusion),
  ])
  func `a pulse is one beat and grades the perfusion until the next`(
    _ bits: UInt8, _ grade: SignalStatus
  ) throws {
    let beating = packet { number, frame in if number >= 5, number < 17 { frame.status |= bits } }
    let readings = try decode(beating + packet())
    #expect(readings.filter { $0.status.contains(.beat) }.count == 1)
    #expect(readings[4].status == grade.union(.beat))
    #expect(readings[27].status == grade)
    #expect(readings[28].saturation?.percent == 97)
  }

  /// Whole frames that are lost or doubled, without a pause and without a damaged byte.
  @Test(arguments: 1...25, [0, 2])
  func `a frame that is missing or comes twice brings no false number`(
    _ number: Int, _ copies: Int
  ) throws {
    var third = packet { number, frame in if number == 4 { frame.float = 48 } }
    let whole = third
    third.replaceSubrange(
      number - 1..<number, with: Array(repeating: third[number - 1], count: copies))
    let readings = try decode(whole + whole + third + whole + whole)
    let numbers = readings.filter { $0.saturation != nil }
    #expect(numbers.count >= 3)
    #expect(numbers.allSatisfy { $0.saturation?.percent == 97 && $0.pulseRate?.perMinute == 72 })
  }

  @Test(arguments: 1...3)
  func `damage in the first frames of a packet costs its numbers only`(_ number: Int) throws {
    var damaged = (packet() + packet() + packet()).map { $0.encoded(as: .two) }
    damaged[25 + number - 1][4] ^= 1
    let model = try #require(Catalog.model(id: "nonin-2"))
    #expect(Decoded(model, [damaged.flatMap(\.self)]).numbers.count == 2)
  }

  /// Found by inserting every value everywhere: one byte makes two false frames in a row.
  @Test func `a byte that makes false frames pass brings no false number`() throws {
    let model = try #require(Catalog.model(id: "nonin-7"))
    var bytes = hex(
      """
      A1 76 A0 01 B8 A0 73 80 03 96 A0 70 60 50 C0 A0 70 60 30 A0 A0 6D 40 00 4D
      A0 6A E8 00 F2 A0 68 90 00 98 A0 66 38 00 3E A0 63 E0 50 33 A0 61 88 50 D9
      """)
    #expect(Decoded(model, [bytes]).readings[2].saturation?.percent == 80)
    bytes.insert(0xE0, at: 11)
    #expect(Decoded(model, [bytes]).numbers.isEmpty)
  }

  @Test(arguments: ["nonin-2", "nonin-7"], 1...3)
  func `a frame that comes twice costs the numbers of its packet at most`(
    _ id: String, _ number: Int
  ) throws {
    let format: NoninFrame.Format = id == "nonin-2" ? .two : .seven
    var frames = packet() + packet() + packet()
    frames.insert(frames[25 + number - 1], at: 25 + number)
    let bytes = frames.flatMap { $0.encoded(as: format) }
    let numbers = Decoded(try #require(Catalog.model(id: id)), [bytes]).readings
      .filter(\.carriesNumerics)
    #expect((2...3).contains(numbers.count))
    #expect(numbers.allSatisfy { $0.saturation?.percent == 97 && $0.pulseRate?.perMinute == 72 })
  }

  @Test func `a pause behind which frames may be missing waits for the next packet`() throws {
    let driver = try #require(Catalog.model(id: "nonin-2")).makeDriver()
    let frames = packet() + packet()
    let first = frames[..<2].flatMap { $0.encoded(as: .two) }
    let rest = frames[3...].flatMap { $0.encoded(as: .two) }
    let script = Script(
      driver, [(.zero, .bytes(first)), (.milliseconds(500), .bytes(rest))], until: .seconds(1))
    let numbers = script.readings.filter(\.carriesNumerics)
    #expect(numbers.count == 1)
    #expect(numbers.allSatisfy { $0.saturation?.percent == 97 && $0.pulseRate?.perMinute == 72 })
  }
}
