public import Drivers
import Monitoring
public import Vitals

/// The patient of a scene, as devices would measure them.
public struct ScenePatient: Sendable {
  public let scene: Scene
  /// The instant of the scene's zero on the time line of whoever asks.
  public let zero: Instant

  public init(_ scene: Scene, zero: Instant = .zero) {
    self.scene = scene
    self.zero = zero
  }

  /// The flags of a scene that an oximeter can report, as the marks they are reported by.
  public static let marks: [String: SignalStatus] = [
    "sensorOff": .sensorOff, "nonPulsatile": .nonPulsatile, "motion": .artifact,
    "searching": .searching,
  ]

  /// What an oximeter reads at an instant; `nil` while it is unplugged or left at the chair.
  public func reading(at instant: Instant) -> OximeterReading? {
    let time = Double((instant - zero).nanoseconds) / 1e9
    let isAway = scene.away.contains {
      Double($0.lowerBound) <= time && time < Double($0.upperBound)
    }
    guard !isAway, !scene.isFlagged("linkLost", at: time) else { return nil }
    var reading = OximeterReading()
    for (flag, mark) in Self.marks where scene.isFlagged(flag, at: time) {
      reading.status.insert(mark)
    }
    guard reading.status.isDisjoint(with: [.offPatient, .searching]) else { return reading }
    reading.saturation = Saturation(percent: spo2(at: time))
    reading.pulseRate = PulseRate(perMinute: pulseRate(at: time))
    reading.perfusionIndex = PerfusionIndex(hundredths: perfusion(at: time))
    return reading
  }

  /// Before the dose the patient shows the baseline, so that the accepted one is the scene's.
  private func spo2(at time: Double) -> Int {
    time < 0
      ? scene.baseline.spo2 : Self.rounded(Scene.value(of: scene.spo2, at: time) ?? 0)
  }

  private func pulseRate(at time: Double) -> Int {
    let rate =
      time < 0
      ? scene.baseline.pulseRate : Self.rounded(Scene.value(of: scene.pulseRate, at: time) ?? 0)
    // A device without a perfusion index would look frozen; far from any limit a beat more or less
    // means nothing (`clinical.md` 6).
    guard !scene.isFlagged("frozen", at: time), Self.restful.contains(rate) else { return rate }
    return rate + Self.dither(at: time, every: 11)
  }

  /// Pulse rates with no limit near them.
  private static let restful = 55...95

  /// −1, 0 and 1 in turn.
  private static func dither(at time: Double, every seconds: Double) -> Int {
    let step = Int((time / seconds).rounded(.down))
    return ((step % 3 + 3) % 3) - 1
  }

  /// Dithered, so that a steady patient does not look like a frozen device (`clinical.md` 6).
  private func perfusion(at time: Double) -> Int {
    let value = Scene.value(of: scene.perfusionIndex, at: time) ?? 0
    let dither = scene.isFlagged("frozen", at: time) ? 0 : Self.dither(at: time, every: 7)
    return Self.rounded(value * 100) + 10 * dither
  }

  /// Half up, as the scenes are defined.
  private static func rounded(_ value: Double) -> Int { Int((value + 0.5).rounded(.down)) }

  /// What a monitor counts of the breathing at an instant; `nil` without one.
  public func respiration(at instant: Instant) -> RespirationRate? {
    let time = Double((instant - zero).nanoseconds) / 1e9
    return Scene.value(of: scene.respiration, at: time).flatMap {
      RespirationRate(perMinute: Self.rounded($0))
    }
  }

  /// What is left in the oximeter's battery at an instant; `nil` when it does not tell.
  public func battery(at instant: Instant) -> BatteryLevel? {
    let time = Double((instant - zero).nanoseconds) / 1e9
    return Scene.value(of: scene.battery, at: time).flatMap {
      BatteryLevel(percent: Self.rounded($0))
    }
  }

  /// How a determination begun at an instant goes: as the scene's nearest one, or at baseline.
  public func determination(at instant: Instant) -> SimulatedDetermination {
    let time = (instant - zero).wholeSeconds
    let nearest = scene.determinations.min { abs($0.start - time) < abs($1.start - time) }
    guard time >= 0, let nearest else {
      return SimulatedDetermination(
        duration: .seconds(30),
        outcome: Self.outcome(scene.baseline.systolic, scene.baseline.diastolic, nil))
    }
    return SimulatedDetermination(
      duration: .seconds(nearest.done - nearest.start), outcome: nearest.outcome)
  }

  static func outcome(
    _ systolic: Int, _ diastolic: Int, _ pulseRate: Int?, _ quality: BloodPressure.Quality = .clean
  ) -> Determination {
    guard
      let pressure = BloodPressure(
        systolic: systolic, diastolic: diastolic,
        pulseRate: pulseRate.flatMap(PulseRate.init(perMinute:)), quality: quality)
    else { return .failed(.implausible) }
    return .result(pressure)
  }

  /// The patient behind simulated devices, whose blood pressure somebody else orders or measures.
  public var simulated: SimulatedPatient {
    SimulatedPatient(
      oximetry: reading(at:), determination: determination(at:), respiration: respiration(at:))
  }

  /// The patient behind a device that measures blood pressure by itself, at the scene's times.
  public var selfMeasuring: SimulatedPatient {
    SimulatedPatient(
      oximetry: reading(at:), determination: determination(at:), lastPressure: lastPressure(at:),
      respiration: respiration(at:))
  }

  private func lastPressure(at instant: Instant) -> (at: Instant, pressure: BloodPressure)? {
    let time = (instant - zero).wholeSeconds
    let done = scene.determinations.filter { $0.done <= time }.sorted { $0.done < $1.done }
    for determination in done.reversed() {
      if case .result(let pressure) = determination.outcome {
        return (zero + .seconds(determination.done), pressure)
      }
    }
    return nil
  }
}

extension Scene.Determination {
  var outcome: Determination {
    failure.flatMap(DeterminationFailure.init(rawValue:)).map(Determination.failed)
      ?? ScenePatient.outcome(systolic, diastolic, pulseRate, quality)
  }
}
