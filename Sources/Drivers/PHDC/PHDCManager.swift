import Vitals

/// The manager's end of an association: it accepts, learns the configuration, asks who is there,
/// switches a scanner on, and confirms what is reported.
///
/// It begins nothing by itself: the agent associates, and does so again after an abort or a loss.
struct PHDCManager: Conversation {
  typealias Cut = PHDCFraming

  private enum State {
    case unassociated
    /// Accepted, but the agent must still send a configuration that we can use.
    case configuring(giveUpAt: Instant)
    case operating(PHDCAssociation)
  }

  /// How long an agent may take to send its configuration.
  private static let configureWithin = Duration.seconds(10)

  private var state = State.unassociated

  var nextDeadline: Instant? {
    switch state {
    case .unassociated: nil
    case .configuring(let giveUpAt): giveUpAt
    case .operating(let association): association.giveUpAt
    }
  }

  mutating func open(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    state = .unassociated
  }

  mutating func close(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    state = .unassociated
  }

  mutating func fire(at instant: Instant, emit: (Instant, DriverOutput) -> Void) {
    switch state {
    case .unassociated: break
    case .configuring: abort(.configurationTimeOut, at: instant, emit: emit)
    case .operating(var association):
      if association.giveUp(at: instant, emit: emit) {
        state = .operating(association)
      } else {
        abort(.responseTimeOut, at: instant, emit: emit)
      }
    }
  }

  mutating func read(
    _ frame: Span<UInt8>, isInDoubt: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch PHDCMessage(frame) {
    case .associationRequest(let request):
      // In any state: an agent that asks anew has forgotten the association we may think of.
      answer(request, at: instant, emit: emit)
    case .releaseRequest:
      state = .unassociated
      emit(instant, .send(PHDCEnding.releaseResponse))
    case .abort: state = .unassociated
    case .event(let call, let event):
      hear(call, event, frame, at: instant, emit: emit)
    case .answer(let call):
      guard case .operating(var association) = state else { return }
      association.hear(answer: call, frame, at: instant, emit: emit)
      state = .operating(association)
    case .request(let call): refuse(call, at: instant, emit: emit)
    case .other, nil: break
    }
  }

  private mutating func answer(
    _ request: PHDCAssociationRequest, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    emit(instant, .send(PHDCAssociationRequest.answer(request.result)))
    switch request.result {
    case .accepted:
      guard let standard = PHDCConfiguration.standard(request.configurationID) else { return }
      operate(standard, at: instant, emit: emit)
    case .acceptedWithUnknownConfiguration:
      state = .configuring(giveUpAt: instant + Self.configureWithin)
    case .rejectedPermanently, .noCommonProtocol, .noCommonParameter, .unsupportedVersion:
      state = .unassociated
    }
  }

  private mutating func operate(
    _ configuration: PHDCConfiguration, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    var association = PHDCAssociation(configuration)
    association.begin(at: instant, emit: emit)
    state = .operating(association)
  }

  private mutating func hear(
    _ call: PHDCCall, _ event: PHDCEvent, _ frame: Span<UInt8>, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    switch state {
    case .unassociated:
      // It takes itself for associated; told otherwise, it associates anew.
      abort(.undefined, at: instant, emit: emit)
    case .configuring, .operating:
      if event.type == PHDCEvent.configuration {
        configure(call, event, frame, at: instant, emit: emit)
      } else if case .operating(var association) = state {
        association.hear(call, event, frame, at: instant, emit: emit)
        state = .operating(association)
      } else {
        abort(.undefined, at: instant, emit: emit)
      }
    }
  }

  private mutating func configure(
    _ call: PHDCCall, _ event: PHDCEvent, _ frame: Span<UInt8>, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    let configuration = PHDCConfiguration(event.info, frame)
    // Accepted, or not supported; then the agent may offer another one, or release.
    var info = [UInt8](u16: Int(PHDCConfiguration.id(event.info, frame) ?? 0))
    info.append(u16: configuration == nil ? 1 : 0)
    if call.service == .confirmedEvent {
      let body = PHDCEvent.encode(
        handle: event.handle, time: event.time, type: event.type, info)
      emit(instant, .send(PHDCCall.encode(.eventReply, invokeID: call.invokeID, body)))
    }
    if let configuration {
      operate(configuration, at: instant, emit: emit)
    } else if case .operating = state {
      state = .configuring(giveUpAt: instant + Self.configureWithin)
    }
  }

  /// Says to what we cannot do that there is no such object.
  private func refuse(
    _ call: PHDCCall, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    guard case .operating = state, call.service != .set, call.service != .action else { return }
    emit(instant, .send(PHDCAssociation.refusal(of: call)))
  }

  private mutating func abort(
    _ reason: PHDCEnding.Reason, at instant: Instant, emit: (Instant, DriverOutput) -> Void
  ) {
    state = .unassociated
    emit(instant, .send(PHDCEnding.abort(reason)))
  }
}
