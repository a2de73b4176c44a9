import Vitals

/// The oximetry of a session on the axis of whole seconds.
///
/// Samples follow the beat of the device, not that of the clock. A second has the sample nearest to
/// its middle and at most ``reach`` away; where there is none, it has none. So a device whose beat
/// drifts leaves no false gap, and nothing is held for longer than a second.
struct Track: Sendable {
  struct Second: Sendable {
    /// Counted from the zero of the excerpt.
    let index: Int
    /// The nearest sample, whatever it is worth.
    let sample: LogSample?

    /// Its numbers may be believed.
    var isValid: Bool { sample?.isValid == true }
  }

  static let reach = Duration.seconds(1)

  let seconds: [Second]

  init(_ excerpt: Excerpt) {
    let samples = excerpt.samples
    var next = 0
    seconds = excerpt.seconds.map { index in
      let middle = excerpt.instant(ofSecond: index) + .milliseconds(500)
      while next < samples.count, samples[next].at <= middle { next += 1 }
      let near = samples[max(0, next - 1)..<min(samples.count, next + 1)]
      let nearest = near.min { distance($0.at, middle) < distance($1.at, middle) }
      return Second(
        index: index,
        sample: nearest.flatMap { distance($0.at, middle) <= Self.reach ? $0 : nil })
    }
  }

  /// Whether any believed second has a perfusion index.
  var hasPerfusion: Bool { seconds.contains { $0.isValid && $0.sample?.perfusion != nil } }

  /// What is measured once a second and can be drawn: SpO2, pulse, and PI where it was ever sent.
  var channels: [Channel] { hasPerfusion ? Channel.allCases : [.spo2, .pulse] }
}

private func distance(_ a: Instant, _ b: Instant) -> Duration { a < b ? b - a : a - b }
