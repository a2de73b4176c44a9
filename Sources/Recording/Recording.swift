import Monitoring
public import Vitals
public import Ward

/// A recording: who was there, and everything that reached the ward.
public struct Recording: Sendable {
  /// Comment lines at the top, without `# `: device, source, what it shows.
  public var remarks: [String]
  public var startedAt: WallTime
  public var policyID: String
  public var plan: WardPlan
  /// What was so when the recording began: lines that were open, stations that were linked.
  public var standing: [WardInput]
  /// What the ward's own alarms were then.
  public var alarms: StandingAlarms
  public var entries: [(at: Instant, entry: WireText.Entry)]

  public init(
    remarks: [String], startedAt: WallTime, policyID: String, plan: WardPlan,
    standing: [WardInput] = [], alarms: StandingAlarms = StandingAlarms(),
    entries: [(at: Instant, entry: WireText.Entry)] = []
  ) {
    self.remarks = remarks
    self.startedAt = startedAt
    self.policyID = policyID
    self.plan = plan
    self.standing = standing
    self.alarms = alarms
    self.entries = entries
  }

  /// What every recording begins with.
  public static let firstLine = "# chairside recording 1"

  /// Reads the text of a `.wire` file.
  ///
  /// - Throws: ``RecordingError`` with the line and the reason; nothing is skipped.
  public init(text: String) throws(RecordingError) {
    var heading = Heading()
    var entries: [(at: Instant, entry: WireText.Entry)] = []
    var number = 0
    var stepped: UInt64 = 0
    var deviceLines = DeviceLineReader()
    let newline = UInt8(ascii: "\n")
    for bytes in text.utf8.split(separator: newline, omittingEmptySubsequences: false) {
      // An editor may have written “\r\n”.
      let line = Substring(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
      number += 1
      do throws(TextError) {
        if number == 1 {
          guard line == Self.firstLine else {
            throw TextError("the first line must be “\(Self.firstLine)”")
          }
        } else if line.hasPrefix("#") {
          heading.remarks.append(String(line.dropFirst().drop { $0 == " " }))
        } else if line.hasPrefix("@") {
          try heading.read(line.dropFirst())
        } else if !line.allSatisfy(\.isWhitespace) {
          let (at, entry) =
            if let read = deviceLines.read(line) { read } else { try WireText.parse(line) }
          if let last = entries.last, at < last.at {
            throw TextError(
              "time runs backwards: \(Seconds.signed(at)) s after \(Seconds.signed(last.at)) s")
          }
          if case .input(.wallClockStepped(let step)) = entry {
            stepped += step.magnitude
            guard stepped < 1 << 60 else { throw TextError("the wall clock steps too far") }
          }
          heading.mention(entry)
          entries.append((at, entry))
        }
      } catch {
        throw RecordingError(line: number, reason: error.description)
      }
    }
    self.init(
      remarks: heading.remarks, startedAt: heading.startedAt, policyID: heading.policyID,
      plan: heading.plan, standing: heading.standing, alarms: heading.alarms, entries: entries)
  }

  /// The text of a `.wire` file, in full.
  public var text: String { ([head] + lines).joined(separator: "\n") + "\n" }

  /// Everything above the first input.
  public var head: String {
    var head =
      [Self.firstLine]
      + remarks.flatMap(Self.lines).map { "# \($0)" }
    head.append("@ start \(startedAt) policy=\(Fields.quoted(policyID))")
    let (staff, limits) = (PlanText.staff(plan.roster), PlanText.limits(plan.policy))
    if !staff.isEmpty { head.append("@ staff \(staff)") }
    if !limits.isEmpty { head.append("@ limits \(limits)") }
    for chair in plan.chairs {
      if chair.drivers.isEmpty { head.append("@ chair \(chair.id)") }
      for slot in SlotName.allCases {
        if let driver = chair.drivers[slot] {
          let isOpen = standing.contains(.line(Slot(chair.id, slot), .opened))
          head.append("@ device \(Slot(chair.id, slot)) \(driver)\(isOpen ? " open" : "")")
        }
      }
    }
    if plan.speed != 1 { head.append("@ speed \(plan.speed)") }
    for input in standing {
      switch input {
      case .station(let station, true): head.append("@ station \(station)")
      case .stationSays(let station, .hello): head.append("@ station \(station) confirms")
      case .stationSays(let station, .sound(let sound)):
        let words = StationText.fields(of: sound).map { " \($0.key)=\($0.value)" }.joined()
        head.append("@ station \(station) sound\(words)")
      default: break
      }
    }
    return (head + StandingText.lines(alarms)).joined(separator: "\n")
  }

  /// The lines of a remark, as they are read back: only what ends a line of the file ends one here,
  /// not every character that Unicode calls a newline.
  private static func lines(of remark: String) -> [Substring] {
    remark.unicodeScalars.split { $0 == "\n" || $0 == "\r" }
      .map { Substring($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }

  private var lines: [String] {
    var stepped: Int64 = 0
    return entries.map { at, entry in
      switch entry {
      case .input(let input):
        if case .wallClockStepped(let milliseconds) = input { stepped += milliseconds }
        let wall = startedAt + (at - .zero) + .milliseconds(stepped)
        return WireText.line(input, at: at, wall: wall)
      case .sent(let slot, let bytes): return WireText.line(sent: bytes, to: slot, at: at)
      case .end: return WireText.lineOfEnd(at: at)
      case .wallClock(let time):
        stepped = time.milliseconds - (startedAt + (at - .zero)).milliseconds
        return "\(Seconds.signed(at)) * ~ \(time)"
      }
    }
  }
}

/// What is wrong with a recording, and where.
public struct RecordingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let line: Int
  public let reason: String

  public var description: String { "\(line): \(reason)" }
}
