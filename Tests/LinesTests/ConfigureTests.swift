import Glibc
import Testing

@testable import Lines

@Suite struct ConfigureTests {
  @Test(arguments: LineSettings.bauds) func `every speed has a code`(_ baud: Int) throws {
    var attributes = termios()
    attributes.apply(try LineSettings("\(baud) 8N1"))
    #expect(cfgetospeed(&attributes) == termios.speeds[baud])
    #expect(cfgetispeed(&attributes) == cfgetospeed(&attributes))
    #expect(cfgetospeed(&attributes) != B0)
  }

  @Test(arguments: [
    ("9600 8N1", CS8), ("9600 7N1", CS7), ("9600 8E1", CS8 | PARENB),
    ("9600 8O1", CS8 | PARENB | PARODD), ("9600 7E2", CS7 | PARENB | CSTOPB),
  ])
  func `the frame is set whatever was set before`(_ text: String, _ frame: Int32) throws {
    for before in [tcflag_t.min, .max] {
      var attributes = termios()
      attributes.c_cflag = before
      attributes.apply(try LineSettings(text))
      let mask = tcflag_t(CSIZE | PARENB | PARODD | CSTOPB | CMSPAR)
      #expect(attributes.c_cflag & mask == tcflag_t(frame))
    }
  }

  @Test func `nothing between the wire and the decoder touches a byte`() throws {
    var attributes = termios()
    attributes.c_iflag = .max
    attributes.c_lflag = .max
    attributes.c_cflag = .max
    attributes.apply(try LineSettings("19200 8O1"))
    #expect(attributes.isRaw)
    #expect(attributes.c_iflag & tcflag_t(IXON | IXOFF | IXANY | INPCK | PARMRK) == 0)
    #expect(attributes.c_iflag & tcflag_t(IGNPAR) != 0)
    #expect(attributes.c_cflag & tcflag_t(CRTSCTS) == 0)
    #expect(attributes.c_cflag & tcflag_t(HUPCL) == 0)
    #expect(attributes.c_cflag & tcflag_t(CLOCAL | CREAD) == tcflag_t(CLOCAL | CREAD))
  }
}
