public import Vitals

/// A blood pressure on the chart, with where it comes from and what became of it.
public struct ChartedPressure: Hashable, Sendable {
  public internal(set) var pressure: BloodPressure
  public let at: Instant
  public let source: PressureReading.Source
  public let by: StaffID?
  /// Values that a correction has superseded, oldest first (`clinical.md` 1.7).
  public internal(set) var superseded: [BloodPressure] = []
  /// A person has marked it as an artefact; it counts as before.
  public internal(set) var isArtefact = false
}
