@testable import Monitoring
import TestKit
import Testing
import Vitals

/// After a dose a session ends in one of three ways (`clinical.md` 1.1, 1.2; issue 4, done-when 3),
/// whoever asks for whatever.
@Suite struct `After a dose` {
  /// The three, and the commands that lead there.
  private static let ends: [Phase: CommandName] = [
    .signedOff: .sign, .transferred: .transfer, .leftAMA: .leaveAMA,
  ]
  /// What else would end the session, or put another in its place.
  private static let otherEnds: [CommandName] = [.cancel, .abort, .book, .checkIn]
  private static let people = [
    "rn1", "rn2", "md1", "md2", "as1", "bio1", "admin1", "system", "nobody",
  ]
  /// With the drug running, under observation, and ready for one signature and for two.
  private static let beginnings: [Visit] = [
    .infusing(), .observing(), .ready(), .ready(route: .spravato56),
  ]

  /// What was met on the way; a property of nothing is none.
  private struct Tally {
    var ends: [Phase: Int] = [:]
    var refused: [String: Int] = [:]
    var refusers: Set<String> = []
    var reopened = 0
    var repeated = 0
  }

  @Test func `there are three ends, each is reached, and every other is refused and on record`() {
    var tally = Tally()
    for seed in seeds(200) {
      var random = Seeded(seed)
      // Where nothing else happens, a patient stays ready for longer.
      let isCalm = Bool.random(using: &random)
      var visit = Self.beginnings[Int(seed % UInt64(Self.beginnings.count))]
      for _ in 0..<80 where !Self.isAnotherSession(visit) {
        Self.pass(&visit, isCalm: isCalm, &random, seed)
        Self.act(&visit, isCalm: isCalm, &random, &tally, seed)
      }
    }
    for (end, command) in Self.ends {
      #expect(tally.ends[end, default: 0] >= 3, "\(command): \(tally.ends)")
    }
    #expect(Set(tally.ends.keys) == Set(Self.ends.keys))
    for name in Self.otherEnds {
      for phase in [Phase.infusing, .observation, .readyForSignOff] {
        #expect(tally.refused["\(name) \(phase)", default: 0] >= 3, "\(name) in \(phase)")
      }
    }
    #expect(tally.refusers == Set(Self.people))
    #expect(tally.reopened >= 3 && tally.repeated >= 3, "\(tally)")
  }

  /// Only what ended may be followed by another patient.
  private static func isAnotherSession(_ visit: Visit) -> Bool {
    visit.monitor.session?.doseStartedAt == nil
  }

  /// Lets some time pass, in which nothing ends by itself.
  private static func pass(
    _ visit: inout Visit, isCalm: Bool, _ random: inout Seeded, _ seed: UInt64
  ) {
    switch isCalm ? 20 : Int.random(in: 0..<20, using: &random) {
    case 0: visit.shown = [nil, Visit.reading(86, 72)].randomElement(using: &random) ?? nil
    case 1, 2: visit.shown = Visit.reading(97, 72)
    case 3: visit.measure(122, 77)
    case 4: visit.measure([165, 84].randomElement(using: &random) ?? 165, 60)
    default: break
    }
    let wasOver = visit.phase?.isTerminal
    visit.pass([0, 0, 1, 2, 70].randomElement(using: &random) ?? 0)
    #expect(visit.phase?.isTerminal == wasOver, "ended by itself, seed \(seed)")
  }

  /// What people want, more often what leads on from where they are.
  private static func wish(
    in phase: Phase?, isCalm: Bool, _ random: inout Seeded
  ) -> CommandName {
    let onward: [CommandName] =
      switch phase {
      case .infusing: [.doseEnd, .transfer, .leaveAMA]
      case .observation: [.doseStart, .doseStart, .transfer, .leaveAMA, .assess]
      case .readyForSignOff: [.sign]
      case .signedOff: [.reopenClinical, .reopenClinical, .departed]
      case .transferred: [.handoverDone, .sign]
      default: CommandName.allCases
      }
    let wishes =
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1: onward
      case 2...4: otherEnds
      default: isCalm ? otherEnds + onward : CommandName.allCases
      }
    return wishes.randomElement(using: &random) ?? .note
  }

  /// Lets somebody ask for something.
  private static func act(
    _ visit: inout Visit, isCalm: Bool, _ random: inout Seeded, _ tally: inout Tally, _ seed: UInt64
  ) {
    let name = Self.wish(in: visit.phase, isCalm: isCalm, &random)
    let command = name.example
    let person = people.randomElement(using: &random) ?? "nobody"
    guard let before = visit.monitor.session else { return }
    visit.forget()
    let reasons = visit.tell(command, by: person)
    guard let after = visit.monitor.session else { return }
    let title = "\(command.name) by \(person) in \(before.phase), seed \(seed)"
    guard reasons.isEmpty else {
      #expect(after.phase == before.phase, "\(title)")
      let isOnRecord =
        visit.audits.contains(.refused(command.name, reasons, by: StaffID(person)!))
        || visit.signatures.map(\.reasons) == [reasons]
      #expect(isOnRecord, "\(title)")
      guard otherEnds.contains(command.name), !before.phase.isTerminal else { return }
      #expect(reasons.count == 1, "\(title)")
      #expect(after.doseStartedAt == before.doseStartedAt, "\(title)")
      tally.refusers.insert(person)
      // Of those who may give it in some other phase, the phase is what refuses it.
      if reasons == [.wrongPhase] {
        tally.refused["\(command.name) \(before.phase)", default: 0] += 1
      }
      return
    }
    if command.name == .reopenClinical { tally.reopened += 1 }
    if command.name == .doseStart { tally.repeated += 1 }
    guard !before.phase.isTerminal else { return }
    #expect(!otherEnds.contains(command.name), "\(title)")
    guard after.phase.isTerminal else { return }
    #expect(ends[after.phase] == command.name, "\(title) led to \(after.phase)")
    let role = Roster.standard.role(of: StaffID(person)!)
    #expect(role == .rn || role == .prescriber, "\(title)")
    tally.ends[after.phase, default: 0] += 1
  }
}
