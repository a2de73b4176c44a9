public import Vitals

/// Recognises a protocol from bytes alone.
///
/// It listens through every listener of the catalog at once and has no way to write: nothing is
/// ever sent to a device that is not recognised (`design.md` section 7).
public struct Detector: Sendable {
  /// How well one model explains the bytes.
  public struct Guess: Hashable, Sendable {
    public let id: String
    /// 0...100 %.
    public let confidencePercent: Int
    /// Frames of this protocol among the bytes.
    public let frames: Int
  }

  /// A guess of less than this is none.
  public static let believablePercent = 50
  /// Bytes that came with times over less than this tell no rate.
  private static let shortestForRate = Duration.seconds(3)
  /// Devices and simulators keep their nominal rate this well.
  private static let rateTolerance = 0.15

  private var listeners: [(model: Model, driver: any Driver)]
  private var first: Instant?
  private var last: Instant?

  /// Creates a detector that knows these models.
  public init(_ models: [Model] = Catalog.models) {
    listeners = models.map { ($0, $0.makeListener()) }
  }

  /// Listens to bytes; all at one instant when their times are unknown.
  public mutating func take(_ bytes: [UInt8], at instant: Instant) {
    first = first ?? instant
    last = instant
    for index in listeners.indices {
      listeners[index].driver.handle(.bytes(bytes), at: instant) { _, _ in }
    }
  }

  /// The models that explain something, the best first; silence after the last byte is taken for
  /// granted.
  public func guesses() -> [Guess] {
    let end = (last ?? .zero) + .seconds(2)
    return listeners.compactMap { model, driver -> Guess? in
      var driver = driver
      driver.advance(to: end) { _, _ in }
      let account = driver.account
      guard account.frames > 0 else { return nil }
      let percent = Int((confidence(model, account) * 100).rounded(.down))
      return percent > 0
        ? Guess(id: model.id, confidencePercent: percent, frames: account.frames) : nil
    }.sorted { a, b in
      (b.confidencePercent, Self.rank(a.id), a.id) < (a.confidencePercent, Self.rank(b.id), b.id)
    }
  }

  /// The best guess, if it is to be believed.
  public var verdict: Guess? {
    guesses().first { $0.confidencePercent >= Self.believablePercent }
  }

  /// The share of the bytes that are frames; less for few bytes, less for a wrong rate.
  ///
  /// Squared where no checksum vouches for the frames, so that chance hits weigh little.
  private func confidence(_ model: Model, _ account: ByteAccount) -> Double {
    let share = Double(account.framedBytes) / Double(max(1, account.bytes))
    let weight = model.checksumFromEnd == nil ? share * share : share
    return weight * certainty(account.framedBytes) * rateFit(model, account)
  }

  /// A frame's bits of evidence are at least as many as its bytes; 16 of them are half a proof.
  private func certainty(_ framedBytes: Int) -> Double {
    Double(framedBytes) / Double(framedBytes + 4)
  }

  private func rateFit(_ model: Model, _ account: ByteAccount) -> Double {
    guard let first, let last, last - first >= Self.shortestForRate,
      model.nominalFramesPerSecond > 0
    else { return 1 }
    let seconds = Double((last - first).nanoseconds) / 1e9
    let ratio = Double(account.frames) / seconds / model.nominalFramesPerSecond
    return abs(ratio - 1) <= Self.rateTolerance + 1 / (seconds * model.nominalFramesPerSecond)
      ? 1 : 0.7
  }

  /// BCI's bytes are Contec's: where nothing tells them apart, the one that clinics have.
  private static func rank(_ id: String) -> Int { id == "bci" ? 1 : 0 }
}
