public import Monitoring
public import Vitals

/// What a nurse station that confirms says of itself (`clinical.md` 3.9).
public enum StationWord: Hashable, Sendable {
  /// It shows the ward from now on, and will say so every two seconds.
  case hello
  case heartbeat
  /// Intended: it is turned off, and nobody needs to look for it.
  case goodbye
  /// It has drawn this revision of the alarm with this number.
  case confirmed(ChairID, alarm: Int, revision: Int)
  /// A burst has begun in which this revision of the alarm has its part.
  case sounded(ChairID, alarm: Int, revision: Int)
  /// How its screen and its sound are.
  case sound(StationSound)
}
