@testable import Monitoring
import Testing
import Vitals

/// `clinical.md` 1.6: who signs, how many, and what takes a signature back.
@Suite struct `Signing off` {
  /// A visit that needs two signatures and may end.
  static func two() -> Visit {
    let visit = Visit.ready(route: .spravato56)
    #expect(visit.phase == .readyForSignOff && visit.monitor.signaturesRequired == 2)
    return visit
  }

  @Test func `is one nurse's after a quiet session`() {
    var visit = Visit.ready()
    visit.forget()
    #expect(visit.tell(.sign).isEmpty)
    #expect(visit.phase == .signedOff)
    #expect(visit.signatures.map(\.number) == [1] && visit.signatures.first?.of == 1)
  }

  @Test func `takes a prescriber after a nurse`() {
    var visit = Self.two()
    #expect(visit.tell(.sign).isEmpty)
    #expect(visit.phase == .readyForSignOff)
    #expect(visit.monitor.session?.isAwaitingSecondSignature == true)
    #expect(visit.tell(.sign, by: "rn1") == [.samePerson])
    #expect(visit.tell(.sign, by: "rn2") == [.needsPrescriber])
    #expect(visit.tell(.sign, by: "md1").isEmpty)
    #expect(visit.phase == .signedOff)
    #expect(visit.signatures.map(\.isAccepted) == [true, false, false, true])
    #expect(visit.signatures.map(\.number) == [1, 2, 2, 2])
  }

  @Test func `takes two people even when the first is a prescriber`() {
    var visit = Self.two()
    visit.tell(.sign, by: "md1")
    #expect(visit.tell(.sign, by: "md1") == [.samePerson])
    #expect(visit.tell(.sign, by: "rn1") == [.needsPrescriber])
    #expect(visit.tell(.sign, by: "md2").isEmpty)
  }

  @Test(arguments: [(900, true), (901, false)])
  func `voids the first signature after 15 min`(wait: Int, isInTime: Bool) {
    var visit = Self.two()
    visit.measure(121, 77)
    visit.pass(300)
    visit.measure(121, 77)
    visit.pass(1)
    visit.tell(.sign)
    for _ in 0..<2 {
      visit.pass(300)
      visit.measure(121, 77)
    }
    visit.pass(wait - 600)
    #expect(visit.phase == .readyForSignOff)
    #expect(visit.tell(.sign, by: "md1") == (isInTime ? [] : [.firstSignatureVoid]))
    #expect((visit.phase == .signedOff) == isInTime)
    guard !isInTime else { return }
    // And begins anew with two.
    #expect(visit.tell(.sign).isEmpty && visit.phase == .readyForSignOff)
    #expect(visit.tell(.sign, by: "md1").isEmpty && visit.phase == .signedOff)
  }

  /// Nobody need ask: what has lapsed is told when it lapses, and is on record.
  @Test func `lapses by itself, and a countersignature is not taken for a first one`() {
    var visit = Self.two()
    for _ in 0..<2 {
      visit.measure(121, 77)
      visit.pass(300)
    }
    visit.tell(.sign)
    let signedAt = visit.now
    for _ in 0..<2 {
      visit.pass(300)
      visit.measure(121, 77)
    }
    visit.pass(300)
    #expect(visit.monitor.session?.isAwaitingSecondSignature == true)
    visit.forget()
    visit.pass(1)
    #expect(visit.monitor.session?.isAwaitingSecondSignature == false)
    #expect(visit.phase == .readyForSignOff)
    let told = visit.events.map { at, event in
      "\((at - signedAt).nanoseconds / 1_000_000) \(event)"
    }
    #expect(told.count == 2 && told.allSatisfy { $0.hasPrefix("900001 ") }, "\(told)")
    #expect(
      visit.audits == [.signaturesVoided([StaffID("rn1")!], why: .firstSignatureVoid)])
    // Who meant to be the second is told so, once; then anybody may begin anew.
    var prescriber = visit
    #expect(prescriber.tell(.sign, by: "md1") == [.firstSignatureVoid])
    #expect(prescriber.signatures.last?.number == 2)
    #expect(prescriber.signatures.last?.meaning == .dischargeAuthorised)
    #expect(prescriber.tell(.sign, by: "md1").isEmpty)
    #expect(prescriber.signatures.last?.number == 1)
    #expect(prescriber.tell(.sign, by: "md2").isEmpty && prescriber.phase == .signedOff)
    // Who signed first need not be told.
    #expect(visit.tell(.sign).isEmpty)
    #expect(visit.tell(.sign, by: "md1").isEmpty && visit.phase == .signedOff)
  }

  @Test func `that has lapsed is forgotten when a criterion lapses after it`() {
    var visit = Self.two()
    visit.tell(.sign)
    for _ in 0..<3 {
      visit.pass(301)
      visit.measure(121, 77)
    }
    #expect(visit.monitor.session?.isAwaitingSecondSignature == false)
    visit.pass(5, showing: nil)
    visit.pass(10, showing: Visit.reading(97, 72))
    #expect(visit.phase == .readyForSignOff)
    #expect(visit.tell(.sign, by: "md1").isEmpty)
  }

  @Test func `of a transfer has no window`() {
    var visit = Visit.infusing()
    visit.tell(.transfer(destination: "ED", note: "sleepy"))
    visit.tell(.handoverDone())
    visit.pass(2000)
    #expect(visit.tell(.sign, by: "md1").isEmpty)
  }

  @Test func `is void when a criterion lapses`() {
    var visit = Self.two()
    visit.tell(.sign)
    visit.forget()
    visit.pass(5, showing: nil)
    #expect(visit.phase == .observation)
    #expect(visit.monitor.session?.isAwaitingSecondSignature == false)
    visit.pass(10, showing: Visit.reading(97, 72))
    #expect(visit.phase == .readyForSignOff)
    #expect(visit.tell(.sign, by: "md1").isEmpty)
    #expect(visit.phase == .readyForSignOff)
  }

  @Test func `asks for two after a HIGH from the patient, not from a device`() {
    var visit = Visit.infusing()
    visit.pass(90, showing: nil)
    #expect(visit.alarm(.noData)?.priority == .high)
    #expect(visit.monitor.signaturesRequired == 1)
    visit.pass(10, showing: Visit.reading(85, 72))
    #expect(visit.monitor.signaturesRequired == 2)
    visit.pass(10, showing: Visit.reading(97, 72))
    visit.tell(.acknowledge(nil))
    #expect(visit.monitor.signaturesRequired == 2)
  }

  @Test func `is answered with every criterion that is missing`() {
    var visit = Visit.observing()
    #expect(visit.tell(.sign).first == .criterion(.time))
    let reasons = visit.signatures.last?.reasons ?? []
    #expect(
      reasons.count > 5 && reasons.allSatisfy { if case .criterion = $0 { true } else { false } })
    #expect(visit.phase == .observation)
  }

  @Test func `tried by somebody who may not is on record`() {
    for name in ["as1", "bio1", "nobody", "system"] {
      var visit = Visit.ready()
      visit.forget()
      #expect(!visit.tell(.sign, by: name).isEmpty)
      #expect(visit.log.count == 1, "\(name)")
      #expect(visit.phase == .readyForSignOff)
    }
  }

  @Test func `never happens by itself`() {
    var visit = Visit.ready()
    visit.pass(3600)
    #expect(visit.phase?.isTerminal == false)
  }
}
