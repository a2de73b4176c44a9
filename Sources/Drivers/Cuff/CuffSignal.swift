import Vitals

/// What the host asks of a cuff.
enum CuffRequest: Hashable, Sendable {
  /// Inflates a cuff on a person.
  case start
  /// Deflates.
  case abort
  /// How it is getting on.
  case poll
  /// What came out.
  case result
}

/// What a cuff said, in the words that all cuffs share.
enum CuffSignal: Hashable, Sendable {
  /// The start was taken: the cuff inflates.
  case begun
  /// The start was not taken.
  case refused(DeterminationFailure)
  /// A determination is running already.
  case busy
  /// Pressure in the cuff, in mmHg, which says nothing about why it is there.
  case pressure(mmHg: Int)
  /// A determination is under way, at this pressure if it tells, in mmHg.
  case working(mmHg: Int?)
  /// It is there, and has nothing new to say.
  case noNews
  /// The determination is over; its result can be asked for.
  case done
  /// The answer to ``CuffRequest/result``: a pressure or a failure.
  case outcome(Determination)
  /// The determination under way has failed.
  case failed(DeterminationFailure)
  /// Stopped, deflating.
  case aborted
  /// It was reset or fell asleep: nothing is under way any more.
  case halted
}
