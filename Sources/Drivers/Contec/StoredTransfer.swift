import Vitals

/// How far the reading of one recording out of a device has come.
///
/// Nothing in these recordings is numbered: behind damage nobody knows how many seconds are
/// missing. So after damage the recording is read from its start again, and what was already told
/// is passed over.
struct StoredTransfer: Sendable {
  /// Times a recording is read from its start before we give it up.
  private static let attempts = 5

  /// What the device announced; it bounds what we take, whatever comes.
  private let bytes: Int
  private let start: DeviceTime?
  private var attemptsLeft = Self.attempts - 1
  /// Seconds read in this attempt, and in the one that came furthest.
  private var read = 0
  private var told = 0
  private var bytesLeft: Int
  private var bytesPerSecond: Int

  init(bytes: Int, bytesPerSecond: Int, start: DeviceTime?) {
    self.bytes = bytes
    self.start = start
    bytesLeft = bytes
    self.bytesPerSecond = bytesPerSecond
  }

  /// Whether all that was announced has been read.
  var isComplete: Bool { bytesLeft < bytesPerSecond }

  /// Takes the next second; padding behind the announced end is none.
  mutating func take(
    _ reading: OximeterReading, storedBytes: Int, at instant: Instant,
    emit: (Instant, DriverOutput) -> Void
  ) {
    bytesPerSecond = storedBytes
    guard !isComplete else { return }
    bytesLeft -= storedBytes
    read += 1
    guard read > told else { return }
    told = read
    let time = start?.advanced(bySeconds: read - 1)
    emit(instant, .stored(StoredReading(.oximetry(reading), deviceTime: time)))
  }

  /// Goes back to the start of the recording; false when that was tried often enough.
  mutating func rewind() -> Bool {
    guard attemptsLeft > 0 else { return false }
    attemptsLeft -= 1
    read = 0
    bytesLeft = bytes
    return true
  }
}
