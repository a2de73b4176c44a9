import Drivers
import Monitoring
import Recording
import Vitals
import Ward

/// A clinic's day through the whole ward: every chair with an oximeter of 75 frames a second and a
/// cuff that is polled, session after session, twice over.
///
/// Ten minutes of oximeter bytes are made beforehand and played to every chair over and over, each
/// at its own place in them; cuffs are simulated as they are asked.
struct ClinicBench {
  private static let oximeterModel = "nonin-2"
  private static let cuffModel = "suntech"
  private static let stretch = 600
  /// A session begins every so many seconds.
  private static let turn = 3600

  static func run(chairs: Int, hours: Int) {
    var (first, second) = (ClinicBench(chairs), ClinicBench(chairs))
    let time = nanoseconds { first.play(seconds: hours * 3600) }
    let again = nanoseconds { second.play(seconds: hours * 3600) }
    guard first.events > chairs * hours, first.pressures > chairs * hours else {
      Bench.fail("\(first.events) events and \(first.pressures) pressures are too few")
    }
    guard first.hash == second.hash, first.events == second.events else {
      Bench.fail("the timeline differs the second time")
    }
    report {
      $0.add("clinic", "\(oximeterModel)+\(cuffModel)")
      $0.add("chairs", chairs)
      $0.add("chairHours", chairs * hours)
      $0.add("events", first.events)
      $0.add("pressures", first.pressures)
      $0.add("bytes", first.bytes)
      $0.addRaw("secondsFirst", (time / 1e9).json)
      $0.addRaw("secondsSecond", (again / 1e9).json)
      $0.add("timeline", String(first.hash, radix: 16))
    }
  }

  private var ward: Ward
  private let ids: [ChairID]
  private var cuffs: [any Simulator] = []
  private let chunks: [[UInt8]]
  private var sends: [(Instant, Slot, [UInt8])] = []
  private(set) var events = 0
  private(set) var pressures = 0
  private(set) var bytes = 0
  /// FNV-1a over every line of the timeline.
  private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325

  private init(_ count: Int) {
    ids = (1...count).compactMap { ChairID("\($0)") }
    ward = Ward(
      WardPlan(
        chairs: ids.map {
          WardPlan.Chair(
            id: $0, drivers: [.oximeter: Self.oximeterModel, .cuff: Self.cuffModel])
        }))
    guard let oximeter = Catalog.model(id: Self.oximeterModel),
      let cuff = Catalog.model(id: Self.cuffModel)
    else { Bench.fail("a model is missing") }
    chunks = Self.stream(oximeter)
    cuffs = ids.map { _ in cuff.makeSimulator(Self.patient) }
  }

  /// What the oximeter sends in each tenth of a second.
  private static func stream(_ model: Model) -> [[UInt8]] {
    var simulator = model.makeSimulator(patient)
    var chunks = [[UInt8]](repeating: [], count: stretch * 10)
    func take(_ at: Instant, _ bytes: [UInt8]) {
      let tenth = Int(at.milliseconds / 100)
      if chunks.indices.contains(tenth) { chunks[tenth] += bytes }
    }
    simulator.handle(.opened, at: .zero, emit: take)
    simulator.advance(to: .seconds(stretch), emit: take)
    return chunks
  }

  /// Calm, but for a dip of 20 s and a lost sensor in ten minutes.
  private static let patient = SimulatedPatient(
    oximetry: { instant in
      let second = (instant - .zero).wholeSeconds
      if (300..<315).contains(second) { return OximeterReading(status: .sensorOff) }
      let isLow = (480..<500).contains(second)
      return OximeterReading(
        saturation: Saturation(percent: isLow ? 90 : 97),
        pulseRate: PulseRate(perMinute: 72 + second / 5 % 5),
        perfusionIndex: PerfusionIndex(hundredths: 210))
    },
    determination: { instant in
      let second = (instant - .zero).wholeSeconds
      guard let pressure = BloodPressure(systolic: 122 + second / 300 % 30, diastolic: 78) else {
        return SimulatedDetermination(duration: .seconds(30), outcome: .failed(.motion))
      }
      return SimulatedDetermination(duration: .seconds(30), outcome: .result(pressure))
    })

  private mutating func play(seconds: Int) {
    if let station = StaffID("desk") { feed(.station(station, isLinked: true), at: .zero) }
    for (index, id) in ids.enumerated() {
      feed(.line(Slot(id, .oximeter), .opened), at: .zero)
      feed(.line(Slot(id, .cuff), .opened), at: .zero)
      simulate(index, .opened, at: .zero)
    }
    for second in 0..<seconds {
      for index in ids.indices { follow(index, at: second) }
      for tenth in 0..<10 {
        let now = Instant.milliseconds(Int64(second) * 1000 + Int64(tenth) * 100)
        runCuffs(until: now)
        for index in ids.indices {
          let chunk = chunks[(second * 10 + tenth + index * 37) % chunks.count]
          guard !chunk.isEmpty else { continue }
          bytes += chunk.count
          feed(.bytes(Slot(ids[index], .oximeter), chunk), at: now)
        }
      }
    }
  }

  /// What people do at a chair, in each of its turns; chairs begin one after another.
  private mutating func follow(_ index: Int, at second: Int) {
    let into = second - index * 20
    guard into >= 0, let nurse = StaffID("rn1"),
      let calm = BloodPressure(systolic: 122, diastolic: 78)
    else { return }
    let (id, now) = (ids[index], Instant.seconds(second))
    func tell(_ command: Command) { feed(.command(id, command, by: nurse), at: now) }
    switch into % Self.turn {
    case 0:
      tell(.checkIn(route: .iv40, patient: nil))
      tell(.limbs(Limbs(cuff: .leftArm, oximeter: .rightArm, infusion: .rightArm)))
    case 60, 150: feed(.reading(id, .pressure(calm), by: nurse), at: now)
    case 200:
      tell(.checklist(.clear))
      tell(.baselineAccepted)
      tell(.escort(.responsibleAdult))
      tell(.doseStart(route: nil))
    case 2600: tell(.doseEnd(.completed))
    case 3590: tell(.transfer(destination: "home"))
    default: break
    }
  }

  private mutating func runCuffs(until end: Instant) {
    for index in cuffs.indices {
      while let due = cuffs[index].nextDeadline, due <= end { simulate(index, nil, at: due) }
    }
    while let due = ward.nextDeadline, due <= end {
      run { $0.advance(to: due, emit: $1) }
    }
  }

  private mutating func simulate(_ index: Int, _ input: SimulatorInput?, at now: Instant) {
    var said: [(Instant, [UInt8])] = []
    if let input {
      cuffs[index].handle(input, at: now) { said.append(($0, $1)) }
    } else {
      cuffs[index].advance(to: now) { said.append(($0, $1)) }
    }
    for (at, bytes) in said { feed(.bytes(Slot(ids[index], .cuff), bytes), at: at) }
  }

  private mutating func feed(_ input: WardInput, at now: Instant) {
    run { $0.handle(input, at: now, emit: $1) }
  }

  private mutating func run(_ body: (inout Ward, (Instant, WardOutput) -> Void) -> Void) {
    body(&ward) { at, output in
      switch output {
      case .event(let chair, let event):
        events += 1
        if case .reading = event { pressures += 1 }
        for byte in EventText.line(chair, event, at: at).utf8 {
          hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
      case .send(let slot, let bytes): sends.append((at, slot, bytes))
      case .sample, .sendFeature: break
      }
    }
    guard !sends.isEmpty else { return }
    let pending = sends
    sends = []
    for (at, slot, bytes) in pending where slot.name == .cuff {
      if let index = ids.firstIndex(of: slot.chair) { simulate(index, .bytes(bytes), at: at) }
    }
  }
}
