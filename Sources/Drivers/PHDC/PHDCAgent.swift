public import Vitals

/// Plays an agent: an oximeter that reports once a second, with a cuff that reports whenever it has
/// measured.
///
/// It associates when it is switched on, and again after an abort.
public struct PHDCAgent: Simulator {
  /// What it says it is.
  public enum Configuration: Sendable {
    /// Standard configuration 0190: two numbers, which are missing when the sensor is off.
    case standard
    /// A configuration of its own: numbers with a status, the sensor's status, and a cuff.
    case extended
  }

  private var line: FramedLine<PHDCAgentTalk>

  public init(patient: SimulatedPatient, configuration: Configuration = .extended) {
    line = FramedLine(PHDCAgentTalk(patient: patient, configuration: configuration))
  }

  public var nextDeadline: Instant? { line.nextDeadline }

  public mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    line.advance(to: instant) { if case .send(let bytes) = $1 { emit($0, bytes) } }
  }

  public mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    let heard: DriverInput
    switch input {
    case .opened: heard = .opened
    case .bytes(let bytes): heard = .bytes(bytes)
    case .feature: return
    }
    line.handle(heard, at: instant) { if case .send(let bytes) = $1 { emit($0, bytes) } }
  }
}

/// The agent's end of an association.
struct PHDCAgentTalk: Conversation {
  typealias Cut = PHDCFraming

  private enum State {
    case off
    /// Not associated; asks at that instant, and again until there is an answer.
    case asking(at: Instant)
    /// Must send its configuration, and has done so.
    case configuring
    case operating
    /// Not wanted.
    case refused
  }

  private static let askEvery = Duration.seconds(3)
  private static let restAfterAbort = Duration.milliseconds(500)
  private static let confirmWithin = Duration.seconds(3)
  static let systemID: [UInt8] = [0x00, 0x1C, 0x05, 0x01, 0x00, 0x00, 0x28, 0xA1]

  private let patient: SimulatedPatient
  private let configuration: PHDCAgent.Configuration
  private var state = State.off
  private var start = Instant.zero
  /// Reports due so far, one a second since power on.
  private var index = 0
  private var invokeID: UInt16 = 0
  /// When a confirmation is overdue.
  private var confirmAt: Instant?
  private var lastPressureAt: Instant?

  init(patient: SimulatedPatient, configuration: PHDCAgent.Configuration) {
    self.patient = patient
    self.configuration = configuration
  }

  private var reportAt: Instant { start + .seconds(index) }

  var nextDeadline: Instant? {
    switch state {
    case .off: return nil
    case .asking(let at): return min(at, reportAt)
    case .configuring, .operating, .refused: return earliest(reportAt, confirmAt)
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    (start, index, confirmAt, lastPressureAt) = (instant, 1, nil, nil)
    state = .asking(at: instant)
    ask(at: instant, emit: emit)
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    if case .asking(let at) = state, at <= instant { ask(at: instant, emit: emit) }
    if let due = confirmAt, due <= instant {
      emit(instant, .send(PHDCEnding.abort(.responseTimeOut)))
      rest(at: instant)
    }
    guard reportAt <= instant else { return }
    if case .operating = state { report(at: instant, emit: emit) }
    index += 1
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let choice = PHDCChoice(frame, at: 0) else { return }
    switch (choice, state) {
    case (_, .off): break
    case (.associationResponse, .asking):
      associate(result: UInt16(frame[4]) << 8 | UInt16(frame[5]), at: instant, emit: emit)
    case (.abort, _): rest(at: instant)
    case (.releaseRequest, _):
      emit(instant, .send(PHDCEnding.releaseResponse))
      state = .refused
    case (.data, .configuring), (.data, .operating):
      guard let call = PHDCCall(PHDCFields(PHDCFraming.headerLength..<frame.count), frame)
      else { return }
      obey(call, frame, at: instant, emit: emit)
    default: break
    }
  }

  private mutating func ask(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    state = .asking(at: instant + Self.askEvery)
    let id: UInt16 = configuration == .standard ? 0x0190 : 0x4000
    emit(
      instant,
      .send(PHDCAssociationRequest.encode(systemID: Self.systemID, configurationID: id)))
  }

  private mutating func rest(at instant: Instant) {
    confirmAt = nil
    state = .asking(at: instant + Self.restAfterAbort)
  }

  private mutating func associate(
    result: UInt16, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    switch PHDCAssociationResult(rawValue: result) {
    case .accepted: state = .operating
    case .acceptedWithUnknownConfiguration:
      state = .configuring
      send(
        PHDCEvent.configuration, PHDCConfiguration.complete.encoded(id: 0x4000), at: instant,
        emit: emit)
    default: state = .refused
    }
  }

  private mutating func obey(
    _ call: PHDCCall, _ frame: Span<UInt8>, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch call.service {
    case .get:
      let clock = PHDCAgentReport.clock(instant, since: start)
      let body = PHDCAgentReport.attributes(configuration, clock: clock)
      emit(instant, .send(PHDCCall.encode(.getReply, invokeID: call.invokeID, body)))
    case .confirmedSet, .confirmedAction:
      emit(instant, .send(PHDCAssociation.refusal(of: call)))
    case .eventReply:
      confirmAt = nil
      guard case .configuring = state, let event = PHDCEvent(call.body, frame) else { return }
      var info = event.info
      let isAccepted = info.part(2) != nil && info.u16(frame) == 0
      state = isAccepted ? .operating : .refused
      if !isAccepted { emit(instant, .send(PHDCEnding.releaseRequest)) }
    default: break
    }
  }

  private mutating func report(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    var observations: [[UInt8]] = []
    if let reading = patient.oximetry(instant) {
      observations += PHDCAgentReport.oximetry(reading, configuration)
    }
    if configuration == .extended, let last = patient.lastPressure(instant),
      last.at != lastPressureAt
    {
      lastPressureAt = last.at
      let stamp = PHDCAgentReport.clock(last.at, since: start)
      observations += PHDCAgentReport.pressure(last.pressure, stamp: stamp)
    }
    guard !observations.isEmpty else { return }
    // Begun by the agent, number 0.
    var info: [UInt8] = [0xF0, 0, 0, 0]
    info.append(list: observations)
    send(0x0D1D, info, at: instant, emit: emit)
  }

  /// Reports an event and waits for its confirmation.
  private mutating func send(
    _ type: UInt16, _ info: [UInt8], at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    let body = PHDCEvent.encode(handle: 0, time: .max, type: type, info)
    emit(instant, .send(PHDCCall.encode(.confirmedEvent, invokeID: invokeID, body)))
    invokeID &+= 1
    confirmAt = confirmAt ?? instant + Self.confirmWithin
  }
}
