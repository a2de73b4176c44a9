import Monitoring
import Vitals
import Ward

/// What an oximeter is doing, in the words of the wall.
enum OximeterState: String {
  case live, questionable, late, noData, sensorOff, searching, none

  /// A device that has been silent this long sends nothing.
  private static let silentAfter = Duration.seconds(10)

  init(_ chair: Chair, at now: Instant) {
    let monitor = chair.monitor
    guard let frameAt = monitor.lastFrameAt else {
      self = chair.oximeter == nil && chair.bedside == nil ? .none : .noData
      return
    }
    guard now - frameAt < Self.silentAfter else {
      self = .noData
      return
    }
    guard let sample = monitor.lastSample?.reading else {
      self = .late
      return
    }
    if monitor.freshSample(at: now) != nil {
      self = .live
    } else if !sample.status.isDisjoint(with: .offPatient) {
      self = .sensorOff
    } else if sample.status.contains(.searching) {
      self = .searching
    } else {
      self = sample.isUsable ? .late : .questionable
    }
  }

  /// What to do about it.
  var remedy: String? {
    switch self {
    case .live, .none: nil
    case .questionable: "Keep the hand still; check the sensor"
    case .late, .noData: "Check the oximeter's cable and power"
    case .sensorOff: "Reseat the finger sensor"
    case .searching: "Wait for the pulse; warm the hand or try another finger"
    }
  }
}
