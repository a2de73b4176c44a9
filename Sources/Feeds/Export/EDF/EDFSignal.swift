/// The header fields of one signal, in their order.
struct EDFSignal: Sendable {
  /// Stands for a number that the device did not send in a second with others; no number is
  /// negative.
  static let noValue = -1

  let label: String
  let transducer: String
  let dimension: String
  let physical: (least: String, greatest: String)
  let digital: ClosedRange<Int>
  let prefiltering: String
  let samplesPerRecord: Int

  /// Numbers as the log stores them: one step of the file is one of the device.
  init(_ channel: Channel) {
    transducer = "pulse oximeter"
    digital = Self.noValue...channel.greatest
    prefiltering = "-1 digital: no value"
    samplesPerRecord = 1
    switch channel {
    case .spo2: (label, dimension, physical) = ("SaO2", "%", ("-1", "100"))
    case .pulse: (label, dimension, physical) = ("Pulse", "bpm", ("-1", "300"))
    case .perfusion: (label, dimension, physical) = ("PI", "%", ("-0.01", "20"))
    }
  }

  /// The signal that holds text.
  init(annotationBytes: Int) {
    (label, transducer, dimension, prefiltering) = ("EDF Annotations", "", "", "")
    physical = ("-1", "1")
    digital = -32_768...32_767
    samplesPerRecord = annotationBytes / 2
  }
}
