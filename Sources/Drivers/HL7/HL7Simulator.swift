import Vitals

/// Plays a bedside monitor that sends ORU^R01 every second over MLLP.
///
/// One message is under way at a time: without an answer it is sent again after 5 s under the same
/// id, and what it would have measured meanwhile is lost, as with live data.
struct HL7Simulator: Simulator {
  private static let period = Duration.seconds(1)
  private static let patience = Duration.seconds(5)

  private struct Pending {
    let message: [UInt8]
    let controlID: [UInt8]
    let retryAt: Instant
  }

  private let patient: SimulatedPatient
  private var sendAt: Instant?
  private var pending: Pending?
  /// When the blood pressure was ready that the monitor sent last.
  private var toldPressure: Instant?
  private var count = 0
  /// The start of an answer whose end has not come yet.
  private var answer: [UInt8] = []

  init(patient: SimulatedPatient) { self.patient = patient }

  var nextDeadline: Instant? { pending?.retryAt ?? sendAt }

  mutating func advance(to instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    while let due = nextDeadline, due <= instant {
      if let waiting = pending {
        emit(due, waiting.message)
        pending = Pending(
          message: waiting.message, controlID: waiting.controlID, retryAt: due + Self.patience)
        skip(to: due)
      } else {
        sendAt = due + Self.period
        send(at: due, emit: emit)
      }
    }
  }

  /// Seconds that passed while an answer was awaited are not made up for.
  private mutating func skip(to instant: Instant) {
    while let due = sendAt, due <= instant { sendAt = due + Self.period }
  }

  private mutating func send(at instant: Instant, emit: (Instant, [UInt8]) -> Void) {
    let fresh = patient.lastPressure(instant).flatMap { $0.at == toldPressure ? nil : $0 }
    let reading = patient.oximetry(instant)
    guard reading != nil || fresh != nil else { return }
    count += 1
    toldPressure = fresh?.at ?? toldPressure
    let controlID = "SIM-\(count)"
    var message = HL7Message(controlID: controlID, at: instant)
    if let reading { message.add(reading) }
    if let rate = patient.respiration(instant) { message.add(rate) }
    if let fresh { message.add(fresh.pressure, at: fresh.at) }
    let bytes = MLLP.wrap(message.encoded)
    pending = Pending(
      message: bytes, controlID: Array(controlID.utf8), retryAt: instant + Self.patience)
    emit(instant, bytes)
  }

  mutating func handle(
    _ input: SimulatorInput, at instant: Instant, emit: (Instant, [UInt8]) -> Void
  ) {
    advance(to: instant, emit: emit)
    switch input {
    case .opened:
      sendAt = instant
      pending = nil
      answer.removeAll()
      advance(to: instant, emit: emit)
    case .bytes(let bytes):
      for byte in bytes { take(byte, at: instant) }
    case .feature: break
    }
  }

  private mutating func take(_ byte: UInt8, at instant: Instant) {
    if byte == MLLP.start || answer.count > 2000 { answer.removeAll() }
    answer.append(byte)
    guard byte == MLLP.end[0], let waiting = pending else { return }
    for line in answer.split(separator: 0x0D) where line.starts(with: "MSA|".utf8) {
      let fields = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
      guard fields.count > 2, fields[2].elementsEqual(waiting.controlID) else { continue }
      pending = nil
      skip(to: instant)
    }
  }
}
