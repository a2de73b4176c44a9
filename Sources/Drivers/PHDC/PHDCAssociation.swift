import Vitals

/// An association with an agent whose configuration we know.
struct PHDCAssociation {
  /// What we ask of an agent, one thing after the other.
  private enum Question {
    /// The attributes of its MDS object: who it is, and what its clock shows.
    case identity
    case startScanner
  }

  private struct Asked {
    let question: Question
    let invokeID: UInt16
    let at: Instant
  }

  /// How long an agent may take to answer.
  private static let answerWithin = Duration.seconds(3)

  private var reader: PHDCReader
  private var asked: Asked?
  private var nextInvokeID: UInt16 = 0

  init(_ configuration: PHDCConfiguration) { reader = PHDCReader(configuration) }

  /// When an answer is overdue.
  var giveUpAt: Instant? { asked.map { $0.at + Self.answerWithin } }

  mutating func begin(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    // Object 0, all attributes.
    ask(.identity, .get, [0, 0, 0, 0, 0, 0], at: instant, emit: emit)
  }

  /// The one scanner to switch on: periodic if there is one, since silence then means a loss.
  private var scanner: PHDCScanner? {
    let scanners = reader.configuration.scanners
    return scanners.first { $0.isPeriodic } ?? scanners.first
  }

  private mutating func startScanner(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    guard let scanner else { return }
    var body = [UInt8](u16: Int(scanner.handle))
    // Replace the operational state by "enabled".
    let enabled = [UInt8](attribute: .operationalState, [0, 1])
    body.append(list: [[0, 0] + enabled])
    ask(.startScanner, .confirmedSet, body, at: instant, emit: emit)
  }

  private mutating func ask(
    _ question: Question, _ service: PHDCService, _ body: [UInt8], at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    asked = Asked(question: question, invokeID: nextInvokeID, at: instant)
    emit(instant, .send(PHDCCall.encode(service, invokeID: nextInvokeID, body)))
    nextInvokeID &+= 1
  }

  /// An answer is overdue; false when the association is no good without it.
  mutating func giveUp(at instant: Instant, emit: (Instant, DriverOutput) -> Void) -> Bool {
    guard let question = asked?.question else { return true }
    asked = nil
    switch question {
    case .identity:
      // Numbers are worth more than a name.
      startScanner(at: instant, emit: emit)
      return true
    case .startScanner: return false
    }
  }

  mutating func hear(
    answer: PHDCCall, _ frame: Span<UInt8>, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let asked, answer.invokeID == asked.invokeID else { return }
    self.asked = nil
    guard asked.question == .identity else { return }
    if answer.service == .getReply, let identity = PHDCIdentity(answer.body, frame) {
      emit(instant, .identified(identity.device))
      // As of when it was asked, so that nothing seems younger than it is.
      reader.clock = identity.clock.map { PHDCClock($0, at: asked.at) }
    }
    startScanner(at: instant, emit: emit)
  }

  mutating func hear(
    _ call: PHDCCall, _ event: PHDCEvent, _ frame: Span<UInt8>, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    let isReport = PHDCScanForm(eventType: event.type) != nil
    if call.service == .confirmedEvent {
      let body = PHDCEvent.encode(handle: event.handle, time: 0, type: event.type, [])
      let confirmation = PHDCCall.encode(.eventReply, invokeID: call.invokeID, body)
      emit(instant, .send(isReport ? confirmation : Self.refusal(of: call)))
    }
    reader.read(event, frame, at: instant, emit: emit)
  }

  /// The answer that there is no such object.
  static func refusal(of call: PHDCCall) -> [UInt8] {
    PHDCCall.encode(.error, invokeID: call.invokeID, [0, 1, 0, 0])
  }
}
