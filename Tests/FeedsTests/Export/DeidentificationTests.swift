import Feeds
import Recording
import TestKit
import Testing
import Vitals

/// What is left of a session when nobody may be told from it.
@Suite struct DeidentificationTests {
  private static let scenes = Fixtures.paths(below: "fixtures/scenes", suffix: ".json").sorted()

  /// The logs of the scenes, played once; of their samples the first minute, since it is texts that
  /// are looked for.
  private static let logs = Dictionary(
    uniqueKeysWithValues: scenes.map { file in
      let name = file.split(separator: "/").last?.dropLast(".json".count) ?? ""
      return (
        file,
        Result {
          var log = try PlayedLog.play(String(name)).log
          log.samples = Array(log.samples.prefix(60))
          return log
        }
      )
    })

  private func scene(_ file: String) throws -> SessionLog {
    try #require(Self.logs[file]).get()
  }

  private func files(_ log: SessionLog) -> [[UInt8]] {
    ExportFormat.allCases.flatMap { $0.files(of: log).map(\.bytes) }
  }

  @Test(arguments: scenes)
  func `no event is lost but those that tell of accounts and clocks`(file: String) throws {
    let log = try scene(file)
    var random = Seeded(1)
    let nobody = log.deidentified(using: &random)
    let gone: Set<String> = [
      "wallClockStepped", "accountChanged", "staffChanged", "loginFailed", "lockedOut",
    ]
    let kept = log.events.filter { !gone.contains($0.what ?? "") }
    #expect(nobody.events.map(\.kind) == kept.map(\.kind))
    #expect(nobody.events.map(\.what) == kept.map(\.what))
    #expect(nobody.rows(.csvLong).map { $0["value"] } == log.rows(.csvLong).map { $0["value"] })
    #expect(try nobody.edf().records.map(\.numbers) == log.edf().records.map(\.numbers))
    #expect(nobody.wfdb.signals == log.wfdb.signals)
  }

  @Test(arguments: scenes)
  func `no user, name, place or date of the log is anywhere`(file: String) throws {
    var log = try scene(file)
    log.site = "Riverside"
    log.commands = [LogCommand(at: .zero, name: "checkIn", by: "rn1", fields: ["patient": "A.P."])]
    var random = Seeded(2)
    let words = [
      "rn1", "rn2", "md1", "md2", "admin1", "R. Nurse", "P. Prescriber", "example", "Riverside",
      "A.P.",
      "2026-03-14", "14-MAR-2026", "14.03.26", "14/03/2026", "s-2026", "boot-1",
      "adult-ketamine-default-1",
    ]
    for bytes in files(log.deidentified(using: &random)) {
      let text = String(decoding: bytes, as: UTF8.self)
      for word in words { #expect(!text.contains(word), "\(word)") }
    }
  }

  /// Every text that an event may carry, replaced by something that must not be seen again.
  @Test(arguments: scenes)
  func `a text with a space in it is never kept, whatever field it stands in`(file: String) throws {
    var log = try scene(file)
    log.events = log.events.map { event in
      guard case .object(let members) = event.body else { return event }
      let planted = members.map { member -> String in
        let isName = ["t", "chair", "event", "what", "change", "slot"].contains(member.name)
        guard !isName, case .string = member.value else {
          return "\"\(member.name)\":\(member.value.text)"
        }
        return "\"\(member.name)\":\"Jane Roe\""
      }
      return LogEvent(
        sequence: event.sequence, at: event.at, wall: event.wall,
        line: "{" + planted.joined(separator: ",") + ",\"added\":\"Roe\"}")
    }
    var random = Seeded(3)
    for bytes in files(log.deidentified(using: &random)) {
      #expect(!String(decoding: bytes, as: UTF8.self).contains("Roe"))
    }
  }

  @Test func `people keep who they are under names of their roles`() throws {
    let log = Handwritten.quiet(
      100, [],
      (10, #""audit","what":"note","text":"x","by":"rn1""#),
      (20, #""audit","what":"handover","to":"rn2","by":"rn1""#),
      (30, #""audit","what":"note","text":"y","by":"rn2""#),
      (40, #""audit","what":"signaturesVoided","signers":["rn1","stranger"],"why":"criteria""#),
      (50, #""station","station":"front desk","change":"linked""#),
      (60, #""session","state":"baseline","substate":"away","by":"rn1","reason":"rn2""#))
    var named = log
    named.staff["rn2"] = SessionLog.Person(name: "S. Nurse", role: "rn")
    var random = Seeded(4)
    let lines = named.deidentified(using: &random).lines
    func field(_ name: String, _ what: String) -> [String] {
      lines.filter { $0["what"]?.words == what }.compactMap { $0[name]?.words }
    }
    #expect(field("by", "note") == ["rn-1", "rn-2"])
    #expect(field("to", "handover") == ["rn-2"])
    #expect(field("signers", "signaturesVoided") == ["rn-1, staff-1"])
    #expect(lines.compactMap { $0["station"]?.words } == ["station-1"])
    // The opening reason is a route, who went along is nobody's business.
    #expect(lines.compactMap { $0["reason"]?.words } == ["iv40"])
    #expect(lines[0]["staff"]?.words?.contains("user rn-2, role rn") == true)
  }

  @Test(arguments: seeds(50))
  func `one shift of whole days, of which nothing can be known`(seed: UInt64) throws {
    let log = Handwritten.quiet(
      100_000, Handwritten.seconds(0..<5),
      (50, #""audit","what":"wallClockStepped","milliseconds":1793509250000"#),
      (60, #""alarm","alarm":"SPO2_LOW","change":"raised","priority":"medium","id":1"#))
    var random = Seeded(seed)
    let nobody = log.deidentified(using: &random)
    let first = try #require(nobody.events.first)
    let shift = first.wall.milliseconds - Handwritten.start.milliseconds
    #expect(shift % 86_400_000 == 0 && abs(shift) > 7 * 86_400_000, "seed \(seed)")
    // The wall runs evenly from there: the step, and what the clock showed before, are gone.
    for event in nobody.events {
      #expect(event.wall == first.wall + (event.at - first.at))
    }
    #expect(!nobody.text(.ndjson).contains("1793509250000"))
    let year = Int(first.wall.description.prefix(4)) ?? 0
    #expect((1985...2084).contains(year))
  }

  @Test func `the days are spread over the century, wherever the real one lies`() {
    let log = Handwritten.quiet(10, [])
    var random = Seeded(5)
    var decades: [Int: Int] = [:]
    for _ in 0..<1000 {
      let wall = log.deidentified(using: &random).events[0].wall.description
      decades[(Int(wall.prefix(4)) ?? 0) / 10, default: 0] += 1
    }
    // 1985 to 2084 has parts of eleven decades; each whole one has a hundred of a thousand.
    #expect(decades.count == 11)
    #expect((199...207).allSatisfy { (60...140).contains(decades[$0] ?? 0) })
  }

  @Test func `numbers and instants do not tell how long the log is`() throws {
    var log = try PlayedLog.play("S04").log
    log.reach = log.events.last?.at
    var random = Seeded(6)
    let nobody = log.deidentified(using: &random)
    #expect(nobody.events.first?.at == .zero && nobody.events.first?.sequence == 1)
    let due = nobody.events.first { $0.kind == "checkpoint" }?.instant("due")
    let real = log.events.first { $0.kind == "checkpoint" }?.instant("due")
    let start = try #require(log.events.first?.at)
    #expect(due.map { $0 - .zero } == real.map { $0 - start })
  }
}
