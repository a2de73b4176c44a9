import Feeds
import Testing
import Vitals

/// The header of an EDF+ file.
@Suite struct EDFHeaderTests {
  private func log(_ charted: String, patient: String? = nil) -> SessionLog {
    var log = Handwritten.quiet(
      10, Handwritten.seconds(0..<10), (1, #""audit","what":"charted",\#(charted),"by":"rn1""#))
    log.commands =
      patient.map {
        [LogCommand(at: .zero, name: "checkIn", by: "rn1", fields: ["patient": $0])]
      } ?? []
    return log
  }

  @Test func `it says who, when and with what`() throws {
    let edf = try log(
      #""name":"Alex Doe","birthDate":"1984-06-11","sex":"female""#, patient: "A. D."
    ).edf()
    #expect(edf.patient == "A._D. F 11-JUN-1984 Alex_Doe")
    #expect(edf.recording == "Startdate 01-NOV-2026 s-20261101-1 X chairside_1")
    #expect((edf.date, edf.time) == ("01.11.26", "05.00.00"))
  }

  @Test func `what is unknown is X, and what is no ASCII a question mark`() throws {
    #expect(try log(#""dose":36"#).edf().patient == "X X X X")
    #expect(try log(#""name":"Zoë 患者","sex":"other""#).edf().patient == "X X X Zo?_??")
  }

  @Test func `names of any length leave the fields their place`() throws {
    let name = String(repeating: "Wolfeschlegelsteinhausen ", count: 10)
    let edf = try log(#""name":"\#(name)","birthDate":"1984-06-11","sex":"male""#, patient: name)
      .edf()
    #expect(edf.patient.count <= 80 && edf.patient.contains(" M 11-JUN-1984 Wolf"))
    #expect(edf.kind == "EDF+C")
  }

  @Test func `times are those of the place`() throws {
    var log = log(#""dose":36"#)
    log.utcOffset = { _ in -6 * 3600 }
    let edf = try log.edf()
    #expect((edf.date, edf.time) == ("31.10.26", "23.00.00"))
    #expect(log.wfdb.header[0].suffix(2) == ["22:59:59", "31/10/2026"])
  }

  /// A clock that lost its battery; the format's two digits mean 1985 to 2084.
  @Test(arguments: [
    ("1970-01-01T00:00:12.000Z", "01.01.yy", "01-JAN-1970"),
    ("1985-01-01T00:00:00.000Z", "01.01.85", "01-JAN-1985"),
    ("2084-12-31T00:00:00.000Z", "31.12.84", "31-DEC-2084"),
    ("2085-01-01T00:00:00.000Z", "01.01.yy", "01-JAN-2085"),
  ])
  func `a year that two digits cannot say is yy`(
    wall: String, short: String, long: String
  ) throws {
    var log = log(#""dose":36"#)
    let shift = try #require(WallTime(wall)).milliseconds - Handwritten.start.milliseconds
    log.events = log.events.map {
      LogEvent(
        sequence: $0.sequence, at: $0.at, wall: $0.wall + .milliseconds(shift), line: $0.body.text)
    }
    let edf = try log.edf()
    #expect(edf.date == short && edf.recording.contains("Startdate \(long) "))
  }
}
