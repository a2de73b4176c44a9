import GRDB
public import Records
public import Vitals

/// The session's record as one file that proves itself.
extension History {
  /// The bundle of a chair's latest session, or of the one that begins with an event; `nil` when
  /// there is none.
  ///
  /// Its closing line is signed now, with the site's key.
  public func bundle(
    of chair: ChairID, beginningWith opening: Int64? = nil, key: SiteKey, at wall: WallTime
  ) throws(StoreError) -> String? {
    try read { database in
      guard let span = try SessionSpan(of: chair, at: opening ?? .max, in: database) else {
        return nil
      }
      var record = try StoredRecord(span, database)
      try record.addTail(span)
      let head = try ChainWriter(database).head
      var writer = record.writer
      guard
        writer.close(
          logHead: ChainHead(link: head.number, hash: head.hash, wall: wall), at: wall, key: key)
      else { throw StoreError.cannotRead(reason: "the site's key does not sign") }
      return writer.text
    }
  }
}
