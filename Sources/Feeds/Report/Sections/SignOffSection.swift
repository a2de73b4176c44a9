import Vitals

/// Every attempt to sign.
enum SignOffSection {
  static func section(_ summary: SessionSummary) -> Section {
    let attempts = summary.log.events.filter { $0.kind == "signature" }
    return Section(
      "Sign-off",
      Table(
        ["Time", "Result", "By", "Number", "Of", "Reasons for a refusal"],
        attempts.map { attempt in
          [
            summary.time.clock(attempt).html, attempt.figure("result").html,
            attempt.figure("by").html, attempt.figure("number").html, attempt.figure("of").html,
            attempt.figure("why").html,
          ]
        }
      ).html,
      .element("h3", [], [.fixed("Signatures that no longer stand")]),
      Table(
        ["Time", "What", "Signers", "Why", "By"],
        summary.entries("signaturesVoided", "reopened").map { entry in
          [
            summary.time.clock(entry).html, entry.spelled("what").html,
            (entry.figure("signers") ?? entry.figure("superseded")).html,
            (entry.figure("why") ?? entry.figure("reason")).html, entry.figure("by").html,
          ]
        }
      ).html)
  }
}

/// The signatures with printed name, role, meaning and time (21 CFR 11.50), and what they are bound
/// to.
enum SignatureSection {
  static func section(_ summary: SessionSummary) -> Section {
    let accepted = summary.log.events.filter {
      $0.kind == "signature" && $0["result"] == "accepted"
    }
    let boxes = accepted.map { box($0, summary) }
    return Section("Signatures", boxes.isEmpty ? Section.none : .joined(boxes))
  }

  private static func box(_ signature: LogEvent, _ summary: SessionSummary) -> HTML {
    let user = signature["by"] ?? ""
    let index = summary.log.manifests.firstIndex {
      $0["event"]?.words == "\(signature.sequence)"
    }
    func manifest(_ field: String) -> Figure? {
      guard let index, let words = summary.log.manifests[index][field]?.words else { return nil }
      return Figure(words, .manifest(index, field))
    }
    return .element(
      "div", [.kind("signature")],
      [
        Facts([
          ("Printed name", summary.name(of: user) ?? signature.figure("by")),
          ("Role", summary.role(of: user)),
          ("Meaning", manifest("meaning") ?? signature.spelled("meaning")),
          ("Signed", summary.time.dateAndClock(signature)),
          ("User", signature.figure("by")), ("Number", signature.figure("number")),
          ("Revision", manifest("revision")), ("Components", manifest("auth")),
          ("Record SHA-256", manifest("recordSha256").map(short)),
          ("Policy SHA-256", manifest("policySha256").map(short)),
        ]).html
      ])
  }

  /// The first 16 digits of a hash.
  private static func short(_ hash: Figure) -> Figure {
    Figure(String(hash.words.prefix(16)), hash.source)
  }
}
