import Records
import Store

/// What a verification says, for people and as JSON.
struct VerifyReport {
  let findings: [Finding]
  private let kind: String
  /// What was checked, one sentence a line.
  private let summary: [String]
  private let fields: [String: JSONValue]

  init(_ log: LogVerification) {
    kind = "log"
    findings = log.findings
    let fingerprint = log.key?.fingerprint ?? "none"
    let counts = log.tables.map { name, rows, bad in
      "\(rows) of \(name)" + (bad > 0 ? " (\(bad) bad)" : "")
    }
    summary = [
      "rows checked: \(counts.joined(separator: ", "))",
      "head: link \(log.head.link) \(log.head.hash)",
      "signatures checked: \(log.signatureCount)",
      "site key, SHA-256: \(fingerprint)",
    ]
    fields = [
      "head": .object([
        "hash": .text(log.head.hash.description), "link": .integer(log.head.link),
      ]),
      "keyFingerprint": .text(fingerprint),
      "signatures": .integer(log.signatureCount),
      "tables": .object(
        Dictionary(
          uniqueKeysWithValues: log.tables.map { name, rows, bad in
            (name, .object(["rows": .integer(rows), "bad": .integer(bad)]))
          })),
    ]
  }

  init(_ bundle: BundleVerification) {
    kind = "bundle"
    findings = bundle.findings
    let fingerprint = bundle.key?.fingerprint ?? "none"
    let signatures = bundle.signatures.map { manifest in
      "signed: revision \(manifest["revision"]?.integer ?? 0) by "
        + "\(manifest["signer"]?["printedName"]?.text ?? "") "
        + "(\(manifest["signer"]?["role"]?.text ?? "")), "
        + "\(manifest["signedAtUtc"]?.text ?? ""): \(manifest["meaning"]?.text ?? "")"
    }
    summary =
      [
        "record \(bundle.header?["recordId"]?.text ?? "?") of chair "
          + "\(bundle.header?["chair"]?.text ?? "?"), \(bundle.header?["site"]?.text ?? "?"); "
          + "lines checked: \(bundle.lineCount)"
      ] + (signatures.isEmpty ? ["nobody has signed it"] : signatures)
      + ["site key, SHA-256: \(fingerprint)"]
    fields = [
      "keyFingerprint": .text(fingerprint), "lines": .integer(bundle.lineCount),
      "recordId": bundle.header?["recordId"] ?? .null, "signatures": .list(bundle.signatures),
    ]
  }

  private static let mostShown = 20

  var lines: [String] {
    guard let first = findings.first else { return ["as it was written"] + summary }
    let rest = findings.dropFirst().prefix(Self.mostShown).map { "also: \($0)" }
    let more = findings.count - 1 - rest.count
    return ["first bad record: \(first)"] + rest + (more > 0 ? ["and \(more) more"] : [])
      + ["findings: \(findings.count)"] + summary
  }

  func json(file: String) -> String {
    var object = fields
    object["file"] = .text(file)
    object["kind"] = .text(kind)
    object["ok"] = .bool(findings.isEmpty)
    object["findingCount"] = .integer(findings.count)
    object["findings"] = .list(findings.prefix(1000).map(\.json))
    return JSONValue.object(object).canonical
  }
}
