import Documents
import Settings
import Testing
import Vitals

@Suite struct `A binding is written into a configuration` {
  private static let text = """
    # the clinic
    chairs:
      - id: "7"   # by the window
        oximeter: {driver: contec-v7, port: /dev/old, line: "115200 8N1"}
      - {id: "8", cuff: {driver: suntech, port: /dev/cuff}}
      - id: 9
        oximeter:
          port: /dev/nine
          driver: nonin-8  # the blue one
    """

  private func edit(_ chair: String, _ name: SlotName, _ driver: String, _ port: String) throws
    -> String
  {
    let slot = Slot(try #require(ChairID(chair)), name)
    return try BindingEdit(slot: slot, driver: driver, port: port)
      .applied(to: Self.text, file: "conf")
  }

  @Test func `in place of an old one`() throws {
    let new = try edit("7", .oximeter, "nonin-8", "/dev/serial/by-path/pci-0000:00-usb-0:1")
    #expect(
      new
        == Self.text.replacing("contec-v7", with: "nonin-8")
        .replacing("/dev/old", with: #""/dev/serial/by-path/pci-0000:00-usb-0:1""#))
  }

  @Test func `whichever of port and driver comes first`() throws {
    let new = try edit("9", .oximeter, "bci", "/dev/ten")
    #expect(
      new
        == Self.text.replacing("/dev/nine", with: "/dev/ten")
        .replacing("nonin-8  # the", with: "bci  # the"))
  }

  @Test func `on a line of its own where there was none`() throws {
    let new = try edit("7", .cuff, "dinamap", "/dev/cuff7")
    #expect(
      new
        == Self.text.replacing(
          "# by the window\n",
          with: "# by the window\n    cuff: {driver: dinamap, port: /dev/cuff7}\n"))
  }

  @Test func `inside braces`() throws {
    let new = try edit("8", .oximeter, "bci", "/dev/ox8")
    #expect(
      new
        == Self.text.replacing(
          #"{id: "8","#, with: #"{id: "8", oximeter: {driver: bci, port: /dev/ox8},"#))
  }

  @Test func `not for a chair that is not there`() throws {
    #expect(throws: Complaint.self) { try edit("6", .cuff, "suntech", "/dev/x") }
  }
}
