public import Drivers
public import Monitoring
public import Vitals

/// One chair: its devices' drivers and its monitor, joined.
public struct Chair: Sendable {
  public let id: ChairID
  public private(set) var monitor: ChairMonitor
  public private(set) var oximeter: Device?
  public private(set) var cuff: Device?
  public private(set) var bedside: Device?
  public private(set) var button: Device?
  /// Its way to people.
  public internal(set) var desk: ChairDesk
  /// The next deadline of its devices and its monitor, kept so that a ward of forty need not ask them all.
  private(set) var nextDeadline: Instant?

  /// A bound device as the ward knows it.
  public struct Device: Sendable {
    public let model: Model
    public private(set) var driver: any Driver
    public internal(set) var isOpen = false
    /// When it last gave a reading with usable numbers.
    public fileprivate(set) var lastGoodAt: Instant?
    /// Who it said it is.
    public fileprivate(set) var identity: DeviceIdentity?

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

  init(_ plan: WardPlan.Chair, policy: Policy, roster: Roster, deliveryLimit: Duration) {
    id = plan.id
    desk = ChairDesk(limit: deliveryLimit)
    monitor = ChairMonitor(policy: policy, roster: roster)
    oximeter = Device(driver: plan.drivers[.oximeter])
    cuff = Device(driver: plan.drivers[.cuff])
    bedside = Device(driver: plan.drivers[.monitor])
    button = Device(driver: plan.drivers[.button])
  }

  /// The device at a slot.
  public subscript(_ slot: SlotName) -> Device? {
    switch slot {
    case .oximeter: oximeter
    case .cuff: cuff
    case .monitor: bedside
    case .button: button
    }
  }

  mutating func advance(to now: Instant, emit: (Instant, WardOutput) -> Void) {
    while let due = nextDeadline, due <= now {
      // Drivers first: what they find concerns the monitor.
      for slot in SlotName.allCases { run(slot, nil, at: due, emit: emit) }
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
    case .monitor: bedside?.isOpen = change == .opened
    case .button: button?.isOpen = change == .opened
    }
    // A cuff that is gone takes no order of what its driver finds; one that is back hears its driver
    // before any order.
    if slot == .cuff, change != .opened {
      runMonitor(.input(.cuffTakesOrders(false)), at: now, emit: emit)
    }
    if change == .opened, slot != .cuff, let interval = self[slot]?.model.oximetryInterval {
      monitor.oximetryInterval = interval
    }
    run(slot, input, at: now, emit: emit)
    runMonitor(.input(.device(slot, report)), at: now, emit: emit)
    if slot == .cuff, change == .opened, cuff?.model.takesOrders == true {
      runMonitor(.input(.cuffTakesOrders(true)), at: now, emit: emit)
    }
    updateDeadline()
  }

  mutating func take(
    _ input: ChairMonitor.Input, at now: Instant, emit: (Instant, WardOutput) -> Void
  ) {
    advance(to: now, emit: emit)
    runMonitor(.input(input), at: now, emit: emit)
    updateDeadline()
  }

  /// Somebody has joined or left.
  mutating func know(_ roster: Roster) { monitor.roster = roster }

  mutating func perform(
    _ command: Command, by staff: StaffID, role: Role?, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) -> Refusal? {
    advance(to: now, emit: emit)
    let refusal = runMonitor(.command(command, by: staff, role: role), at: now, emit: emit)
    // A session's own recording tells all of it, so it begins with a decoder that holds nothing.
    if refusal == nil, command.name.opensSession, oximeter?.isOpen == true {
      run(.oximeter, .opened, at: now, emit: emit)
    }
    updateDeadline()
    return refusal
  }

  /// Without input, lets the driver's time pass.
  private mutating func run(
    _ slot: SlotName, _ input: DriverInput?, at now: Instant,
    emit: (Instant, WardOutput) -> Void
  ) {
    var reports: Reports?
    var orders: Orders?
    let address = Slot(id, slot)
    switch slot {
    case .oximeter:
      Self.run(&oximeter, input, of: address, &monitor, now, &orders, &reports, emit)
    case .cuff:
      Self.run(&cuff, input, of: address, &monitor, now, &orders, &reports, emit)
    case .monitor:
      Self.run(&bedside, input, of: address, &monitor, now, &orders, &reports, emit)
    case .button:
      Self.run(&button, input, of: address, &monitor, now, &orders, &reports, emit)
    }
    if let reports {
      for (at, report) in reports { runMonitor(.input(report), at: at, emit: emit) }
    }
    deliver(orders, emit)
  }

  /// The path from bytes to alarm: each reading goes to the monitor as it is decoded.
  ///
  /// Anything else waits in `reports` until the driver is free again: the monitor may answer it
  /// with an order.
  private static func run(
    _ device: inout Device?, _ input: DriverInput?, of address: Slot,
    _ monitor: inout ChairMonitor, _ now: Instant, _ orders: inout Orders?,
    _ reports: inout Reports?, _ emit: (Instant, WardOutput) -> Void
  ) {
    var lastGoodAt: Instant?
    var identity: DeviceIdentity?
    device?.run(input, at: now) { at, output in
      switch output {
      case .oximetry(let reading):
        if reading.isUsable { lastGoodAt = at }
        monitor.handle(.oximetry(reading), at: at) { at, output in
          relay(output, at, of: address.chair, orders: &orders, emit)
        }
      case .respiration(let rate):
        monitor.handle(.respiration(rate, by: nil), at: at) { at, output in
          relay(output, at, of: address.chair, orders: &orders, emit)
        }
      case .called: reports = (reports ?? []) + [(at, .called)]
      case .send(let bytes): emit(at, .send(address, bytes))
      case .sendFeature(let bytes): emit(at, .sendFeature(address, bytes))
      case .determination(let step):
        if case .result = step { lastGoodAt = at }
        reports = (reports ?? []) + [(at, .determination(step, from: address.name))]
      case .stored(let reading):
        reports = (reports ?? []) + [(at, .device(address.name, DeviceChange(reading)))]
      case .identified(let one):
        identity = one
        reports = (reports ?? []) + [(at, .device(address.name, DeviceChange(one)))]
      }
    }
    if let lastGoodAt { device?.lastGoodAt = lastGoodAt }
    if let identity { device?.identity = identity }
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

  /// What a driver found besides oximetry; `nil` for nothing, for the same reason.
  private typealias Reports = [(at: Instant, report: ChairMonitor.Input)]

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
    for (at, order) in orders { run(.cuff, .order(order), at: at, emit: emit) }
  }

  private mutating func updateDeadline() {
    nextDeadline = monitor.nextDeadline
    nextDeadline = earliest(nextDeadline, oximeter?.nextDeadline)
    nextDeadline = earliest(nextDeadline, cuff?.nextDeadline)
    nextDeadline = earliest(nextDeadline, bedside?.nextDeadline)
    nextDeadline = earliest(nextDeadline, button?.nextDeadline)
  }
}

extension CuffOrderCause {
  /// What the cuff is told.
  var order: CuffOrder {
    isStart ? .start : .abort
  }
}

extension DeviceChange {
  /// A late entry of the chart.
  init(_ reading: StoredReading) {
    let time = reading.deviceTime?.description
    switch reading.value {
    case .pressure(let pressure): self = .storedPressure(pressure, deviceTime: time)
    case .oximetry(let reading):
      self = .storedOximetry(
        spo2: reading.saturation?.percent, pulseRate: reading.pulseRate?.perMinute,
        deviceTime: time)
    }
  }

  /// Who is at the other end of the line.
  init(_ identity: DeviceIdentity) {
    self = .identified(
      model: identity.model ?? "", serial: identity.serial ?? "", firmware: identity.firmware ?? "")
  }
}

extension Model {
  /// How often the device sends oximetry when all is well; `nil` for one that has none.
  var oximetryInterval: Duration? {
    guard kind != .cuff, nominalFramesPerSecond > 0 else { return nil }
    return nominalFramesPerSecond < 1
      ? .nanoseconds(Int64(1_000_000_000 / nominalFramesPerSecond)) : .seconds(1)
  }
}
