import Drivers
import TestKit
import Vitals

/// A manager, and an agent played by hand.
struct PHDCVisit {
  private var driver: any Driver = Catalog.model(id: "phdc")!.makeDriver()
  private(set) var outputs: [DriverOutput] = []
  private(set) var now = Instant.zero
  var account: ByteAccount { driver.account }

  init() { run { $0.handle(.opened, at: .zero, emit: $1) } }

  /// Associates with a standard configuration, or with one of the agent's own.
  init(associatedWith id: Int) {
    self.init()
    say(PHDCBytes.associationRequest(id))
  }

  init(configuredWith objects: [[UInt8]]) {
    self.init(associatedWith: 0x4000)
    say(PHDCBytes.event(0x0D1C, [0x40, 0x00] + PHDCBytes.list(objects)))
  }

  /// The agent says something, and lets the silence settle it.
  mutating func say(_ bytes: [UInt8]) {
    run { [now] in $0.handle(.bytes(bytes), at: now, emit: $1) }
    pass(.milliseconds(50))
  }

  mutating func report(_ observations: [UInt8]..., type: Int = 0x0D1D) {
    say(PHDCBytes.event(type, PHDCBytes.report(observations)))
  }

  /// Answers the question who it is, with what its clock shows.
  mutating func answerIdentity(clock: String, invokeID: Int = 0) {
    let attributes = PHDCBytes.list([PHDCBytes.attribute(0x0987, hex(clock))])
    say(PHDCBytes.call(0x0203, invokeID, [0, 0] + attributes))
  }

  mutating func pass(_ duration: Duration) {
    now = now + duration
    run { [now] in $0.advance(to: now, emit: $1) }
  }

  mutating func reopen() {
    run { [now] in $0.handle(.closed, at: now, emit: $1) }
    run { [now] in $0.handle(.opened, at: now, emit: $1) }
  }

  /// Lets a simulated agent do the talking, from power on.
  mutating func play(_ simulator: inout any Simulator, for duration: Duration) {
    let end = now + duration
    var said: [[UInt8]] = []
    simulator.handle(.opened, at: now) { said.append($1) }
    while true {
      while !said.isEmpty {
        let bytes = said.removeFirst()
        run { [now] in $0.handle(.bytes(bytes), at: now, emit: $1) }
      }
      for bytes in answers() { simulator.handle(.bytes(bytes), at: now) { said.append($1) } }
      guard said.isEmpty else { continue }
      guard let due = earliest(driver.nextDeadline, simulator.nextDeadline), due <= end else {
        break
      }
      now = due
      simulator.advance(to: due) { said.append($1) }
      run { $0.advance(to: due, emit: $1) }
    }
    now = end
  }

  /// What the manager has sent since this was last asked.
  mutating func answers() -> [[UInt8]] {
    let sent = outputs.compactMap { if case .send(let bytes) = $0 { bytes } else { nil } }
    outputs.removeAll { if case .send = $0 { true } else { false } }
    return sent
  }

  /// Everything else.
  var readings: [DriverOutput] {
    outputs.filter { if case .send = $0 { false } else { true } }
  }

  private mutating func run(
    _ call: (inout any Driver, (Instant, DriverOutput) -> Void) -> Void
  ) {
    var new: [DriverOutput] = []
    call(&driver) { new.append($1) }
    outputs += new
  }
}

/// APDUs with their lengths and counts.
enum PHDCBytes {
  static func u16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }
  static func octets(_ bytes: [UInt8]) -> [UInt8] { u16(bytes.count) + bytes }
  static func list(_ elements: [[UInt8]]) -> [UInt8] {
    u16(elements.count) + octets(elements.flatMap(\.self))
  }
  static func attribute(_ id: Int, _ value: [UInt8]) -> [UInt8] { u16(id) + octets(value) }

  static func call(_ service: Int, _ invokeID: Int, _ body: [UInt8]) -> [UInt8] {
    let inner = u16(invokeID) + u16(service) + octets(body)
    return [0xE7, 0x00] + octets(octets(inner))
  }

  /// A confirmed event.
  static func event(
    _ type: Int, _ info: [UInt8], handle: Int = 0, invokeID: Int = 0x1238
  ) -> [UInt8] {
    call(0x0101, invokeID, u16(handle) + [0xFF, 0xFF, 0xFF, 0xFF] + u16(type) + octets(info))
  }

  static func report(_ observations: [[UInt8]]) -> [UInt8] {
    [0xF0, 0x00, 0x00, 0x00] + list(observations)
  }

  /// An observation without names.
  static func fixed(_ handle: Int, _ values: String) -> [UInt8] {
    u16(handle) + octets(hex(values))
  }

  /// An observation with names.
  static func named(_ handle: Int, _ attributes: [(Int, String)]) -> [UInt8] {
    u16(handle) + list(attributes.map { attribute($0, hex($1)) })
  }

  /// An object of a configuration; the map lists attributes with the length of each.
  static func object(
    _ handle: Int, type: Int, unit: Int?, map: [(Int, Int)], objectClass: Int = 6,
    extra: [[UInt8]] = []
  ) -> [UInt8] {
    var attributes = [attribute(0x092F, u16(2) + u16(type))]
    if let unit { attributes.append(attribute(0x0996, u16(unit))) }
    attributes.append(attribute(0x0A55, list(map.map { u16($0) + u16($1) })))
    return u16(objectClass) + u16(handle) + list(attributes + extra)
  }

  static func associationRequest(
    _ configuration: Int, protocolID: Int = 0x5079, version: Int = 0x8000, system: Int = 0x0080
  ) -> [UInt8] {
    let information =
      hex("80000000 A000 80000000 00000000") + u16(system) + hex("0000 0008 1122334455667704")
      + u16(configuration) + hex("0001 0101 0000 0000")
    let body = u16(version) + [0, 0] + list([attribute(protocolID, information)])
    return [0xE2, 0x00] + octets(body)
  }

  static func answer(_ result: Int) -> [UInt8] {
    hex("E300 002C") + u16(result)
      + hex(
        "5079 0026 80000000 8000 80000000 00000000 80000000 0008 1122334455667788"
          + "0000 0000 0000 0000 0000")
  }

  /// The manager's confirmation of a report.
  static func confirmation(
    _ type: Int = 0x0D1D, invokeID: Int = 0x1238, handle: Int = 0
  ) -> [UInt8] {
    hex("E700 0012 0010") + u16(invokeID) + hex("0201 000A") + u16(handle) + [0, 0, 0, 0]
      + u16(type) + [0, 0]
  }

  /// The manager's question who is there.
  static func question(_ invokeID: Int = 0) -> [UInt8] {
    hex("E700 000E 000C") + u16(invokeID) + hex("0103 0006 0000 0000 0000")
  }

  static let oximeter: [[UInt8]] = [
    object(1, type: 0x4BB8, unit: 0x0220, map: [(0x0A4C, 2)]),
    object(10, type: 0x481A, unit: 0x0AA0, map: [(0x0A4C, 2)]),
    object(11, type: 0x4C4C, unit: nil, map: [(0x0A66, 2)], objectClass: 5),
  ]

  static func stored(_ saturation: Int, _ rate: Int, _ time: String?) -> DriverOutput {
    var reading = Course.reading(saturation, rate, 0)
    reading.perfusionIndex = nil
    return .stored(StoredReading(.oximetry(reading), deviceTime: time.flatMap(DeviceTime.init)))
  }

  static func present(
    _ saturation: Int, _ rate: Int, _ status: SignalStatus = []
  ) -> DriverOutput {
    var reading = Course.reading(saturation, rate, 0, status)
    reading.perfusionIndex = nil
    return .oximetry(reading)
  }
}

extension DeviceTime {
  /// As `2007-12-06T12:10:00`.
  init(_ text: String) {
    let parts = text.split { !$0.isNumber }.map { Int($0)! }
    self.init(
      year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4],
      second: parts[5])!
  }
}
