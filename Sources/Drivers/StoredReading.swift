public import Vitals

/// A reading from a device's memory, imported after the fact.
public struct StoredReading: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case pressure(BloodPressure)
    case oximetry(OximeterReading)
  }

  public let value: Value
  /// When the device says it was taken: unverified, since device clocks are wrong as a rule
  /// (`protocols.md` section 0); `nil` when it has no clock.
  public let deviceTime: DeviceTime?

  public init(_ value: Value, deviceTime: DeviceTime?) {
    self.value = value
    self.deviceTime = deviceTime
  }
}

/// A reading of a device's clock, in no time zone.
public struct DeviceTime: Hashable, Sendable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int
  public let hour: Int
  public let minute: Int
  public let second: Int

  /// `nil` for what no calendar and no clock can show.
  public init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int = 0) {
    guard (1970...2199).contains(year), (1...12).contains(month),
      (1...Self.days(of: month, year: year)).contains(day), (0...23).contains(hour),
      (0...59).contains(minute), (0...59).contains(second)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
    (self.hour, self.minute, self.second) = (hour, minute, second)
  }

  /// As `2026-03-14T09:05:30`.
  public var description: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))T\(two(hour)):\(two(minute)):\(two(second))"
  }

  /// The time so many seconds later.
  public func advanced(bySeconds seconds: Int) -> DeviceTime {
    var second = self.second + seconds
    var minute = self.minute + second / 60
    var hour = self.hour + minute / 60
    var (day, month, year) = (self.day + hour / 24, self.month, self.year)
    (second, minute, hour) = (second % 60, minute % 60, hour % 24)
    while day > Self.days(of: month, year: year) {
      day -= Self.days(of: month, year: year)
      month = month == 12 ? 1 : month + 1
      if month == 1 { year += 1 }
    }
    return DeviceTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second) ?? self
  }

  private static func days(of month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// What a device says about itself, as far as it does.
public struct DeviceIdentity: Hashable, Sendable {
  public var model: String?
  public var serial: String?
  public var firmware: String?
  /// Whether this unit can report a perfusion index.
  public var reportsPerfusionIndex: Bool?

  public init(
    model: String? = nil, serial: String? = nil, firmware: String? = nil,
    reportsPerfusionIndex: Bool? = nil
  ) {
    self.model = model
    self.serial = serial
    self.firmware = firmware
    self.reportsPerfusionIndex = reportsPerfusionIndex
  }
}
