import Vitals

/// The oximetry of a session on the axis of whole seconds.
///
/// Samples follow the beat of the device, not that of the clock. A second has the sample nearest to
/// its middle of those that fall into it. One into which none falls has the nearer of its neighbours
/// if these are of seconds side by side; otherwise it has none. So a device whose beat drifts, or
/// who speaks every other second, leaves no false gap, and a real gap keeps its length.
struct Track: Sendable {
  struct Second: Sendable {
    /// Counted from the zero of the excerpt.
    let index: Int
    /// Its sample, whatever that is worth.
    let sample: LogSample?

    /// Its numbers may be believed.
    var isValid: Bool { sample?.isValid == true }
  }

  /// Samples at most this far apart have no gap between them: a second that was left out, and the
  /// quarter by which a sample may come early (`Monitoring.Sampler`).
  static let adjacent = Duration.milliseconds(2250)

  let seconds: [Second]

  init(_ excerpt: Excerpt) {
    let samples = excerpt.samples
    var next = 0
    seconds = excerpt.seconds.map { index in
      let start = excerpt.instant(ofSecond: index)
      while next < samples.count, samples[next].at < start { next += 1 }
      let own = samples[next...].prefix { $0.at < start + .seconds(1) }
      let found = own.isEmpty ? Self.neighbours(of: next, in: samples) : own
      return Second(index: index, sample: found.nearest(to: start + .milliseconds(500)))
    }
  }

  /// The samples before and after a second that has none, if nothing is missing between them.
  private static func neighbours(of next: Int, in samples: [LogSample]) -> ArraySlice<LogSample> {
    guard next > 0, next < samples.count, samples[next].at - samples[next - 1].at <= adjacent
    else { return [] }
    return samples[(next - 1)...next]
  }

  /// Whether any believed second has a perfusion index.
  var hasPerfusion: Bool { seconds.contains { $0.isValid && $0.sample?.perfusion != nil } }

  /// What is measured once a second and can be drawn: SpO2, pulse, and PI where it was ever sent.
  var channels: [Channel] { hasPerfusion ? Channel.allCases : [.spo2, .pulse] }
}

extension ArraySlice<LogSample> {
  /// The first of those that are nearest to an instant.
  fileprivate func nearest(to instant: Instant) -> LogSample? {
    self.min { $0.distance(to: instant) < $1.distance(to: instant) }
  }
}

extension LogSample {
  fileprivate func distance(to instant: Instant) -> Duration {
    at < instant ? instant - at : at - instant
  }
}
