import Vitals

/// The due times that follow from a route (`clinical.md` 2.4).
extension CuffSchedule {
  /// Of a dose that starts now.
  ///
  /// Doses overrun; the due times go on for as long as any dose may take (120 min, `clinical.md`
  /// RQ-01).
  static func doseDues(_ preset: Route.Preset, start: Instant) -> [Instant] {
    guard let last = preset.doseDueMinutes.last else {
      return preset.observationDueMinutes.map { start + .seconds($0 * 60) }
    }
    let step = last - (preset.doseDueMinutes.dropLast().last ?? 0)
    let further = stride(from: last + step, through: 120, by: step)
    return (preset.doseDueMinutes + further).map { start + .seconds($0 * 60) }
  }

  /// Of an observation: after the listed ones on and on for six hours.
  static func observationDues(_ preset: Route.Preset, anchor: Instant, now: Instant) -> [Instant] {
    let listed = preset.observationDueMinutes
    let further = stride(
      from: (listed.last ?? 0) + preset.observationStepMinutes, through: 360,
      by: preset.observationStepMinutes)
    return (listed + further).map { anchor + .seconds($0 * 60) }.filter { $0 >= now }
  }
}
