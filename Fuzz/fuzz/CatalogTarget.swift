import Drivers
import Proving
import Synchronization
import Vitals

/// Every driver of the catalog: bytes, time, orders, and its device at the other end of the cable.
///
/// The first byte picks the model, the second how the second run is called; the rest is a
/// ``DriverProgram``.
enum CatalogTarget {
  @Sendable static func run(_ input: [UInt8]) {
    guard input.count > 2 else { return }
    let model = Catalog.models[Int(input[0]) % Catalog.models.count]
    let program = DriverProgram(input[2...])
    for role in Role.allCases {
      guard let make = role.maker(model) else { continue }
      check(
        model, role, make, program, isPunctual: input[1] & 1 != 0, isBytewise: input[1] & 2 != 0)
    }
    for chunks in program.stretches {
      let whole = Decoded(model, [chunks.flatMap(\.self)])
      for other in [chunks, chunks.flatMap(\.self).map { [$0] }] {
        let decoded = Decoded(model, other)
        if decoded.outputs != whole.outputs || decoded.account != whole.account {
          broken("\(model.id) listener: the chunks matter, \(whole.account), \(decoded.account)")
        }
      }
    }
  }

  private enum Role: String, CaseIterable {
    case driver, listener, downloader

    func maker(_ model: Model) -> (@Sendable () -> any Driver)? {
      switch self {
      case .driver: model.makeDriver
      case .listener: model.makeListener
      case .downloader: model.makeDownloader
      }
    }
  }

  private static func check(
    _ model: Model, _ role: Role, _ make: () -> any Driver, _ program: DriverProgram,
    isPunctual: Bool, isBytewise: Bool
  ) {
    let name = "\(model.id) \(role.rawValue)"
    var lazy = Visit(model, make(), name)
    for step in program.steps { lazy.take(step) }
    lazy.end()
    if role != .listener, model.takesOrders {
      let results = lazy.driver.outputs.count {
        if case .determination(.result) = $0.output { true } else { false }
      }
      if lazy.inflations > program.orders {
        broken("\(name): \(lazy.inflations) inflations, \(program.orders) orders")
      }
      if results > program.orders {
        broken("\(name): \(results) results, \(program.orders) orders")
      }
    }
    guard isPunctual || isBytewise else { return }
    var other = Visit(
      model, make(), name + ", called otherwise", isPunctual: isPunctual, isBytewise: isBytewise)
    for step in program.steps { other.take(step) }
    other.end()
    let (a, b) = (lazy.driver.outputs, other.driver.outputs)
    if a != b || lazy.driver.account != other.driver.account {
      let index = zip(a, b).enumerated().first { $1.0 != $1.1 }?.offset ?? min(a.count, b.count)
      broken(
        """
        \(name): output \(index) depends on how it is called (punctually: \(isPunctual), \
        byte by byte: \(isBytewise)): \(a.dropFirst(index).first.debugDescription) became \
        \(b.dropFirst(index).first.debugDescription); \(lazy.driver.account), \
        \(other.driver.account)
        """)
    }
  }

  /// Each model's fixture as it came, the same in larger chunks, and a talk with its simulator.
  @Sendable static func seeds() -> [[UInt8]] {
    Catalog.models.enumerated().flatMap { index, model in
      let fixture = Fixture(model)
      var asItCame = DriverProgram()
      asItCame.append(.opened)
      if model.takesOrders { asItCame.append(.order(.start)) }
      var (now, size) = (Instant.zero, 0)
      for (instant, bytes) in fixture.chunks.prefix(60) where size + bytes.count < 3000 {
        asItCame.append(passing: instant - now)
        asItCame.append(.bytes(bytes))
        (now, size) = (instant, size + bytes.count)
      }
      var whole = DriverProgram()
      whole.append(.bytes(Array(fixture.bytes.prefix(1000))))
      whole.append(passing: .seconds(2))
      var talk = DriverProgram()
      talk.append(.opened)
      for turn in 0..<60 {
        if model.takesOrders, turn == 20 || turn == 50 { talk.append(.order(.start)) }
        talk.append(.answer(at: 0, mask: 0))
        talk.append(passing: .milliseconds(turn < 20 ? 20 : 500))
      }
      return [asItCame, whole, talk].map { [UInt8(index), 3] + $0.encoded }
    }
  }
}

/// A driver and its simulated device, which speaks only when the program lets it.
struct Visit {
  private(set) var driver: Subject
  private var simulator: any Simulator
  private let isPunctual: Bool
  private let isBytewise: Bool
  private let counter: Counter
  private var now = Instant.zero
  /// Outputs that the device has heard.
  private var heard = 0

  private final class Counter: Sendable { let value = Atomic(0) }

  init(
    _ model: Model, _ driver: any Driver, _ name: String, isPunctual: Bool = false,
    isBytewise: Bool = false
  ) {
    self.driver = Subject(driver, name)
    self.isPunctual = isPunctual
    self.isBytewise = isBytewise
    let course = Course(stretch: .milliseconds(700)).patient
    let counter = Counter()
    self.counter = counter
    let patient = SimulatedPatient(
      oximetry: course.oximetry,
      determination: {
        counter.value.add(1, ordering: .relaxed)
        return course.determination($0)
      },
      lastPressure: course.lastPressure)
    simulator = model.makeSimulator(patient)
    simulator.handle(.opened, at: .zero) { _, _ in }
  }

  /// Determinations that the device began.
  var inflations: Int { counter.value.load(ordering: .relaxed) }

  mutating func take(_ step: DriverProgram.Step) {
    switch step {
    case .bytes(let bytes): give(bytes)
    case .pass(let duration):
      now = now + duration
      if isPunctual { driver.advancePunctually(to: now) }
    case .opened: driver.handle(.opened, at: now)
    case .closed: driver.handle(.closed, at: now)
    case .order(let order): driver.handle(.order(order), at: now)
    case .answer(let place, let mask): answer(at: place, mask: mask)
    }
  }

  /// Lets what is due happen, and whatever was sent reach the device.
  mutating func end() {
    now = now + .seconds(6)
    if isPunctual { driver.advancePunctually(to: now) }
    driver.advance(to: now)
    _ = listen()
  }

  private mutating func give(_ bytes: [UInt8]) {
    guard isBytewise else { return driver.handle(.bytes(bytes), at: now) }
    for byte in bytes { driver.handle(.bytes([byte]), at: now) }
  }

  private mutating func answer(at place: Int, mask: UInt8) {
    driver.advance(to: now)
    for (index, chunk) in listen().prefix(64).enumerated() {
      var chunk = chunk
      if index == 0, !chunk.isEmpty { chunk[place % chunk.count] ^= mask }
      give(chunk)
    }
  }

  /// The device hears what was sent since, each thing in its time, and speaks until now.
  private mutating func listen() -> [[UInt8]] {
    var said: [[UInt8]] = []
    let new = driver.outputs[heard...]
    heard = driver.outputs.count
    for one in new {
      switch one.output {
      case .send(let bytes):
        simulator.handle(.bytes(bytes), at: one.instant) { said.append($1) }
      case .sendFeature(let bytes):
        simulator.handle(.feature(bytes), at: one.instant) { said.append($1) }
      case .oximetry, .determination, .respiration, .called, .stored, .identified: break
      }
    }
    simulator.advance(to: now) { said.append($1) }
    return said
  }
}
