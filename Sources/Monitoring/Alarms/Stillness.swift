import Vitals

/// How long an oximeter has shown the same numbers, bit for bit (`clinical.md` 4.3).
///
/// A healthy calm patient holds 98 % for minutes, so saturation alone says nothing. The perfusion
/// index and the pulse wave are witnesses: without either, only a long stillness counts, and never
/// more than LOW.
struct Stillness: Sendable {
  /// Without a witness.
  private static let longWithoutWitness = Duration.seconds(180)
  /// A gap longer than this ends a stillness; nobody knows what was shown meanwhile.
  private static let longestGap = DelayedCondition.freezeLimit

  private struct Numbers: Equatable {
    var saturation: Int
    var rate: Int
    var perfusion: Int?
  }
  private var shown: Numbers?
  private var since: Instant?
  private var lastAt: Instant?

  /// Takes a usable sample; `hasWave` and `waveMoves` tell of the pulse wave since the one before.
  ///
  /// Returns how long nothing has moved, and with it the priority that this calls for.
  mutating func take(
    _ sample: OximeterReading, waveMoves: Bool, low: Duration, medium: Duration, at now: Instant
  ) -> Priority? {
    guard let saturation = sample.saturation, let rate = sample.pulseRate else { return nil }
    let numbers = Numbers(
      saturation: saturation.percent, rate: rate.perMinute,
      perfusion: sample.perfusionIndex?.hundredths)
    let isGap = lastAt.map { now - $0 > Self.longestGap } ?? true
    lastAt = now
    guard let since, !isGap, numbers == shown, !waveMoves else {
      (shown, self.since) = (numbers, now)
      return nil
    }
    let still = now - since
    guard numbers.perfusion != nil || sample.pleth != nil else {
      return still >= Self.longWithoutWitness ? .low : nil
    }
    return still >= medium ? .medium : still >= low ? .low : nil
  }

  /// Begins anew, as after a cuff has squeezed the limb.
  mutating func reset() { self = Stillness() }
}
