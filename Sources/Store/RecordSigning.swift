import CLinux
import Foundation
import GRDB
import Records
import Vitals

/// Signs a session's record when the log takes the event by which a person signed.
///
/// Works inside the transaction that holds the event.
struct RecordSigning {
  let key: SiteKey
  let database: Database

  /// Adds the manifest of an event that is signed; does nothing for any other.
  func sign(_ event: Batch.Event, _ chain: inout ChainWriter) throws {
    let stored = try Row.fetchOne(
      database, sql: "SELECT kind, body FROM event WHERE seq = ?", arguments: [event.sequence])
    guard let stored, ["signature", "audit"].contains(stored["kind"] as String),
      let content = JSONValue(stored["body"] as String), SigningAct.isSigned(content),
      let span = try SessionSpan(of: event.chair, at: event.sequence, in: database)
    else { return }
    var record = try StoredRecord(span, database)
    // What is added after the end belongs to the record; before it, it is a note like others.
    guard span.isClosed || record.signatureCount > 0 || !SigningAct.isLateEntry(content) else {
      return
    }
    // With what followed from it at once, such as the end of the session.
    let eventEnd =
      try Int64.fetchOne(
        database,
        sql: "SELECT max(seq) FROM event WHERE seq >= ? AND t_ms = ? AND chair = ?",
        arguments: [event.sequence, event.at.milliseconds, event.chair.name])
      ?? event.sequence
    try record.add(eventEnd: eventEnd, end: event.at)
    let samples = Int64(record.sampleCount)
    let user = content["by"]?.text ?? ""
    let act = SigningAct(
      event: content, sequence: event.sequence,
      signer: record.staff.first { $0.userID == user }
        ?? Signer(userID: user, printedName: user, role: ""),
      signedAt: event.wall,
      utcOffsetSeconds: TimeZone.current.secondsFromGMT(
        for: Date(timeIntervalSince1970: Double(event.wall.milliseconds) / 1000)),
      clock: Self.clock, chainHead: chain.head.hash)
    guard let manifest = record.writer.manifest(act).signed(by: key) else {
      throw StoreError.cannotRead(reason: "the site's key does not sign")
    }
    try chain.insert(
      .signature, nil,
      [
        .integer(event.sequence), .text(event.chair.name), .text(record.writer.header.recordID),
        .integer(eventEnd), .integer(samples), .integer(event.at.milliseconds),
        .text(manifest.canonical), .integer(samples),
      ], into: database)
  }

  /// What the kernel says of its clock.
  private static var clock: SigningAct.Clock {
    var microseconds = 0
    let isSynchronised = clinux_is_clock_synchronised(&microseconds) != 0
    return SigningAct.Clock(
      isSynchronised: isSynchronised, maximumErrorMilliseconds: Int64(microseconds) / 1000)
  }
}
