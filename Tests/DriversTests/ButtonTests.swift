import Drivers
import Testing
import Vitals

@Suite struct `A call button` {
  private let model = Catalog.model(id: "button")!
  /// `KEY_ENTER` goes down at 1 773 500 531.000 250 s, as a 64-bit kernel says it.
  private static let press: [UInt8] = [
    0x73, 0x78, 0xB5, 0x69, 0, 0, 0, 0, 0xFA, 0, 0, 0, 0, 0, 0, 0, 1, 0, 28, 0, 1, 0, 0, 0,
  ]

  private func outputs(_ bytes: [UInt8]) -> [DriverOutput] {
    var driver = model.makeDriver()
    var outputs: [DriverOutput] = []
    driver.handle(.opened, at: .zero) { outputs.append($1) }
    driver.handle(.bytes(bytes), at: .zero) { outputs.append($1) }
    return outputs
  }

  @Test func `calls when a key goes down`() {
    let event = InputEvent(Self.press.span)
    #expect(
      event
        == InputEvent(
          type: 1, code: 28, value: 1, seconds: 1_773_500_531, microseconds: 250))
    #expect(event?.encoded == Self.press)
    #expect(outputs(Self.press) == [.called])
  }

  @Test(arguments: [
    InputEvent(type: 1, code: 28, value: 0), InputEvent(type: 1, code: 28, value: 2),
    InputEvent(type: 0, code: 0, value: 0), InputEvent(type: 4, code: 4, value: 458_792),
    InputEvent(type: 2, code: 0, value: 1),
  ])
  func `does not when it goes up, is held, or moves`(_ event: InputEvent) {
    #expect(outputs(event.encoded) == [])
  }

  @Test func `calls once for each press that comes in one read`() {
    let click = [1, 0].flatMap { InputEvent(type: 1, code: 0x110, value: $0).encoded }
    #expect(outputs(click + click) == [.called, .called])
  }

  @Test(arguments: [8 + 3, 16 + 1, 18 + 1, 20 + 1])
  func `is not what no kernel says`(_ place: Int) {
    var bytes = Self.press
    bytes[place] = 0x80
    #expect(outputs(bytes) == [])
  }
}
