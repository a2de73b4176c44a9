import Vitals

/// A Nonin that is not set as its driver needs it.
///
/// The simulators of the catalog are set well, and take every command.
public struct SimulatedNonin: Hashable, Sendable {
  /// What it sends until it is told otherwise.
  public enum Start: Hashable, Sendable {
    /// The format.
    case ready
    /// Nothing.
    case silent
    /// Another format of the same rate: 7 instead of 2, and the like; none instead of 13.
    case otherFormat
  }

  /// What its driver needs.
  public let format: NoninSelect.Format
  /// What it sends at first.
  public let start: Start
  /// The commands it accepts; it refuses others.
  public let accepts: Set<NoninSelect.Form>

  /// Creates a device; all but `format` as those of the catalog have it.
  public init(
    format: NoninSelect.Format, start: Start = .ready,
    accepts: Set<NoninSelect.Form> = Set(NoninSelect.Form.allCases)
  ) {
    self.format = format
    self.start = start
    self.accepts = accepts
  }

  /// Switches it on, on a patient.
  public func simulator(_ patient: SimulatedPatient) -> any Simulator {
    switch format {
    case .two: simulator(NoninPacketEncoder(.two), or: NoninPacketEncoder(.seven), patient)
    case .seven: simulator(NoninPacketEncoder(.seven), or: NoninPacketEncoder(.two), patient)
    case .eight:
      simulator(
        NoninSecondEncoder(hasExtra: true), or: NoninSecondEncoder(hasExtra: false), patient)
    case .thirteen: simulator(NoninRecordEncoder(), or: nil, patient)
    }
  }

  private func simulator<Encoder: FrameEncoder>(
    _ encoder: Encoder, or other: Encoder?, _ patient: SimulatedPatient
  ) -> any Simulator {
    OximeterSimulator(
      NoninSelectEncoder(
        selected: encoder, other: start == .otherFormat ? other : nil, format: format,
        accepts: accepts, isSelected: start == .ready),
      patient: patient)
  }
}

/// Plays a Nonin that takes commands.
struct NoninSelectEncoder<Encoder: FrameEncoder>: FrameEncoder {
  var selected: Encoder
  /// What it sends before; `nil` is silence.
  var other: Encoder?
  let format: NoninSelect.Format
  let accepts: Set<NoninSelect.Form>
  var isSelected: Bool

  /// The start of a command whose end has not come yet; never more than 8 bytes.
  private var command: [UInt8] = []

  init(
    selected: Encoder, other: Encoder?, format: NoninSelect.Format,
    accepts: Set<NoninSelect.Form>, isSelected: Bool
  ) {
    self.selected = selected
    self.other = other
    self.format = format
    self.accepts = accepts
    self.isSelected = isSelected
  }

  var framesPerMinute: Int { selected.framesPerMinute }

  func isStreaming(at instant: Instant) -> Bool { isSelected || other != nil }

  mutating func encode(
    _ reading: OximeterReading, pulse: PulseWave.Sample, index: Int
  ) -> [UInt8] {
    if !isSelected, let frame = other?.encode(reading, pulse: pulse, index: index) {
      return frame
    }
    return selected.encode(reading, pulse: pulse, index: index)
  }

  mutating func answer(_ bytes: [UInt8], at instant: Instant) -> [UInt8] {
    var answers: [UInt8] = []
    for byte in bytes where byte == 0x02 || !command.isEmpty {
      command.append(byte)
      if command.count == 2, byte != 0x70 { command.removeAll() }
      guard command.count >= 6, command.count == 4 + Int(command[2]) || command.count == 8
      else { continue }
      answers.append(take(NoninSelect(command.span)).rawValue)
      command.removeAll()
    }
    return answers
  }

  private mutating func take(_ command: NoninSelect?) -> NoninAnswer {
    guard let command, command.format == format, accepts.contains(command.form) else {
      return .refused
    }
    isSelected = true
    return .accepted
  }
}
