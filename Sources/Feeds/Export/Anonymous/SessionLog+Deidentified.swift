import Recording
import Vitals

extension SessionLog {
  /// The same session of nobody, somewhere, some day (`docs/exports.md`).
  ///
  /// Every export of it is de-identified, since what is taken out is not there any more. The day is
  /// drawn anew each time from a hundred years, whatever the real one was, so nothing in the export
  /// tells it; the time of day stays. Instants count from the beginning of the session, and the
  /// wall clock is taken to have run evenly: a step from or to a known wrong date would tell the day.
  public func deidentified(using random: inout some RandomNumberGenerator) -> SessionLog {
    let start = events.first?.at ?? samples.first?.at ?? .zero
    let wall = events.first?.wall ?? WallTime(milliseconds: 0)
    let day = Self.day(otherThan: wall, using: &random)
    var aliases = Aliases(roles: staff.mapValues(\.role))
    let kept = events.filter { event in
      KeptFields.keeps(event) && event.what != "wallClockStepped"
    }
    let events = kept.enumerated().map { index, event in
      LogEvent(
        sequence: Int64(index + 1), at: .zero + (event.at - start), wall: day + (event.at - start),
        body: Self.kept(of: event, from: start, &aliases))
    }
    let offset = utcOffset(wall)
    var log = SessionLog(
      id: "", site: "", chair: Self.chair, events: events, devicesBefore: [],
      samples: samples.map { sample in
        LogSample(
          at: .zero + (sample.at - start), spo2: sample.spo2, pulseRate: sample.pulseRate,
          perfusion: sample.perfusion, status: sample.status)
      },
      runs: runs.suffix(1).map { run in
        LogRun(
          instant: .zero, boot: "", software: run.software, policyID: "", policy: run.policy)
      },
      staff: aliases.people.mapValues { Person(name: "", role: $0) }, utcOffset: { _ in offset })
    log.reach = reach.map { .zero + ($0 - start) }
    log.isDeidentified = true
    return log
  }

  /// What the only chair is called.
  private static let chair = "1"

  /// A wall time of the same time of day, on any day that an EDF header can say.
  private static func day(
    otherThan wall: WallTime, using random: inout some RandomNumberGenerator
  ) -> WallTime {
    let length: Int64 = 86_400_000
    let days = 5480...41_990 as ClosedRange<Int64>
    let timeOfDay = (wall.milliseconds % length + length) % length
    let real = (wall.milliseconds - timeOfDay) / length
    var day = Int64.random(in: days, using: &random)
    // The days next to it are in the session, too, when it goes past midnight.
    while abs(day - real) < 8 { day = Int64.random(in: days, using: &random) }
    return WallTime(milliseconds: day * length + timeOfDay)
  }

  private static func kept(
    of event: LogEvent, from start: Instant, _ aliases: inout Aliases
  ) -> JSONValue {
    guard case .object(let members) = event.body else { return .object([]) }
    let row = KeptFields.row(of: event)
    return .object(
      members.compactMap { member in
        guard let kind = KeptFields.kind(of: member.name, in: row) else { return nil }
        let value: JSONValue? =
          switch kind {
          case .value where member.name == "chair":
            .string(member.value.words == "*" ? "*" : Self.chair)
          case .value: member.value.programWords
          case .instant:
            event.instant(member.name).map { .number(Seconds.short(.zero + ($0 - start))) }
          case .person: member.value.mapWords { aliases.person($0) }
          case .station: member.value.mapWords { $0 == "any" ? $0 : aliases.station($0) }
          case .reason:
            member.value.words.flatMap { words in
              let known = words.split(separator: ", ").map(String.init)
                .filter(KeptFields.reasons.contains)
              return known.isEmpty ? nil : .string(known.joined(separator: ", "))
            }
          }
        return value.map { JSONValue.Member(name: member.name, value: $0) }
      })
  }
}

extension JSONValue {
  /// The value without anything that a person may have written: words of more than one part go.
  fileprivate var programWords: JSONValue? {
    switch self {
    case .null, .bool, .number: self
    case .string(let text): text.utf8.allSatisfy(Self.isProgram) ? self : nil
    case .array(let values): .array(values.compactMap(\.programWords))
    case .object: nil
    }
  }

  private static func isProgram(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: ":"):
      true
    default: false
    }
  }

  fileprivate func mapWords(_ change: (String) -> String) -> JSONValue? {
    switch self {
    case .string(let text): .string(change(text))
    case .array(let values): .array(values.compactMap { $0.mapWords(change) })
    case .null, .bool, .number, .object: nil
    }
  }
}
