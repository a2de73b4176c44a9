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
    public private(set) var driver: any Driver
    public internal(set) var isOpen = false

    /// The driver's next deadline, kept so that asking for it does not copy the device.
    private(set) var nextDeadline: Instant?

    /// Creates the device behind a driver name; `nil` when the catalog does not know it.
    init?(driver name: String?) {
      guard let name, let model = Catalog.model(id: name) else { return nil }
      self.model = model
      driver = model.makeDriver()
    }

    /// Gives the driver an input, or without one lets its time pass.
    mutating func run(
      _ input: DriverInput?, at now: Instant, emit: (Instant, DriverOutput) -> Void
    ) {
      if let input {
        driver.handle(input, at: now, emit: emit)
      } else {
        driver.advance(to: now, emit: emit)
      }
      nextDeadline = driver.nextDeadline
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
      runOximeter(nil, at: due, emit: emit)
      runCuff(nil, at: due, emit: emit)
      runMonitor(.advance, at: due, emit: emit)
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
      case .opened: (.opened, .connected(driver: self[slot]?.model.id ?? "none"))
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
    runMonitor(.input(input), at: now, emit: emit)
    updateDeadline()
  }

  mutating func perform(
    _ command: Command, by staff: StaffID, role: Role?, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    advance(to: now, emit: emit)
    let refusal = runMonitor(.command(command, by: staff, role: role), at: now, emit: emit)
    // A session's own recording tells all of it, so it begins with a decoder that holds nothing.
    if refusal == nil, command.name.opensSession, oximeter?.isOpen == true {
      runOximeter(.opened, at: now, emit: emit)
    }
    updateDeadline()
    return refusal
  }

  private mutating func run(
    _ slot: SlotName, _ input: DriverInput, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    switch slot {
    case .oximeter: runOximeter(input, at: now, emit: emit)
    case .cuff: runCuff(input, at: now, emit: emit)
    }
  }

  /// The path from bytes to alarm: each reading goes to the monitor as it is decoded.
  ///
  /// Without input, lets the driver's time pass.
  private mutating func runOximeter(
    _ input: DriverInput?, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    let address = Slot(id, .oximeter)
    var orders: Orders?
    oximeter?.run(input, at: now) { at, output in
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
  private mutating func runCuff(
    _ input: DriverInput?, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    let address = Slot(id, .cuff)
    var steps: [(Instant, Determination)] = []
    func take(_ at: Instant, _ output: DriverOutput) {
      switch output {
      case .determination(let step): steps.append((at, step))
      case .send(let bytes): emit(at, .send(address, bytes))
      case .oximetry: break  // a cuff's driver measures no saturation
      }
    }
    cuff?.run(input, at: now, emit: take)
    for (at, step) in steps { runMonitor(.input(.determination(step)), at: at, emit: emit) }
  }

  private enum MonitorCall {
    case advance
    case input(ChairMonitor.Input)
    case command(Command, by: StaffID, role: Role?)
  }

  @discardableResult
  private mutating func runMonitor(
    _ call: MonitorCall, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    let id = id
    var orders: Orders?
    var refusal: Refusal?
    func take(_ at: Instant, _ output: ChairMonitor.Output) {
      Self.relay(output, at, of: id, orders: &orders, emit)
    }
    switch call {
    case .advance: monitor.advance(to: now, emit: take)
    case .input(let input): monitor.handle(input, at: now, emit: take)
    case .command(let command, let staff, let role):
      refusal = monitor.perform(command, by: staff, role: role, at: now, emit: take)
    }
    deliver(orders, emit)
    return refusal
  }

  /// Orders that wait for the cuff's driver to be free.
  ///
  /// `nil` for none, as with nearly every frame: the life of an empty list would be counted, too.
  private typealias Orders = [(at: Instant, order: CuffOrder)]

  private static func relay(
    _ output: ChairMonitor.Output, _ at: Instant, of id: ChairID,
    orders: inout Orders?, _ emit: (Instant, WardOutput) -> Void
  ) {
    switch output {
    case .event(let event): emit(at, .event(id, event))
    case .sample(let sample): emit(at, .sample(id, sample))
    case .order(let cause): orders = (orders ?? []) + [(at, cause.order)]
    }
  }

  private mutating func deliver(_ orders: Orders?, _ emit: (Instant, WardOutput) -> Void) {
    guard let orders else { return }
    for (at, order) in orders { runCuff(.order(order), at: at, emit: emit) }
  }

  private mutating func updateDeadline() {
    nextDeadline = monitor.nextDeadline
    nextDeadline = earliest(nextDeadline, oximeter?.nextDeadline)
    nextDeadline = earliest(nextDeadline, cuff?.nextDeadline)
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
