/// A form in which a session is given to other programs (`docs/exports.md`).
public enum ExportFormat: String, Hashable, Sendable, CaseIterable {
  /// One row a second.
  case csv
  /// One row a value.
  case csvLong = "csv-long"
  case ndjson, edf, wfdb

  /// A file of an export: what follows the name that was asked for, and all of its bytes.
  public struct File: Hashable, Sendable {
    public let ending: String
    public let bytes: [UInt8]
  }

  /// What may follow the name that was asked for, in the order in which files get their names.
  ///
  /// All forms but WFDB are one file without an ending of its own. WFDB is three, which name each
  /// other; its header comes last, since it is what others open.
  public var endings: [String] { self == .wfdb ? [".dat", ".atr", ".hea"] : [""] }

  /// Whether the files are no text.
  public var isBinary: Bool { self == .edf || self == .wfdb }

  /// The session in this form; the files of a WFDB record call it `record`.
  public func files(of log: SessionLog, record: String = "session") -> [File] {
    let excerpt = Excerpt(log)
    return switch self {
    case .csv: [File(ending: "", bytes: Array(WideCSV.text(of: excerpt).utf8))]
    case .csvLong: [File(ending: "", bytes: Array(LongCSV.text(of: excerpt).utf8))]
    case .ndjson: [File(ending: "", bytes: Array(SessionNDJSON.text(of: excerpt).utf8))]
    case .edf: [File(ending: "", bytes: EDFFile(excerpt).bytes)]
    case .wfdb: WFDBRecord(excerpt, name: record).files
    }
  }
}
