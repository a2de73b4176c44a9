import Monitoring
import Recording
import TestKit
import Testing
import Vitals
import Ward

@Suite struct `A line of a recording` {
  @Test(arguments: CommandName.allCases)
  func `says every command so that it is read back`(_ name: CommandName) throws {
    for seed in seeds(60) {
      var random = Seeded(seed)
      let input = WardInput.command(random.chair(), random.command(name), by: random.staff())
      try check(input, at: .milliseconds(Int64(random.number(-400_000...400_000))), seed)
    }
  }

  @Test(arguments: [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11])
  func `says every input so that it is read back`(_ kind: Int) throws {
    for seed in seeds(300) {
      var random = Seeded(seed)
      let now = Instant.milliseconds(Int64(random.number(-400_000...1_000_000_000)))
      try check(random.input(kind, at: now), at: now, seed)
    }
  }

  private func check(_ input: WardInput, at now: Instant, _ seed: UInt64) throws {
    let line = WireText.line(input, at: now, wall: WallTime(milliseconds: 0))
    #expect(!line.unicodeScalars.contains("\n") && !line.unicodeScalars.contains("\r"))
    do {
      let (at, entry) = try WireText.parse(Substring(line))
      #expect(at == now && entry == .input(input), "seed \(seed): \(line)")
    } catch {
      Issue.record("seed \(seed): \(error): \(line.debugDescription)")
    }
  }

  @Test func `is written as the design says`() throws {
    let seven = ChairID("7")!
    let nurse = StaffID("rn1")!
    let zero = WallTime(milliseconds: 1_773_500_351_000)
    let lines: [(Int64, WardInput, String)] = [
      (16, .bytes(Slot(seven, .oximeter), [1, 0xE0, 0x85]), "+0.016 7/ox < 01 e0 85"),
      (
        12_400, .line(Slot(seven, .oximeter), .closed(reason: "unplugged")),
        "+12.400 7/ox ! unplug unplugged"
      ),
      (12_400, .line(Slot(seven, .cuff), .opened), "+12.400 7/cuff ! plug"),
      (
        60_000, .command(seven, .doseStart(route: .iv40), by: nurse),
        "+60.000 7 @ doseStart route=iv40 by=rn1"
      ),
      (
        90_250, .reading(seven, .pressure(BloodPressure(systolic: 128, diastolic: 79)!), by: nurse),
        "+90.250 7 = sbp=128 dbp=79 by=rn1"
      ),
      (
        1000, .reading(seven, .respiration(RespirationRate(perMinute: 14)!), by: nurse),
        "+1.000 7 = rr=14 by=rn1"
      ),
      (
        2000,
        .reading(seven, .battery(.cuff, BatteryLevel(percent: 9, minutes: 12)!), by: .system),
        "+2.000 7 = battery=9 minutes=12 slot=cuff by=system"
      ),
      (
        3000,
        .command(seven, .limbs(Limbs(cuff: .leftArm, infusion: .rightLeg)), by: nurse),
        "+3.000 7 @ limbs cuff=leftArm iv=rightLeg by=rn1"
      ),
      (95_000, .wallClockStepped(milliseconds: -180_000), "+95.000 * ~ 2026-03-14T14:59:11.000Z"),
      (3000, .staff(nurse, .rn), "+3.000 * @ staff rn1=rn"),
      (3000, .staff(nurse, nil), "+3.000 * @ staff rn1=none"),
      (
        60_000,
        .account(seven, .authenticated(by: nurse, for: .command(.sign), factors: [.userId, .pin])),
        "+60.000 7 @ authenticated for=sign factors=userId,pin by=rn1"
      ),
      (
        60_000, .account(.ward, .loginFailed(by: nil, for: .accounts, why: .unknown, failures: 0)),
        "+60.000 * @ loginFailed for=accounts why=unknown failures=0"
      ),
      (
        60_000, .account(.ward, .shown(record: "s-20260314-12", as: .report, at: nil)),
        "+60.000 * @ recordShown record=s-20260314-12 form=report"
      ),
      (
        60_000, .account(.ward, .lockedOut(nurse, seconds: 900)),
        "+60.000 * @ lockedOut user=rn1 seconds=900"
      ),
      (
        60_000, .account(.ward, .changed(nurse, .roles, roles: [.rn, .admin], by: nurse)),
        "+60.000 * @ accountChanged user=rn1 change=roles roles=rn,admin by=rn1"
      ),
      (
        -500, .command(.ward, .acknowledge(nil), by: nurse),
        "-0.500 * @ acknowledge alarm=all by=rn1"
      ),
      (
        0, .command(seven, .note("a \"b\"\\c\n"), by: nurse),
        #"+0.000 7 @ note text="a \"b\"\\c\n" by=rn1"#
      ),
      (0, .station(nurse, isLinked: false), "+0.000 * ! station=rn1 state=lost"),
      (0, .log(.failing), "+0.000 * ! log=failing"),
      (0, .deviceBytesKept(false), "+0.000 * ! deviceBytes=forgotten"),
      (1, .deviceBytesKept(true), "+0.001 * ! deviceBytes=kept"),
      (
        2,
        .logSetAside(
          LostLog(file: "c.db.corrupt-1", reason: "row 1 \"x\"", accounts: 3, chairs: [seven])),
        #"+0.002 * ! logSetAside=c.db.corrupt-1 why="row 1 \"x\"" accounts=3 chairs=7"#
      ),
      (
        2, .logSetAside(LostLog(file: "c", reason: "r", accounts: 0, chairs: [])),
        #"+0.002 * ! logSetAside=c why=r accounts=0 chairs="""#
      ),
      (9000, .interrupted(since: .seconds(3)), "+9.000 * ! interruptedSince=+3.000"),
      (
        9000, .interrupted(since: .seconds(3), isCertain: false),
        "+9.000 * ! interruptedSince=+3.000 clock=uncertain"
      ),
    ]
    for (at, input, line) in lines {
      #expect(WireText.line(input, at: .milliseconds(at), wall: zero) == line)
      // What the wall clock shows is read as such, for it says nothing of the step.
      if case .wallClockStepped = input { continue }
      #expect(try WireText.parse(Substring(line)) == (.milliseconds(at), .input(input)), "\(line)")
    }
  }

  /// The lines of `design.md` section 5, with the words behind the bytes.
  @Test func `may have words for the reader behind its bytes, two blanks away`() throws {
    let slot = Slot(ChairID("7")!, .oximeter)
    let frame: [UInt8] = [0x01, 0xE0, 0x85]
    for tail in ["", "   ", "      from the device", "  to be sure", "\tto be sure"] {
      let (_, entry) = try WireText.parse("+0.016   7/ox    < 01 e0 85\(tail)")
      #expect(entry == .input(.bytes(slot, frame)), "\(tail)")
    }
    let (_, sent) = try WireText.parse(
      "+61.000  7/cuff  > 3a 20 a6                        to the device (asserted in replay)")
    #expect(sent == .sent(Slot(ChairID("7")!, .cuff), [0x3A, 0x20, 0xA6]))
  }
}

@Suite struct `A malformed line` {
  /// The line, and what its complaint must name.
  static let lines = [
    ("hello", "expected"), ("+1.000", "expected"), ("+1.000 7/ox", "expected"),
    ("1..0 7/ox < 01", "expected"), ("+1.0005 7/ox < 01", "expected"),
    ("+999999999999 7/ox < 01", "expected"), ("+1e3 7/ox < 01", "expected"),
    ("+١.000 7/ox < 01", "expected"), ("+1.000 7/ox ? 01", "none of"),
    ("+1.000 7/ox < ", "bytes"), ("+1.000 7/ox < 0", "bytes"), ("+1.000 7/ox < 0g", "bytes"),
    ("+1.000 7/ox < 01 0g 02", "0g"), ("+1.000 7/ox < 01 +5 02", "+5"),
    ("+1.000 7/ox < 01 02c3", "02c3"), ("+1.000 7/ox < 01 e0 ff from", "from"),
    ("+1.000 7 < 01", "device position"), ("+1.000 7/ox/2 < 01", "device position"),
    ("+1.000 7/ecg < 01", "device position"), ("+1.000 /ox < 01", "no chair"),
    ("+1.000 a.b/ox < 01", "no chair"), ("+1.000 7/ox ! explode", "explode"),
    ("+1.000 7/ox !", "none of"), ("+1.000 * ! ", "expected end"),
    ("+1.000 * ! log=sick", "log=sick"), ("+1.000 * ! station=a", "state=linked"),
    ("+1.000 * ! interruptedSince=+2.000", "earlier"),
    ("+1.000 * ! interruptedSince=+0.000 clock=sure", "clock=sure"),
    ("+1.000 * ! interruptedSince=never", "never"), ("+1.000 * ! moon=full", "expected end"),
    ("+1.000 * ! deviceBytes=perhaps", "perhaps"), ("+1.000 * ! logSetAside=x accounts=1", "why"),
    ("+1.000 * ! logSetAside=x why=y accounts=1 chairs=a!", "a!"),
    ("+1.000 * ~ 2026-02-30T00:00:00.000Z", "2026-02-30"), ("+1.000 7 ~ 2026", "~"),
    ("+1.000 7 @", "missing"), ("+1.000 7 @ dance by=rn1", "dance"), ("+1.000 7 @ sign", "by="),
    ("+1.000 7 @ sign by=r.n", "r.n"), ("+1.000 7 @ sign by=rn1 of=2", "of="),
    ("+1.000 7 @ sign by=rn1 by=rn2", "twice"), ("+1.000 7 @ sign rn1", "key=value"),
    ("+1.000 7 @ note text=\"x by=rn1", "quote"), ("+1.000 7 @ note by=rn1", "text="),
    ("+1.000 7 @ extend minutes=0 reason=x by=rn1", "1…60"),
    ("+1.000 7 @ extend minutes=x reason=x by=rn1", "minutes=x"),
    ("+1.000 7 @ doseStart route=iv50 by=rn1", "iv50"),
    ("+1.000 7 @ assess aldrete=11 by=rn1", "0…10"),
    ("+1.000 7 @ assess gait=maybe by=rn1", "maybe"),
    ("+1.000 7 @ acknowledge alarm=SPO2 by=rn1", "SPO2"),
    ("+1.000 7 @ schedule due=1,x by=rn1", "x"),
    ("+1.000 7 @ schedule due=90000 by=rn1", "90000"),
    ("+1.000 7 @ setLimit field=spo2.low value=-1 by=rn1", "value=-1"),
    ("+1.000 7 = by=rn1", "sbp="), ("+1.000 7 = sbp=120", "dbp="),
    ("+1.000 7 = sbp=80 dbp=120", "80/120"), ("+1.000 7 = sbp=x dbp=70", "sbp=x"),
    ("+1.000 7 = sbp=120 dbp=70 pr=5", "pr=5"), ("+1.000 7 = sbp=120 dbp=70 map=120", "120/70"),
    ("+1.000 7 = spo2=101 pr=70", "spo2=101"), ("+1.000 7 = spo2=97 pr=511", "pr=511"),
    ("+1.000 7 = status=sleepy", "sleepy"), ("+1.000 7 = spo2=97 temp=36", "temp="),
    ("+1.000 7 = cuff=tight", "tight"), ("+1.000 7 = cuff=failed why=bored", "bored"),
    ("+1.000 7 = cuff=pressure mmHg=500", "mmHg=500"), ("+1.000 7 = cuff=result", "sbp="),
    ("@ device 7/ox fax", "fax"), ("@ device 7/ox", "DRIVER"), ("@ device 7/ox bci shut", "DRIVER"),
    ("@ start yesterday", "start"), ("@ start 2026-03-14T15:02:11.000Z what=1", "what="),
    ("@ staff rn1", "user=role"), ("@ staff rn1=king", "user=role"), ("@ chair a.b", "no chair"),
    ("@ chair", "NAME"), ("@ station", "NAME"), ("@ moon full", "moon"),
    ("@ station front gone", "lost"), ("@ alarms", "NUMBER"), ("@ alarms -1", "NUMBER"),
    ("@ alarm FIRE id=1", "FIRE"), ("@ alarm LOG_FAIL id=1", "priority="),
    ("@ alarm LOG_FAIL id=1 priority=red", "red"),
    ("@ alarm LOG_FAIL id=1 priority=low raised=soon revision=1 since=-1.0", "soon"),
    ("@ alarm LOG_FAIL id=1 priority=low raised=-99999999 revision=1 since=-1.0", "year"),
    ("+0.500 7/ox < 01", "backwards"),
  ]

  @Test(arguments: lines)
  func `gives its number and what is wrong`(line: String, reason: String) {
    let text =
      "# chairside recording 1\n# a remark\n@ chair 7\n\n+1.000 7 @ note text=x by=rn1\n\(line)\n+2.000 * ! end\n"
    do {
      _ = try Recording(text: text)
      Issue.record("“\(line)” was taken")
    } catch {
      #expect(error.line == 6 && error.reason.contains(reason), "\(error)")
    }
  }

  @Test(arguments: ["", "\n", "# chairside recording 2\n", "hello", "+0.000 * ! end\n"])
  func `is the first one unless it says what this is`(text: String) {
    #expect { try Recording(text: text) } throws: { ($0 as? RecordingError)?.line == 1 }
  }

  @Test(arguments: seeds(300))
  func `never traps, whatever it is`(seed: UInt64) {
    var random = Seeded(seed)
    for _ in 0..<30 {
      let now = Instant.milliseconds(Int64(random.number(-400_000...400_000)))
      let kind = random.number(0...7)
      var line = Array(
        WireText.line(random.input(kind, at: now), at: now, wall: WallTime(milliseconds: 0)).utf8)
      for _ in 0..<random.number(1...4) {
        let index = Int.random(in: 0..<line.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: line[index] = UInt8.random(in: 0...255, using: &random)
        case 1: line.remove(at: index)
        default: line.insert(random.pick(Array("0123456789+-.=\"\\ /*<>!@~".utf8)), at: index)
        }
        if line.isEmpty { break }
      }
      _ = try? WireText.parse(Substring(String(decoding: line, as: UTF8.self)))
    }
  }
}
