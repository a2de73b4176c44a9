import Lines
import Testing

@Suite struct LineSettingsTests {
  @Test(arguments: LineSettings.bauds)
  func `every frame at every speed reads back`(_ baud: Int) throws {
    for bits in [7, 8] {
      for parity in LineSettings.Parity.allCases {
        for stop in [1, 2] {
          let text = "\(baud) \(bits)\(parity.rawValue)\(stop)"
          let settings = try LineSettings(text)
          #expect(settings.description == text)
          #expect(settings.baud == baud)
          #expect(settings.dataBits == bits)
          #expect(settings.parity == parity)
          #expect(settings.stopBits == stop)
        }
      }
    }
  }

  @Test func `letters may be small`() throws {
    #expect(try LineSettings("9600 8n1") == LineSettings("9600 8N1"))
  }

  @Test(arguments: [
    ("", "wants two words, such as 19200 8O1"),
    ("19200", "wants two words, such as 19200 8O1"),
    ("19200 8O1 rtscts", "wants two words, such as 19200 8O1"),
    ("19201 8O1", "19201 baud is not one of 1200 1800 2400"),
    ("fast 8O1", "fast baud is not one of"),
    ("9600 8N", "8N is not like 8N1"),
    ("9600 9N1", "data bits are 7 or 8, not 9"),
    ("9600 8M1", "parity is N, E or O, not M"),
    ("9600 8N3", "stop bits are 1 or 2, not 3"),
  ])
  func `what is wrong is said`(_ text: String, _ complaint: String) {
    let error = #expect(throws: LineError.self) { try LineSettings(text) }
    #expect(error?.description.hasPrefix("line settings \(text): \(complaint)") == true)
  }
}
