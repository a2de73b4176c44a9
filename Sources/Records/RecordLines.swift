import Recording
import Vitals

/// The bodies of a record's lines.
enum RecordLines {
  static let format = "chairside-bundle-1"

  static func header(_ header: RecordHeader) -> JSONValue {
    .object([
      "chair": .text(header.chair.name), "format": .text(format), "key": .text(header.key.text),
      "keyFingerprint": .text(header.key.fingerprint), "recordId": .text(header.recordID),
      "site": .text(header.site), "startMs": .integer(header.start.milliseconds),
      "startedAtUtc": .text(header.startedAt.description),
    ])
  }

  static func part(_ number: Int, _ part: RecordPart, _ contents: [JSONValue]) -> JSONValue {
    let acting = Set(contents.compactMap { $0["by"]?.text })
    return .object([
      "endMs": .integer(part.end.milliseconds), "eventEnd": .integer(part.eventEnd),
      "part": .integer(number), "sampleEnd": .integer(part.sampleEnd),
      "staff": .list(part.staff.filter { acting.contains($0.userID) }.map(\.json)),
    ])
  }

  static func run(_ run: RecordRun) -> JSONValue {
    .object([
      "boot": .text(run.boot), "instantMs": .integer(run.instant.milliseconds),
      "key": .text(run.key), "policy": .text(run.policy), "policyId": .text(run.policyID),
      "policySha256": .text(PolicyText.hash(run.policy).description),
      "run": .integer(run.number), "site": .text(run.site), "software": .text(run.software),
      // Thousandths: a record holds no floats.
      "speedThousandths": .integer(Int64((run.speed * 1000).rounded())),
      "startedAtUtc": .text(run.wall.description),
    ])
  }

  static func event(_ event: RecordEvent, _ content: JSONValue) -> JSONValue {
    .object([
      "event": content, "seq": .integer(event.sequence), "wallUtc": .text(event.wall.description),
    ])
  }

  /// A minute of seconds: instant in ms, SpO2, pulse, perfusion in hundredths, status bits.
  static func minute(_ minute: Int64, _ samples: ArraySlice<RecordSample>) -> JSONValue {
    .object([
      "minute": .integer(minute),
      "rows": .list(
        samples.map { sample in
          .list([
            .integer(sample.at.milliseconds), .integer(ifAny: sample.spo2),
            .integer(ifAny: sample.pulseRate), .integer(ifAny: sample.perfusion),
            .integer(sample.status.rawValue),
          ])
        }),
    ])
  }

  static func gap(_ gap: RecordGap) -> JSONValue {
    .object([
      "fromMs": .integer(gap.from.milliseconds), "toMs": .integer(gap.to.milliseconds),
      "why": .text(gap.why.rawValue),
    ])
  }
}
