public import Monitoring
public import Vitals

/// Everything that can reach a ward.
///
/// What is not in here cannot influence it.
public enum WardInput: Hashable, Sendable {
  /// Bytes from a device, in order, in chunks of any size.
  case bytes(Slot, [UInt8])
  case line(Slot, LineChange)
  case command(ChairID, Command, by: StaffID)
  case reading(ChairID, HandReading, by: StaffID)
  /// The wall clock was set, or drifted, by this much. Changes labels, never a timer.
  case wallClockStepped(milliseconds: Int64)
  /// A station that only shows opened or closed its stream.
  case station(StaffID, isLinked: Bool)
  /// A station that confirms what it shows spoke.
  case stationSays(StaffID, StationWord)
  case log(LogHealth)
  /// Who can hear the alarms, as it has been for ten seconds.
  ///
  /// An input, not a decision: the ward of one chair's recording does not know the other chairs.
  case sound(SoundReach)
  /// The log is a new one, because the old one was damaged.
  case logSetAside(LostLog)
  /// Whether the flight recorder takes the bytes of devices from now on: it cannot for ever while the
  /// disk takes nothing.
  case deviceBytesKept(Bool)
  /// A member of staff has this role from now on; `nil` for one who is no longer there.
  case staff(StaffID, Role?)
  /// What happened to an account or at a login, at a chair or for the ward; goes on record.
  case account(ChairID, AccountNote)
  /// The daemon was not running since this instant; without certainty, nobody knows how long.
  case interrupted(since: Instant, isCertain: Bool = true)
}

/// What happened to a device's line.
public enum LineChange: Hashable, Sendable {
  case opened
  case closed(reason: String)
}

/// A reading that did not come from a device's bytes: typed in by a person, or part of a scene
/// that is played at reading level.
public enum HandReading: Hashable, Sendable {
  case pressure(BloodPressure)
  case oximetry(OximeterReading)
  case determination(Determination)
  /// Counted by a person, or, given by `system`, a monitor's.
  case respiration(RespirationRate)
  case battery(SlotName, BatteryLevel)
}

/// Whether what is decided reaches the disk.
public enum LogHealth: String, Hashable, Sendable, CaseIterable {
  case well
  /// An event was shown before it was durable (250 ms rule of `design.md` section 1).
  case late
  /// All is well, but for less than 1 GiB of space.
  case lowSpace
  /// All is well, in a new log: a damaged one was set aside, and nobody has taken note of it yet.
  case renewed
  /// Nothing has become durable for 10 s.
  case failing
}

/// What a ward decides.
public enum WardOutput: Hashable, Sendable {
  /// Goes to the log, and after that to people.
  case event(ChairID, ChairEvent)
  /// The second's oximeter sample; `nil` when the last one is too old to be current.
  case sample(ChairID, OximeterReading?)
  case send(Slot, [UInt8])
  /// A HID feature report.
  case sendFeature(Slot, [UInt8])
}

extension WardOutput {
  /// What goes to a device, of whatever kind.
  public var sent: (slot: Slot, bytes: [UInt8])? {
    switch self {
    case .send(let slot, let bytes), .sendFeature(let slot, let bytes): (slot, bytes)
    case .event, .sample: nil
    }
  }
}
