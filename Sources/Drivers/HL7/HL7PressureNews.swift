import Vitals

/// Tells a new blood pressure from one that a monitor repeats in every message.
///
/// An old number shown as new is worse than one that is missed: an overdue pressure is noticed.
struct HL7PressureNews {
  /// How far a result that nobody has seen before may lie behind its message.
  private static let firstSight = Duration.seconds(5)
  /// A determination may end this long before a message tells of it; what is older is history.
  private static let latest = Duration.seconds(300)
  /// No cuff measures twice within so short a time: the same numbers are then the same result
  /// under a time that runs along with the messages.
  private static let shortest = Duration.seconds(15)

  /// The latest result so far.
  private var seen: HL7Report.Pressure?

  /// Forgets what was seen: the next result is seen for the first time.
  mutating func forget() { seen = nil }

  /// Whether this result, in a message of this time, is a new one.
  mutating func isNew(_ result: HL7Report.Pressure, in messageTime: HL7Time?) -> Bool {
    guard let seen else {
      self.seen = result
      return isFresh(result, messageTime)
    }
    if let time = result.time, let old = seen.time, isBehind(time, old, messageTime) {
      return false
    }
    self.seen = result
    switch (result.time, seen.time) {
    case (let time?, let old?): return isAnother(time, than: old, result, seen, messageTime)
    case (_?, nil): return isFresh(result, messageTime)
    case (nil, _): return hasChanged(result, seen)
    }
  }

  /// At first sight only a result of just now is new.
  private func isFresh(_ result: HL7Report.Pressure, _ messageTime: HL7Time?) -> Bool {
    guard let time = result.time, let messageTime else { return false }
    let age = messageTime.since(time)
    return age >= .zero - Self.firstSight && age <= Self.firstSight
  }

  /// Whether a result is older than the latest one: it was shown again.
  ///
  /// Unless the latest lies ahead of its own monitor's clock, which then was set back.
  private func isBehind(_ time: HL7Time, _ old: HL7Time, _ messageTime: HL7Time?) -> Bool {
    guard time.since(old) < .zero else { return false }
    guard let messageTime else { return true }
    return old.since(messageTime) <= Self.firstSight
  }

  private func isAnother(
    _ time: HL7Time, than old: HL7Time, _ result: HL7Report.Pressure, _ seen: HL7Report.Pressure,
    _ messageTime: HL7Time?
  ) -> Bool {
    let advance = time.since(old)
    if advance == .zero { return false }
    if let messageTime, messageTime.since(time) > Self.latest { return false }
    return advance < .zero || advance >= Self.shortest || !hasSameNumbers(result, seen)
  }

  /// Without a time of its own, only other numbers are news; and OBR-7, which may run along with
  /// the messages, must not have stood still.
  private func hasChanged(_ result: HL7Report.Pressure, _ old: HL7Report.Pressure) -> Bool {
    if let start = result.periodStart, let before = old.periodStart, start.since(before) == .zero {
      return false
    }
    return !hasSameNumbers(result, old)
  }

  private func hasSameNumbers(_ a: HL7Report.Pressure, _ b: HL7Report.Pressure) -> Bool {
    a.pressure.systolic == b.pressure.systolic && a.pressure.diastolic == b.pressure.diastolic
      && a.pressure.measuredMean == b.pressure.measuredMean
  }
}
