/// The course of one blood-pressure determination, as a cuff's driver reports it.
public enum Determination: Hashable, Sendable {
  /// The cuff has begun to inflate.
  case inflating
  /// Pressure in the cuff while it works, in mmHg.
  case cuffPressure(mmHg: Int)
  case result(BloodPressure)
  case failed(DeterminationFailure)
  /// Ended by an order of ours; the cuff deflates.
  case aborted
}

/// Why a determination gave no pressure; one vocabulary for every cuff (`protocols.md` section 5).
public enum DeterminationFailure: String, Hashable, Sendable, CaseIterable {
  case weakSignal, motion, outOfRange, timeOut, blockage, cuffLeak, safetyTimeOut, overpressure
  case hardware, permission
  /// The device reported "done" with numbers that cannot be a blood pressure.
  case implausible
  /// The line went dead while the cuff was working.
  case connectionLost
  /// The device did not answer the order to start.
  case noAnswer
}
