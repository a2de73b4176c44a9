public import Vitals

/// What a nurse station says of itself every five seconds (`nurse-station.md` 1.8).
public struct StationSound: Hashable, Sendable {
  /// Whether its page is on the screen.
  public let isVisible: Bool
  /// Whether its sound runs, as far as a page can know.
  public let isAudible: Bool
  /// Who has heard its test sound since the page was loaded; `nil` for nobody.
  public let checkedBy: StaffID?

  public init(isVisible: Bool, isAudible: Bool, checkedBy: StaffID?) {
    self.isVisible = isVisible
    self.isAudible = isAudible
    self.checkedBy = checkedBy
  }

  /// Of a station from which nothing has come for too long.
  public static let none = StationSound(isVisible: false, isAudible: false, checkedBy: nil)

  /// Whether the station may be relied on to be seen and heard: sound is on only after a person has
  /// heard it.
  public var reachesPeople: Bool { isVisible && isAudible && checkedBy != nil }
}

/// Who can hear the alarms of the chairs that are watched.
public enum SoundReach: String, Hashable, Sendable, CaseIterable {
  /// Every such chair has a station that is seen and heard, or no chair is watched.
  case stations
  /// Some chair has none; the server's own loudspeaker sounds for it.
  case hostOnly
  /// Some chair has none, and the server cannot sound.
  case nobody
}
