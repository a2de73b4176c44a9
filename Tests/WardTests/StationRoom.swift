import Monitoring
import Vitals
import Ward

/// A ward with one infusion at chair 1, and stations that beat and confirm as told.
struct StationRoom {
  static let wall = StaffID("wall")!
  static let front = StaffID("front")!
  var room: Room
  /// Stations that send their heartbeat every two seconds.
  var beating: Set<StaffID> = []
  /// Whether they confirm what they show.
  var confirms = true
  /// What the oximeter shows.
  var shown = (spo2: 97, pr: 72)
  private var sinceBeat = 0

  init(_ stations: StaffID..., chairs: Int = 1) {
    room = Room([[SlotName: String]](repeating: [:], count: chairs))
    room.infuse(Room.chair(1))
    room.handle(.station(StaffID("wall")!, isLinked: false))
    for station in stations { link(station) }
    room.forget()
  }

  mutating func link(_ station: StaffID) {
    room.handle(.stationSays(station, .hello))
    beating.insert(station)
  }

  /// Lets whole seconds pass.
  mutating func pass(_ seconds: Int) {
    for _ in 0..<seconds {
      room.advance(to: room.now + .seconds(1))
      let reading = OximeterReading(
        saturation: Saturation(percent: shown.spo2), pulseRate: PulseRate(perMinute: shown.pr))
      room.handle(.reading(Room.chair(1), .oximetry(reading), by: .system))
      sinceBeat += 1
      if sinceBeat == 2 {
        for station in beating.sorted(by: { $0.name < $1.name }) {
          room.handle(.stationSays(station, .heartbeat))
        }
        sinceBeat = 0
      }
      if confirms { confirm() }
    }
  }

  /// Every beating station confirms all that a tile shows.
  mutating func confirm() {
    for station in beating.sorted(by: { $0.name < $1.name }) {
      for (id, alarms, ends) in shownAlarms() {
        for (alarm, revision) in alarms.map({ ($0.serial, $0.revision) }) + ends {
          room.handle(.stationSays(station, .confirmed(id, alarm: alarm, revision: revision)))
        }
      }
    }
  }

  private func shownAlarms() -> [(ChairID, [Alarm], [(alarm: Int, revision: Int)])] {
    room.ward.chairs.map { ($0.id, $0.monitor.activeAlarms, $0.desk.unconfirmedEnds) } + [
      (.ward, room.ward.wardAlarms.active, room.ward.unconfirmedEnds)
    ]
  }

  @discardableResult
  mutating func tell(_ command: Command, by name: String = "rn1") -> [Refusal.Reason] {
    room.tell(command, Room.chair(1), by: name)?.reasons ?? []
  }

  /// Audit entries that matter here as `12 routed allStations undefined`, in seconds since `zero`.
  func audits(since zero: Instant, deliveries: Bool = false) -> [String] {
    room.events.compactMap { at, chair, event in
      guard case .audit(let entry) = event else { return nil }
      let words: String? =
        switch entry {
        case .routed(let id, _, let to, let why):
          "routed \(id.rawValue) \(to.rawValue) \(why.rawValue)"
        case .unattended(let id, _): "unattended \(id.rawValue)"
        case .answered(let id, _, let answer, let by): "\(answer.rawValue) \(id.rawValue) \(by)"
        case .chairAudio(let isOn, let why): "sounder \(isOn ? "on" : "off") \(why.rawValue)"
        case .delivered(let id, _, let revision, let station, _) where deliveries:
          "delivered \(id.rawValue) \(revision) \(station)"
        default: nil
        }
      return words.map { "\((at - zero).wholeSeconds) \(chair == .ward ? "* " : "")\($0)" }
    }
  }

  /// Steps of alarms about stations, without their priority.
  var linkSteps: [String] {
    room.alarmSteps.filter { $0.contains("STATION_LINK") || $0.contains("NOT_DELIVERED") }
      .map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
  }
}
