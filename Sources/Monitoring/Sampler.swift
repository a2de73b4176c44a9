import Vitals

/// Reduces a stream of frames at any rate to one sample a second (`clinical.md` 2.2: "sample" is a
/// 1 Hz numeric), and knows how old the last one is.
///
/// A sample is taken at the frame that begins a new second of the stream, and at once when the
/// numbers become usable or unusable: a finger that leaves is never hidden for a second.
struct Sampler: Sendable {
  /// A number is current for 3 s, from a device with a slower beat for three of its intervals, and
  /// never for more than 10 s (`clinical.md` 4.3).
  private static let currency: ClosedRange<Duration> = .seconds(3) ... .seconds(10)
  /// A device that sends once a second may be this early without losing a sample.
  private static let tolerance = Duration.milliseconds(250)

  /// Samples at most this far apart are of seconds side by side.
  private static let adjacent = Duration.seconds(2)

  /// How often the device sends numbers when all is well.
  var interval: Duration
  private(set) var last: (reading: OximeterReading, at: Instant)?
  private(set) var lastFrameAt: Instant?
  private var nextDue: Instant?
  /// Whether the last frame with numbers was usable by its own marks.
  private var wasUsable: Bool?
  private var lastPleth: UInt16?
  /// Whether the pulse wave has changed since the last sample.
  private var hasWaveMoved = false
  /// When the last sample becomes too old to be current, or a device that only babbles is looked
  /// at again; `nil` once it is silent.
  private(set) var staleAt: Instant?
  /// A device whose last frame is younger than this still speaks, whatever it says.
  private var speaksFor: Duration { max(.seconds(2), interval * 1.5) }

  init(interval: Duration = .seconds(1)) { self.interval = interval }

  var freshFor: Duration {
    min(max(interval * 3, Self.currency.lowerBound), Self.currency.upperBound)
  }

  /// Takes one frame.
  ///
  /// Returns whether it is the second's sample.
  mutating func take(_ reading: OximeterReading, at now: Instant) -> Bool {
    lastFrameAt = now
    if let pleth = reading.pleth, pleth != lastPleth { (lastPleth, hasWaveMoved) = (pleth, true) }
    guard reading.carriesNumerics else { return false }
    let isTooWeak = Plausibility.isTooWeak(reading)
    let isUsable = !isTooWeak && reading.isUsable
    let isChange = wasUsable != isUsable
    let due = nextDue ?? now
    guard isChange || now + Self.tolerance >= due else { return false }
    let isOnBeat = now + Self.tolerance >= due && now < due + .seconds(1) - Self.tolerance
    nextDue = (isOnBeat ? due : now) + .seconds(1)
    wasUsable = isUsable
    keep(reading, isTooWeak: isTooWeak, at: now)
    return true
  }

  /// Apart from the rest, so that a frame that is no sample is not copied.
  @inline(never)
  private mutating func keep(_ reading: OximeterReading, isTooWeak: Bool, at now: Instant) {
    var kept = reading
    if isTooWeak {
      kept.status.insert(.poorSignal)
    } else if let last, now - last.at <= Self.adjacent,
      Plausibility.isLeap(reading, after: last.reading)
    {
      kept.status.insert(.artifact)
    }
    last = (kept, now)
    staleAt = now + freshFor
  }

  /// Whether the pulse wave has changed since this was last asked.
  mutating func takeWaveMoves() -> Bool {
    defer { hasWaveMoved = false }
    return hasWaveMoved
  }

  /// Forgets the last sample, which has become too old.
  ///
  /// Returns whether frames still come, that is, whether the device speaks but says no numbers.
  mutating func expire(at now: Instant) -> Bool {
    last = nil
    (nextDue, wasUsable) = (nil, nil)
    let speaks = lastFrameAt.map { now - $0 < speaksFor } == true
    staleAt = speaks ? now + freshFor : nil
    return speaks
  }
}
