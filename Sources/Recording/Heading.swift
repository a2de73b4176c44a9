import Drivers
import Monitoring
import Vitals
import Ward

/// The `@` lines at the top of a recording.
struct Heading {
  var remarks: [String] = []
  var startedAt = WallTime(milliseconds: 0)
  var standing: [WardInput] = []
  var alarms = StandingAlarms()
  var policyID = Policy.adultKetamineDefault1.policyID
  private var speed = 1.0
  private var roster = Roster.standard
  private var policy = Policy.adultKetamineDefault1
  /// In the order of first mention, which is the order of the room.
  private var order: [ChairID] = []
  private var drivers: [ChairID: [SlotName: String]] = [:]

  private static let stationForm = TextError(
    "expected @ station NAME, @ station NAME confirms, @ station NAME lost, or @ station NAME sound visible=yes audible=yes by=rn1"
  )

  mutating func read(_ line: Substring) throws(TextError) {
    let words = try Fields.split(line)
    switch words.first {
    case "start":
      guard words.count > 1, let time = WallTime(words[1]) else {
        throw TextError("expected @ start 2026-03-14T15:02:11.000Z policy=NAME")
      }
      startedAt = time
      var fields = try Fields.read(words.dropFirst(2))
      policyID = fields.take("policy") ?? policyID
      try fields.finish()
    case "device":
      guard words.count == 3 || (words.count == 4 && words[3] == "open") else {
        throw TextError("expected @ device 7/ox DRIVER, or @ device 7/ox DRIVER open")
      }
      let slot = try WireText.slot(Substring(words[1]))
      guard Catalog.model(id: words[2]) != nil else {
        throw TextError("there is no driver “\(words[2])”; see chairside drivers")
      }
      mention(slot.chair)
      drivers[slot.chair, default: [:]][slot.name] = words[2]
      if words.count == 4 { standing.append(.line(slot, .opened)) }
    case "station":
      guard words.count > 1 else { throw Self.stationForm }
      let station = try CommandText.staff("station", words[1])
      switch words.dropFirst(2) {
      case []: standing.append(.station(station, isLinked: true))
      case ["confirms"]: standing.append(.stationSays(station, .hello))
      case ["lost"]: alarms.lost.append(station)
      case let rest where rest.first == "sound":
        var fields = try Fields.read(rest.dropFirst())
        standing.append(.stationSays(station, .sound(try StationText.sound(&fields))))
        try fields.finish()
      default: throw Self.stationForm
      }
    case "alarms": alarms.count = try StandingText.count(words.dropFirst())
    case "alarm": alarms.alarms.append(try StandingText.alarm(words.dropFirst()))
    case "speed":
      guard words.count == 2, let number = Double(words[1]), (0.01...1000).contains(number) else {
        throw TextError("expected @ speed NUMBER")
      }
      speed = number
    case "chair":
      guard words.count == 2 else { throw TextError("expected @ chair NAME") }
      mention(try WireText.chair(Substring(words[1])))
    case "staff": roster = try PlanText.roster(words.dropFirst())
    case "limits": policy = try PlanText.policy(words.dropFirst())
    case let other:
      throw TextError(
        "@ \(other ?? "") is none of: start, device, station, chair, staff, limits, speed, alarms, alarm"
      )
    }
  }

  /// Notes the chair that an entry is about.
  mutating func mention(_ entry: WireText.Entry) {
    switch entry {
    case .sent(let slot, _), .input(.bytes(let slot, _)), .input(.line(let slot, _)):
      mention(slot.chair)
    case .input(.command(let chair, _, _)), .input(.reading(let chair, _, _)): mention(chair)
    case .wallClock, .end, .input: break
    }
  }

  private mutating func mention(_ chair: ChairID) {
    guard chair != .ward, !order.contains(chair) else { return }
    order.append(chair)
  }

  var plan: WardPlan {
    WardPlan(
      policy: policy, roster: roster,
      chairs: order.map { WardPlan.Chair(id: $0, drivers: drivers[$0] ?? [:]) }, speed: speed)
  }
}
