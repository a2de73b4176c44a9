import Drivers
import TestKit
import Testing
import Vitals

/// The frames and values of `protocols.md` 3.1 and of `protocol-vectors.json`.
@Suite struct `IntelliVue frames` {
  @Test(arguments: [
    (
      IntelliVueRequest.associate,
      """
      C0 11 01 00 EE 0D EC 05 08 13 01 00 16 01 02 80 00 14 02 00 02 7D E1 DC 31 80 A0 80 80 01 01
      00 00 A2 80 A0 03 00 00 01 A4 80 30 80 02 01 01 06 04 52 01 00 01 30 80 06 02 51 01 00 00 00
      00 30 80 02 01 02 06 0C 2A 86 48 CE 14 02 01 00 00 00 01 01 30 80 06 0C 2A 86 48 CE 14 02 01
      00 00 00 02 01 00 00 00 00 00 00 61 80 30 80 02 01 01 A0 80 60 80 A1 80 06 0C 2A 86 48 CE 14
      02 01 00 00 00 03 01 00 00 BE 80 28 80 06 0C 2A 86 48 CE 14 02 01 00 00 00 01 01 02 01 02 81
      48 80 00 00 00 40 00 00 00 00 00 00 00 80 00 00 00 20 00 00 00 00 00 00 00 00 01 00 2C 00 01
      00 28 80 00 00 00 00 00 09 C4 00 00 09 C4 00 00 03 E8 FF FF FF FF 60 00 00 00 00 01 00 0C F0
      01 00 08 8C 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 E8 B4 C1
      """
    ),
    (
      .release,
      """
      C0 11 01 00 1A 09 18 7D E1 16 61 80 30 80 02 01 01 A0 80 62 80 80 01 00 00 00 00 00 00 00 00
      00 41 08 C1
      """
    ),
    (
      .confirm(invoke: 1, type: 0x0D06),
      """
      C0 11 01 00 1C E1 00 00 02 00 02 00 14 00 01 00 01 00 0E 00 21 00 00 00 00 00 00 00 00 0D 06
      00 00 C3 09 C1
      """
    ),
    (
      .poll(number: 1),
      """
      C0 11 01 00 24 E1 00 00 02 00 01 00 1C 00 01 00 07 00 16 00 21 00 00 00 00 00 00 00 00 0C 16
      00 08 00 01 00 01 00 06 00 00 C6 C7 C1
      """
    ),
  ])
  func `of requests`(_ request: IntelliVueRequest, _ text: String) {
    #expect(request.encoded == hex(text))
  }

  @Test func `without a payload`() {
    #expect(IntelliVueFrame.encode([]) == hex("C0 11 01 00 00 18 79 C1"))
    #expect(IntelliVueFrame.payload(of: hex("C0 11 01 00 00 18 79 C1").span)?.isEmpty == true)
  }

  @Test(arguments: [
    "C0 11 01 00 00 18 78 C1", "C0 11 01 00 01 18 79 C1", "C0 11 02 00 00 18 79 C1",
    "C0 11 01 00 00 18 79 7D C1", "C0 11 01 00 00 18 79", "C0 C1", "C0", "",
  ])
  func `that are damaged carry nothing`(_ text: String) {
    #expect(IntelliVueFrame.payload(of: hex(text).span) == nil)
  }

  @Test func `carry what was put in, whatever must be escaped`() {
    for seed in seeds(50) {
      var random = Seeded(seed)
      var payload = random.bytes(Int.random(in: 0...2500, using: &random))
      for index in payload.indices where index.isMultiple(of: 3) {
        payload[index] = [0xC0, 0xC1, 0x7D].randomElement(using: &random) ?? 0
      }
      #expect(IntelliVueFrame.payload(of: IntelliVueFrame.encode(payload).span) == payload)
    }
  }

  @Test func `of the greatest length, all of it escaped, are read`() throws {
    let model = try #require(Catalog.model(id: "intellivue"))
    let longest = IntelliVueFrame.encode([UInt8](repeating: 0xC0, count: 2500))
    let account = Decoded(model, longest.map { [$0] }).account
    #expect(account.frames == 1)
    #expect(account.framedBytes == longest.count)
    let tooLong = IntelliVueFrame.encode([UInt8](repeating: 0xC0, count: 2501))
    #expect(Decoded(model, [tooLong]).account.frames == 0)
  }

  static let values: [(String, IntelliVueValue.ID, IntelliVueValue.State, Double?)] = [
    ("4BB8 0000 0220 FF0003D6", .saturation, [], 98.2),
    ("4BB8 0400 0220 FF0003B6", .saturation, .demonstration, 95),
    ("4BB8 0000 0220 FF0003B6", .saturation, [], 95),
    ("4BB8 8000 0220 007FFFFF", .saturation, .invalid, nil),
    ("4A05 0000 0F20 0000007A", .systolic, [], 122),
    ("4A06 0000 0F20 00000052", .diastolic, [], 82),
    ("4A07 0000 0F20 0000005B", .mean, [], 91),
    ("4822 0001 0AA0 0000003C", .pulse, IntelliVueValue.State(rawValue: 1), 60),
    ("4A05 2000 0F20 007FFFFF", .systolic, .unavailable, nil),
    // NRes, both infinities, the reserved one; a negative number; exponents at the edge.
    ("4BB0 0000 0200 00800000", .perfusion, [], nil),
    ("4BB0 0000 0200 007FFFFE", .perfusion, [], nil),
    ("4BB0 0000 0200 00800002", .perfusion, [], nil),
    ("4BB0 0000 0200 00800001", .perfusion, [], nil),
    ("4BB0 0000 0200 FEFFFF9C", .perfusion, [], -1),
    ("4BB0 0000 0200 02000003", .perfusion, [], 300),
    ("4BB0 0000 0200 7F000001", .perfusion, [], nil),
    ("4BB0 0000 0200 80000001", .perfusion, [], nil),
  ]

  @Test(arguments: values)
  func `hold values`(
    _ text: String, _ id: IntelliVueValue.ID, _ state: IntelliVueValue.State, _ number: Double?
  ) throws {
    let value = try #require(IntelliVueValue(hex: text))
    #expect(value.id == id)
    #expect(value.state == state)
    #expect(value.number == number)
    #expect(value.encoded == hex(text))
  }

  @Test func `of fewer than ten bytes hold no value`() {
    #expect(IntelliVueValue(hex: "4BB8 0000 0220 FF0003") == nil)
  }
}

extension IntelliVueValue {
  init?(hex text: String) { self.init(hex(text).span) }
}
