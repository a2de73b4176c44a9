import Testing
import Vitals

@Suite struct `Names and codes` {
  @Test func `a plain name is 1 to 15 letters, digits, - and _, over every byte`() {
    for byte in UInt8.min...UInt8.max {
      let name = String(decoding: [UInt8(ascii: "a"), byte], as: UTF8.self)
      let character = Character(UnicodeScalar(byte))
      let isPlain =
        character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
      #expect((ChairID(name) != nil) == isPlain, "\(byte)")
      #expect((StaffID(name) != nil) == isPlain, "\(byte)")
    }
    #expect(ChairID("") == nil)
    #expect(ChairID("123456789012345")?.name.count == 15)
    #expect(ChairID("1234567890123456") == nil)
    #expect(ChairID("é") == nil)
  }

  @Test func `nobody can name a chair after the ward`() {
    #expect(ChairID("*") == nil)
    #expect(ChairID.ward.description == "*")
    #expect(Slot(ChairID("C07")!, .oximeter).description == "C07/ox")
  }

  @Test func `every mark of a signal has a name, once`() {
    #expect(Set(SignalStatus.names).count == SignalStatus.names.count)
    for name in SignalStatus.names { #expect(SignalStatus(name: name)?.names == [name]) }
    #expect(SignalStatus(name: "finger") == nil)
    #expect(SignalStatus(rawValue: 1 << 14).names == ["lowConfidence"])
    #expect(SignalStatus(rawValue: 0x8000).names == ["underCuff"])
    #expect(SignalStatus.names.count == 16)
  }

  /// The table of `clinical.md` 5.2, number for number.
  @Test(arguments: [
    (Codes.saturation, "59408-5", 150_456, "%"), (.pulseRate, "8889-8", 149_530, "/min"),
    (.perfusionIndex, "61006-3", 150_488, "%"), (.systolic, "8480-6", 150_021, "mm[Hg]"),
    (.diastolic, "8462-4", 150_022, "mm[Hg]"), (.mean, "8478-0", 150_023, "mm[Hg]"),
    (.cuffPulseRate, "8867-4", 149_546, "/min"), (.respiration, "9279-1", 151_562, "/min"),
  ])
  func `a code is the field's`(code: Codes, loinc: String, mdc: Int, ucum: String) {
    #expect(code.loinc == loinc && code.mdc == UInt32(mdc) && code.ucum == ucum)
  }

  @Test func `every code is in the table above`() { #expect(Codes.allCases.count == 8) }
}
