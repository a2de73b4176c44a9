import Vitals

/// Makes readings of scan reports, and tells present numbers from old ones.
///
/// An agent may keep what it measured and send it hours later, in an event like any other. So:
/// - A number without a time stamp is of now: 20601 has agents stamp what they keep. Not so a
///   spot check or a blood pressure, which are measured once, who knows when.
/// - A scanner reports what happens while it is switched on, and is believed unless the agent's
///   own clock disproves it.
/// - Anything else with a stamp, such as the stamped reports of configuration 0190 in the examples
///   of 10404, is out of the memory (``DriverOutput/stored(_:)``), unless ``PHDCClock`` proves that
///   it was measured just now.
struct PHDCReader {
  /// How old oximetry may be and still be called current.
  private static let oximetryLimit = 5
  /// The same for a determination; its stamp may be that of its beginning.
  private static let pressureLimit = 60
  /// How long a number stands when the other of the two is reported without it.
  private static let companionLimit = Duration.seconds(3)

  var configuration: PHDCConfiguration
  /// `nil` while we do not know what the agent's clock shows.
  var clock: PHDCClock?
  /// What the agent last said about its sensor; it says so again only when it changes.
  private var sensor: SignalStatus = []
  private var saturation: (value: Saturation?, at: Instant)?
  private var pulseRate: (value: PulseRate?, at: Instant)?

  init(_ configuration: PHDCConfiguration) { self.configuration = configuration }

  /// Reads the event if it is a scan report.
  mutating func read(
    _ event: PHDCEvent, _ bytes: Span<UInt8>, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let form = PHDCScanForm(eventType: event.type) else { return }
    var findings: [PHDCFinding] = []
    // Kept apart, since a pressure's time stamp says nothing about the oximetry beside it.
    var (oximetry, pressure) = (PHDCFinding(), PHDCFinding())
    func add(_ value: PHDCValue, to finding: inout PHDCFinding) {
      guard !finding.add(value) else { return }
      findings.append(finding)
      finding = PHDCFinding()
      _ = finding.add(value)
    }
    _ = form.walk(event.info, bytes) { observation in
      for value in values(of: observation, in: event.handle, bytes) {
        if value.kind.isOfCuff { add(value, to: &pressure) } else { add(value, to: &oximetry) }
      }
    }
    for finding in findings + [oximetry, pressure] where !finding.isEmpty {
      report(finding, isScanned: form.isFromScanner, at: instant, emit: emit)
    }
  }

  private func values(
    of observation: PHDCObservation, in scanner: UInt16, _ bytes: Span<UInt8>
  ) -> [PHDCValue] {
    switch observation {
    case .fixed(let handle, var values):
      guard let found = configuration.object(handle, in: scanner, length: values.count),
        let value = PHDCValue(found.object, found.map, &values, bytes)
      else { return [] }
      return [value]
    case .variable(let handle, let attributes):
      var isCompound = false
      _ = attributes.read { element in
        guard let (id, _) = element.attribute(bytes) else { return false }
        isCompound = isCompound || id == PHDCAttribute.compoundNumber.rawValue
        return true
      }
      guard let object = configuration.object(handle, isCompound: isCompound) else { return [] }
      return [PHDCValue(object, attributes, bytes)]
    case .grouped(var values):
      guard let scanner = configuration.scanners.first(where: { $0.handle == scanner }),
        scanner.length == values.count
      else { return [] }
      return scanner.maps.compactMap { handle, map in
        guard let object = configuration.objects.first(where: { $0.handle == handle }) else {
          _ = values.part(map.length)
          return nil
        }
        return PHDCValue(object, map, &values, bytes)
      }
    }
  }

  private mutating func report(
    _ finding: PHDCFinding, isScanned: Bool, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    if finding.isOfCuff {
      report(finding.determination, of: finding.stamp?.time, at: instant, emit: emit)
    } else if isPresent(finding, isScanned: isScanned, at: instant) {
      emit(instant, .oximetry(present(finding, at: instant)))
    } else if let reading = past(finding) {
      emit(instant, .stored(StoredReading(.oximetry(reading), deviceTime: finding.stamp?.time)))
    }
  }

  /// Reports a pressure as new if that is proven, and else as old; an old failure is no news.
  private func report(
    _ determination: Determination?, of time: DeviceTime?, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    guard let determination else { return }
    if isProven(time, within: Self.pressureLimit, at: instant) {
      emit(instant, .determination(determination))
    } else if case .result(let pressure) = determination {
      emit(instant, .stored(StoredReading(.pressure(pressure), deviceTime: time)))
    }
  }

  private func isProven(_ time: DeviceTime?, within limit: Int, at instant: Instant) -> Bool {
    guard let time, let clock else { return false }
    return clock.proves(time, within: limit, at: instant)
  }

  private func isPresent(_ finding: PHDCFinding, isScanned: Bool, at instant: Instant) -> Bool {
    guard isScanned else {
      return finding.stamp == nil && !finding.isSpotCheck
        || isProven(finding.stamp?.time, within: Self.oximetryLimit, at: instant)
    }
    guard let time = finding.stamp?.time, let clock else { return true }
    return !clock.disproves(time, within: Self.oximetryLimit, at: instant)
  }

  private mutating func present(_ finding: PHDCFinding, at instant: Instant) -> OximeterReading {
    if let bits = finding[.oximeterStatus]?.bits {
      sensor = PHDCStatus.marks(bits, PHDCStatus.ofOximeter)
    }
    if finding[.saturation] != nil { saturation = (finding.saturation, instant) }
    if finding[.pulseRate] != nil { pulseRate = (finding.pulseRate, instant) }
    let status = sensor.union(finding.oximetryStatus)
    guard status.isDisjoint(with: .withoutNumbers) else {
      (saturation, pulseRate) = (nil, nil)
      return OximeterReading(status: status)
    }
    var reading = OximeterReading(status: status)
    if let saturation, instant - saturation.at <= Self.companionLimit {
      reading.saturation = saturation.value
    }
    if let pulseRate, instant - pulseRate.at <= Self.companionLimit {
      reading.pulseRate = pulseRate.value
    }
    return reading
  }

  /// A reading from the memory; `nil` without a number.
  private func past(_ finding: PHDCFinding) -> OximeterReading? {
    let bits = finding[.oximeterStatus]?.bits ?? 0
    let status = finding.oximetryStatus.union(PHDCStatus.marks(bits, PHDCStatus.ofOximeter))
    guard status.isDisjoint(with: .withoutNumbers),
      finding.saturation != nil || finding.pulseRate != nil
    else { return nil }
    return OximeterReading(
      saturation: finding.saturation, pulseRate: finding.pulseRate, status: status)
  }
}
