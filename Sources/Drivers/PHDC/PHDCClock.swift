import Vitals

/// An agent's clock, compared with nothing but itself.
///
/// Device clocks are wrong as a rule, so a time stamp alone proves nothing. But what the clock
/// showed at an instant of ours tells how much later, by that same clock, a stamp is.
struct PHDCClock {
  /// How far the clock may run ahead of ours, and what asking it may have taken.
  private static let tolerance = -2

  private let shown: Int
  private let at: Instant

  /// What the clock showed at an instant: not later than it truly did.
  init(_ shown: DeviceTime, at instant: Instant) {
    self.shown = shown.seconds
    at = instant
  }

  /// Seconds from a stamp to now.
  private func age(of stamp: DeviceTime, at now: Instant) -> Int {
    shown + (now - at).wholeSeconds - stamp.seconds
  }

  /// Whether a stamp proves that what bears it was measured while we listened, and at most so many
  /// seconds ago.
  ///
  /// It must be later than the clock's time at the beginning of this association: then nothing
  /// from the device's memory passes, neither with a clock that stands still nor with one that
  /// begins anew whenever the device is switched on.
  func proves(_ stamp: DeviceTime, within seconds: Int, at now: Instant) -> Bool {
    stamp.seconds > shown && (Self.tolerance...seconds).contains(age(of: stamp, at: now))
  }

  /// Whether a stamp proves that what bears it is older than so many seconds.
  func disproves(_ stamp: DeviceTime, within seconds: Int, at now: Instant) -> Bool {
    age(of: stamp, at: now) > seconds
  }
}

/// The time stamp of an observation.
enum PHDCStamp: Hashable {
  case time(DeviceTime)
  /// There is one, but no clock shows it; so a clock never set may stamp.
  case unreadable

  /// Reads century, year, month, day, hour, minute, second and hundredths, two decimal digits each.
  init(_ value: PHDCFields, _ bytes: Span<UInt8>) {
    var value = value
    var digits: [8 of Int] = [0, 0, 0, 0, 0, 0, 0, 0]
    for index in digits.indices {
      guard let byte = value.u8(bytes), byte & 0x0F < 10, byte >> 4 < 10 else {
        self = .unreadable
        return
      }
      digits[index] = Int(byte >> 4) * 10 + Int(byte & 0x0F)
    }
    let time = DeviceTime(
      year: digits[0] * 100 + digits[1], month: digits[2], day: digits[3], hour: digits[4],
      minute: digits[5], second: digits[6])
    self = time.map(PHDCStamp.time) ?? .unreadable
  }

  var time: DeviceTime? { if case .time(let time) = self { time } else { nil } }
}

extension DeviceTime {
  /// Seconds on the device's own calendar, taken for UTC.
  fileprivate var seconds: Int {
    WallTime("\(description).000Z").map { Int($0.milliseconds / 1000) } ?? 0
  }

  /// The eight bytes of a time stamp.
  var encoded: [UInt8] {
    [year / 100, year % 100, month, day, hour, minute, second, 0].map {
      UInt8(truncatingIfNeeded: ($0 / 10) << 4 | $0 % 10)
    }
  }
}
