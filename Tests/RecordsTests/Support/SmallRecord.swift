import Records
import Testing
import Vitals

/// A record with one of everything: two runs, a limit changed, a waiver, a gap, two signatures, a late
/// entry that its author signs.
struct SmallRecord {
  let key: SiteKey
  var writer: RecordWriter

  private static let wall: Int64 = 1_773_500_531_000

  /// With fewer parts it ends after the first signature, or the second.
  init(seed: UInt8 = 1, parts: Int = 3) throws {
    key = try #require(SiteKey(seed: [UInt8](repeating: seed, count: 32)))
    writer = RecordWriter(
      RecordHeader(
        site: "Test clinic", chair: try #require(ChairID("7")), openedBy: 4, start: .seconds(100),
        startedAt: WallTime(milliseconds: Self.wall), key: key.publicKey))
    var first = part(eventEnd: 9, sampleEnd: 5, end: 110)
    first.runs = [run(1)]
    first.events = [
      event(4, #"{"t":100.0,"chair":"7","event":"session","state":"baseline","by":"rn1"}"#),
      event(
        6,
        #"{"t":101.0,"chair":"7","event":"audit","what":"limitChanged","field":"spo2.low","from":92,"to":94,"by":"rn1"}"#
      ),
      event(
        7,
        #"{"t":102.0,"chair":"7","event":"audit","what":"waived","criterion":"nausea","by":"md1","reason":"usual"}"#
      ),
      event(
        8,
        #"{"t":110.0,"chair":"7","event":"signature","result":"accepted","by":"rn1","number":1,"of":2}"#
      ),
    ]
    first.samples = [
      sample(101, 97), sample(102, 98), sample(103, nil), sample(107, 98), sample(109, 97),
    ]
    try writer.add(first)
    try sign(8, by: first.staff[1], number: 1)
    guard parts > 1 else { return }
    var second = part(eventEnd: 12, sampleEnd: 6, end: 111)
    second.runs = [run(2)]
    second.events = [
      event(
        11,
        #"{"t":111.0,"chair":"7","event":"signature","result":"accepted","by":"md1","number":2,"of":2}"#
      )
    ]
    try writer.add(second)
    try sign(11, by: second.staff[0], number: 2)
    guard parts > 2 else { return }
    var third = part(eventEnd: 15, sampleEnd: 6, end: 300)
    third.events = [event(15, Self.addendum)]
    try writer.add(third)
    try sign(15, by: third.staff[1], number: 1, Self.addendum)
  }

  private static let addendum =
    #"{"t":300.0,"chair":"7","event":"audit","what":"addendum","text":"slept well","by":"rn1"}"#

  /// The bundle.
  func text() throws -> String {
    var closed = writer
    let head = ChainHead(
      link: 31, hash: ContentHash(of: "head"), wall: WallTime(milliseconds: Self.wall))
    let isClosed = closed.close(logHead: head, at: WallTime(milliseconds: Self.wall), key: key)
    #expect(isClosed)
    return closed.text
  }

  func bytes() throws -> [UInt8] { Array(try text().utf8) }

  private func part(eventEnd: Int64, sampleEnd: Int64, end: Int) -> RecordPart {
    var part = RecordPart(eventEnd: eventEnd, sampleEnd: sampleEnd, end: .seconds(end))
    part.staff = [
      Signer(userID: "md1", printedName: "P. Prescriber, MD", role: "prescriber"),
      Signer(userID: "rn1", printedName: "R. Nurse, RN", role: "rn"),
      Signer(userID: "rn2", printedName: "S. Nurse, RN", role: "rn"),
    ]
    return part
  }

  private func run(_ number: Int64) -> RecordRun {
    RecordRun(
      number: number, boot: "boot-\(number)", instant: .seconds(50 * Int(number)),
      wall: WallTime(milliseconds: Self.wall), speed: 1, software: "0.1.0", policyID: "p-1",
      site: "Test clinic", policy: "policyId=p-1\nspo2.low=92\n", key: key.publicKey.text)
  }

  private func event(_ number: Int64, _ line: String) -> RecordEvent {
    RecordEvent(sequence: number, wall: WallTime(milliseconds: Self.wall + number), line: line)
  }

  private func sample(_ second: Int, _ percent: Int?) -> RecordSample {
    RecordSample(
      at: .seconds(second), spo2: percent, pulseRate: percent.map { $0 - 20 },
      perfusion: percent == nil ? nil : 210, status: [])
  }

  private mutating func sign(
    _ sequence: Int64, by signer: Signer, number: Int, _ line: String? = nil
  ) throws {
    let event = try #require(
      JSONValue(
        line
          ?? #"{"event":"signature","result":"accepted","number":\#(number),"by":"\#(signer.userID)"}"#
      ))
    let act = SigningAct(
      event: event, sequence: sequence, signer: signer,
      signedAt: WallTime(milliseconds: Self.wall + sequence), utcOffsetSeconds: -5 * 3600,
      clock: SigningAct.Clock(isSynchronised: true, maximumErrorMilliseconds: 12),
      chainHead: ContentHash(of: "link"))
    writer.add(manifest: try #require(writer.manifest(act).signed(by: key)))
  }
}

/// The numbers of the findings and what they say.
func found(_ bytes: [UInt8], trusting key: SitePublicKey? = nil) -> [String] {
  BundleVerification(bytes, trusting: key.map { [$0] } ?? []).findings.map {
    "\($0.row ?? 0) \($0.problem.rawValue)"
  }
}
