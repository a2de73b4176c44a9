import Vitals

/// A number that oximeters give every second.
enum Channel: CaseIterable, Sendable {
  case spo2, pulse, perfusion

  /// The name in tables.
  var name: String {
    switch self {
    case .spo2: "spo2"
    case .pulse: "pr"
    case .perfusion: "pi"
    }
  }

  /// The unit in tables, after UCUM.
  var unit: String {
    switch self {
    case .spo2, .perfusion: "%"
    case .pulse: "/min"
    }
  }

  /// How many of the stored whole numbers make one unit.
  var scale: Int { self == .perfusion ? 100 : 1 }

  /// The greatest number that may be stored (`Vitals.Saturation`, `PulseRate`, `PerfusionIndex`).
  var greatest: Int {
    switch self {
    case .spo2: 100
    case .pulse: 300
    case .perfusion: 2000
    }
  }

  /// The stored number of a sample that may be believed; `nil` for any other sample.
  func value(of sample: LogSample?) -> Int? {
    guard let sample, sample.isValid else { return nil }
    return switch self {
    case .spo2: sample.spo2
    case .pulse: sample.pulseRate
    case .perfusion: sample.perfusion
    }
  }
}
