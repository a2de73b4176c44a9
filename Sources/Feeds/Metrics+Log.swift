/// How the log does.
extension Metrics {
  /// - Parameters:
  ///   - log: bytes of its file, of what was written since that was last brought up to date, and of
  ///     the room that is left; `nil` before anybody has looked.
  ///   - waitingSeconds: since when the oldest decision waits for the disk.
  public static func text(
    log: (file: Int64, ahead: Int64, free: Int64?)?, waitingSeconds: Int64
  ) -> String {
    var page = Page()
    page.family(
      "chairside_log_waiting_seconds", "gauge", "Age of the oldest decision that is not on disk.")
    page.sample("chairside_log_waiting_seconds", [:], Int(waitingSeconds))
    guard let log else { return page.text }
    page.family("chairside_log_file_bytes", "gauge", "Size of the log's file.")
    page.sample("chairside_log_file_bytes", [:], Int(log.file))
    page.family(
      "chairside_log_wal_bytes", "gauge",
      "Size of the write-ahead log; grows while somebody reads without an end.")
    page.sample("chairside_log_wal_bytes", [:], Int(log.ahead))
    if let free = log.free {
      page.family("chairside_log_free_bytes", "gauge", "Room left where the log lies.")
      page.sample("chairside_log_free_bytes", [:], Int(free))
    }
    return page.text
  }
}
