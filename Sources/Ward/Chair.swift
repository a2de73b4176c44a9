public import Drivers
public import Monitoring
public import Vitals

/// One chair: its devices' drivers and its monitor, joined.
public struct Chair: Sendable {
  public let id: ChairID
  public private(set) var monitor: ChairMonitor
  public private(set) var oximeter: Device?
  public private(set) var cuff: Device?
  /// The chair's next deadline, kept so that a ward of forty need not ask them all.
  private(set) var nextDeadline: Instant?

  /// A bound device as the ward knows it.
  public struct Device: Sendable {
    public let model: Model
    public internal(set) var driver: any Driver
    public internal(set) var isOpen = false

    /// Creates the device behind a driver name; `nil` when the catalog does not know it.
    init?(driver name: String?) {
      guard let name, let model = Catalog.model(id: name) else { return nil }
      self.model = model
      driver = model.makeDriver()
    }
  }

  init(_ plan: WardPlan.Chair, policy: Policy) {
    id = plan.id
    monitor = ChairMonitor(policy: policy)
    oximeter = Device(driver: plan.drivers[.oximeter])
    cuff = Device(driver: plan.drivers[.cuff])
  }

  /// The device at a slot.
  public subscript(_ slot: SlotName) -> Device? {
    switch slot {
    case .oximeter: oximeter
    case .cuff: cuff
    }
  }

  mutating func advance(to now: Instant, emit: (Instant, WardOutput) -> Void) {
    while let due = nextDeadline, due <= now {
      // Drivers first: what they find concerns the monitor.
      runOximeter(emit) { driver, emit in driver.advance(to: due, emit: emit) }
      runCuff(emit) { driver, emit in driver.advance(to: due, emit: emit) }
      runMonitor(emit) { monitor, emit in monitor.advance(to: due, emit: emit) }
      updateDeadline()
    }
  }

  mutating func take(
    _ bytes: [UInt8], from slot: SlotName, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    advance(to: now, emit: emit)
    run(slot, .bytes(bytes), at: now, emit: emit)
    updateDeadline()
  }

  mutating func take(
    _ change: LineChange, of slot: SlotName, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    advance(to: now, emit: emit)
    let (input, report): (DriverInput, DeviceChange) =
      switch change {
      case .opened: (.opened, .connected)
      case .closed(let reason): (.closed, .disconnected(reason: reason))
      }
    switch slot {
    case .oximeter: oximeter?.isOpen = change == .opened
    case .cuff: cuff?.isOpen = change == .opened
    }
    run(slot, input, at: now, emit: emit)
    take(.device(slot, report), at: now, emit: emit)
  }

  mutating func take(
    _ input: ChairMonitor.Input, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    advance(to: now, emit: emit)
    runMonitor(emit) { monitor, emit in monitor.handle(input, at: now, emit: emit) }
    updateDeadline()
  }

  mutating func perform(
    _ command: Command, by staff: StaffID, role: Role?, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    advance(to: now, emit: emit)
    let refusal = runMonitor(emit) { monitor, emit in
      monitor.perform(command, by: staff, role: role, at: now, emit: emit)
    }
    updateDeadline()
    return refusal
  }

  private mutating func run(
    _ slot: SlotName, _ input: DriverInput, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    switch slot {
    case .oximeter:
      runOximeter(emit) { driver, emit in driver.handle(input, at: now, emit: emit) }
    case .cuff: runCuff(emit) { driver, emit in driver.handle(input, at: now, emit: emit) }
    }
  }

  private typealias DriverRun = (inout any Driver, (Instant, DriverOutput) -> Void) -> Void

  /// The path from bytes to alarm: each reading goes to the monitor as it is decoded.
  private mutating func runOximeter(_ emit: (Instant, WardOutput) -> Void, _ body: DriverRun) {
    guard oximeter != nil else { return }
    let address = Slot(id, .oximeter)
    var orders: [(Instant, CuffOrder)] = []
    body(&oximeter!.driver) { at, output in
      switch output {
      case .oximetry(let reading):
        monitor.handle(.oximetry(reading), at: at) { at, output in
          Self.relay(output, at, of: address.chair, orders: &orders, emit)
        }
      case .send(let bytes): emit(at, .send(address, bytes))
      case .determination: break  // an oximeter's driver measures no pressure
      }
    }
    deliver(orders, emit)
  }

  /// A cuff's reports wait until its driver is free again: the monitor may answer with an order.
  private mutating func runCuff(_ emit: (Instant, WardOutput) -> Void, _ body: DriverRun) {
    guard cuff != nil else { return }
    let address = Slot(id, .cuff)
    var steps: [(Instant, Determination)] = []
    body(&cuff!.driver) { at, output in
      switch output {
      case .determination(let step): steps.append((at, step))
      case .send(let bytes): emit(at, .send(address, bytes))
      case .oximetry: break  // a cuff's driver measures no saturation
      }
    }
    for (at, step) in steps {
      runMonitor(emit) { monitor, emit in
        monitor.handle(.determination(step), at: at, emit: emit)
      }
    }
  }

  private mutating func runMonitor<Answer>(
    _ emit: (Instant, WardOutput) -> Void,
    _ body: (inout ChairMonitor, (Instant, ChairMonitor.Output) -> Void) -> Answer
  ) -> Answer {
    let id = id
    var orders: [(Instant, CuffOrder)] = []
    let answer = body(&monitor) { at, output in
      Self.relay(output, at, of: id, orders: &orders, emit)
    }
    deliver(orders, emit)
    return answer
  }

  private static func relay(
    _ output: ChairMonitor.Output, _ at: Instant, of id: ChairID,
    orders: inout [(Instant, CuffOrder)], _ emit: (Instant, WardOutput) -> Void
  ) {
    switch output {
    case .event(let event): emit(at, .event(id, event))
    case .sample(let sample): emit(at, .sample(id, sample))
    case .order(let cause): orders.append((at, cause.order))
    }
  }

  private mutating func deliver(
    _ orders: [(Instant, CuffOrder)], _ emit: (Instant, WardOutput) -> Void
  ) {
    for (at, order) in orders {
      runCuff(emit) { driver, emit in driver.handle(.order(order), at: at, emit: emit) }
    }
  }

  private mutating func updateDeadline() {
    nextDeadline = monitor.nextDeadline
    nextDeadline = earliest(nextDeadline, oximeter?.driver.nextDeadline)
    nextDeadline = earliest(nextDeadline, cuff?.driver.nextDeadline)
  }
}

extension CuffOrderCause {
  /// What the cuff is told.
  var order: CuffOrder {
    switch self {
    case .operatorStart, .scheduledStart, .retry: .start
    case .operatorAbort, .sessionEndAbort: .abort
    }
  }
}
