import Vitals

/// Batteries and the cuff itself (`clinical.md` 3.3).
extension AlarmMonitor {
  /// `BATT`, worst first: at most so many percent, or less than so many minutes.
  private static let batteryLimits: [(percent: Int, minutes: Int?, priority: Priority)] = [
    (5, nil, .high),
    (10, 15, .medium),
    (20, nil, .low),
  ]
  /// `CUFF_STUCK`: more than this for longer than that.
  static let cuffStuckMmHg = 15
  static let cuffStuckDelay = Duration.seconds(180)

  private static func limit(on level: BatteryLevel) -> (percent: Int, priority: Priority)? {
    for row in batteryLimits {
      let isShort = row.minutes.flatMap { most in level.minutes.map { $0 < most } } == true
      if level.percent <= row.percent || isShort { return (row.percent, row.priority) }
    }
    return nil
  }

  /// What the levels call for, the worst of all devices; `nil` for nothing.
  var batteryPriority: Priority? {
    batteries.values.compactMap { Self.limit(on: $0)?.priority }.max()
  }

  /// A device tells its level; it stands until the device tells another.
  mutating func take(
    _ level: BatteryLevel, of slot: SlotName, at now: Instant, emit: (Instant, Output) -> Void
  ) {
    guard scope != .off else { return }
    batteries[slot] = level
    guard let priority = batteryPriority else {
      if !slots[AlarmID.battery.index].condition.isActive { end(.battery, at: now, emit: emit) }
      return
    }
    let worst = batteries.values.min { $0.percent < $1.percent }
    raise(
      .battery, priority, value: worst?.percent, limit: worst.flatMap(Self.limit)?.percent,
      at: now, emit: emit)
  }

  /// The pressure in the cuff, whether a determination runs or not; `nil` when the cuff no longer
  /// says.
  mutating func takeCuffPressure(_ mmHg: Int?, at now: Instant, emit: (Instant, Output) -> Void) {
    guard scope != .off else { return }
    let isInflated = mmHg.map { $0 > Self.cuffStuckMmHg }
    if isInflated == true { slots[AlarmID.cuffStuck.index].value = mmHg }
    observe(
      .cuffStuck, isInflated, delay: Self.cuffStuckDelay, clear: .zero, at: now, emit: emit)
  }
}
