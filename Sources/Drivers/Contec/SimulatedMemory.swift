import Vitals

/// The one recording in the memory of a simulated Contec: a dip, and a while without a finger.
struct SimulatedMemory: Sendable {
  let start: DeviceTime
  let seconds: [ContecV7Second] = [
    (97, 72), (97, 72), (97, 73), (96, 74), (95, 76), (93, 79), (91, 83), (89, 88), (88, 131),
    (88, 129), (90, 126), (0, 0), (0, 0), (127, 255), (94, 90), (95, 86), (96, 82), (97, 79),
    (97, 77), (97, 76),
  ].map { ContecV7Second(saturation: $0, pulseRate: $1) }

  /// `nil` only where a calendar lacks the day.
  init?() {
    guard
      let start = DeviceTime(year: 2026, month: 3, day: 14, hour: 23, minute: 59, second: 50)
    else { return nil }
    self.start = start
  }
}
