public import Drivers
public import Vitals

/// A model's fixture: what its simulator sends on the ``Course``, as chunks and as one stream.
public struct Fixture: Sendable {
  public let model: Model
  /// What the device sent, and when.
  public let chunks: [(instant: Instant, bytes: [UInt8])]
  /// What its driver said, and when.
  public let outputs: [(instant: Instant, output: DriverOutput)]

  public var bytes: [UInt8] { chunks.flatMap(\.bytes) }
  /// What a listener makes of the whole stream.
  public var decoded: Decoded { Decoded(model, [bytes]) }

  /// Plays the course through the model's simulator and driver, with stretches of at least
  /// `stretch`.
  public init(_ model: Model, stretch: Duration = .zero) {
    self.model = model
    let course = Course(stretch: max(stretch, Self.stretch(for: model)))
    var bedside = Bedside(model, patient: course.patient)
    bedside.open()
    if model.takesOrders {
      for _ in 0..<Course.determinations.count {
        bedside.order(.start)
        bedside.pass(.seconds(12))
      }
    } else {
      bedside.pass(course.length)
    }
    chunks = bedside.received
    outputs = bedside.outputs
  }

  /// Long enough for a whole packet of Nonin's 25 frames, for six frames of another fast device,
  /// for two of a slow one.
  private static func stretch(for model: Model) -> Duration {
    let rate = model.nominalFramesPerSecond
    let frames = rate == 75 ? 25.0 : rate > 2 ? 6 : 2
    return .nanoseconds(Int64(frames * 1_000_000_000 / (rate > 0 ? rate : 1)))
  }
}
