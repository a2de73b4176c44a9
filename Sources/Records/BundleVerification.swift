/// Checks a bundle by itself, without the log it came from: every line against its hash, every
/// manifest against the lines before it and the site's key, and that it ends where it says.
public struct BundleVerification: Sendable {
  /// In the order of the file; empty when everything is as it was written.
  public private(set) var findings: [Finding] = []
  public private(set) var lineCount = 0
  /// Who signed, with what meaning; only those whose signature holds.
  public private(set) var signatures: [JSONValue] = []
  public private(set) var header: JSONValue?
  /// The key that the bundle names.
  public private(set) var key: SitePublicKey?

  private var facts = RecordFacts()
  private var isClosed = false
  /// Those whose signature counts: the ones given, or those that the bundle names: in its header, and
  /// for each run, should the site have changed its key during the session.
  private var keys: Set<SitePublicKey>
  private let areKeysGiven: Bool

  /// Whether this is a bundle at all, whatever has happened to it.
  public static func isBundle(_ bytes: [UInt8]) -> Bool {
    let start = String(decoding: bytes.prefix(400), as: UTF8.self)
    return start.contains(RecordLines.format) || start.hasPrefix(#"{"body":{"chair":"#)
  }

  /// Verifies; with keys, only what one of them has signed counts.
  ///
  /// A site that has replaced its key has two: one signed the record then, the other closes the copy
  /// of today. Nothing in a bundle can vouch for the second.
  public init(_ bytes: [UInt8], trusting trusted: [SitePublicKey] = []) {
    keys = Set(trusted)
    areKeysGiven = !trusted.isEmpty
    var pieces = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let isCut = pieces.popLast()?.isEmpty == false
    if isCut, let rest = bytes.split(separator: UInt8(ascii: "\n")).last { pieces.append(rest) }
    var lines = BundleLines(pieces)
    lineCount = pieces.count
    for index in pieces.indices {
      let (line, finding) = lines.take(index)
      if let finding { findings.append(finding) }
      if let line { check(line) }
    }
    if !isClosed {
      findings.append(Finding("line", Int64(lineCount + 1), .truncated, "no closing line follows"))
    } else if isCut {
      findings.append(Finding("line", Int64(lineCount), .truncated, "its end is missing"))
    }
  }

  private mutating func check(_ line: BundleLines.Line) {
    let complaint: (problem: Finding.Problem, detail: String)? =
      if isClosed {
        (.inserted, "\(line.kind) after the closing line")
      } else if (line.kind == "header") != (line.number == 1) {
        (.changed, "a bundle begins with its one header")
      } else {
        switch line.kind {
        case "header": take(header: line.body)
        case "signature": complaint(aboutManifest: line).map { (.badSignature, $0) }
        case "close": close(line)
        default: nil
        }
      }
    // What is wrong with the line itself has been said.
    if line.isSound, let complaint {
      findings.append(Finding("line", line.row, complaint.problem, complaint.detail))
    } else if line.isSound, line.kind == "signature" {
      signatures.append(line.body)
    }
    facts.note(line.kind, line.body)
    if line.kind == "run", let key = line.body["key"]?.text.flatMap({ SitePublicKey($0) }) {
      name(key)
    }
  }

  /// The bundle names a key as the site's.
  private mutating func name(_ key: SitePublicKey) {
    if !areKeysGiven { keys.insert(key) }
  }

  private mutating func take(header body: JSONValue) -> (Finding.Problem, String)? {
    header = body
    let named = body["key"]?.text.flatMap { SitePublicKey($0) }
    guard body["format"]?.text == RecordLines.format else { return (.changed, "unknown format") }
    guard let named, named.fingerprint == body["keyFingerprint"]?.text else {
      return (.changed, "the key and its fingerprint differ")
    }
    key = named
    name(named)
    return keys.contains(named) ? nil : (.badSignature, "the key is another site's")
  }

  private mutating func close(_ line: BundleLines.Line) -> (Finding.Problem, String)? {
    isClosed = true
    guard line.body["recordSha256"]?.text == line.previous.description,
      line.body["lines"]?.integer == line.number - 1
    else { return (.changed, "it closes another record") }
    return isSigned(line.body)
      ? nil
      : (
        .badSignature,
        "the closing line is not by the key that the bundle names; if the site has replaced it, give both with --key"
      )
  }

  private func isSigned(_ body: JSONValue) -> Bool {
    keys.contains(where: body.isSigned)
  }

  private func complaint(aboutManifest line: BundleLines.Line) -> String? {
    let manifest = line.body
    let expected: [(field: String, value: JSONValue?)] = [
      ("recordSha256", .text(line.previous.description)), ("recordId", header?["recordId"]),
      ("policyId", .text(facts.policyID)), ("policySha256", .text(facts.policyHash.description)),
      ("software", .text(facts.software)), ("waivers", .list(facts.waivers)),
      ("event", facts.lastSigned.map { .integer($0.sequence) }),
    ]
    for (field, value) in expected where manifest[field] != value {
      return "\(field) is not that of the record before it"
    }
    guard manifest["signer"]?["userId"] == facts.lastSigned?.event["by"] else {
      return "the event was another person's"
    }
    return isSigned(manifest) ? nil : "the manifest is not signed by the site's key"
  }
}
