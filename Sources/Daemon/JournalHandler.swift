import Glibc
public import Logging

/// Writes one line a message to standard error, with the priority that journald reads from `<N>`.
public struct JournalHandler: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level = .notice
  /// Whether systemd reads us; a person at a terminal is spared the numbers.
  private let isJournal = getenv("JOURNAL_STREAM") != nil

  public init() {}

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    let prefix = isJournal ? "<\(Self.priority(event.level))>" : "\(event.level): "
    let line = "\(prefix)\(event.message)\n"
    _ = line.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
  }

  /// The syslog priorities of `sd-daemon(3)`.
  private static func priority(_ level: Logger.Level) -> Int {
    switch level {
    case .critical: 2
    case .error: 3
    case .warning: 4
    case .notice: 5
    case .info: 6
    case .debug, .trace: 7
    }
  }
}
