/// Limits and delays as data: what the clinic's prescriber reviews and owns.
///
/// Every value is a starting point from `clinical.md` 2.2, not anybody's published rule. The table
/// ``fields`` names each one, its unit and its allowed range; reading, checking, printing and
/// changing a policy all go through it. Durations are in seconds.
public struct Policy: Hashable, Sendable {
  public var policyID = "adult-ketamine-default-1"
  public var spo2 = SpO2()
  public var pulse = Pulse()
  public var respiration = Respiration()
  public var pressure = Pressure()
  public var technical = Technical()
  public var observation = Observation()
  /// What this policy asks of a route in its own words; see ``preset(for:)``.
  public var presets: [Route: Route.Preset] = [:]

  public init() {}

  public static let adultKetamineDefault1 = Policy()

  /// Limits in percent.
  public struct SpO2: Hashable, Sendable {
    public var low = 92
    public var lowDelaySeconds = 10
    public var veryLow = 88
    public var veryLowDelaySeconds = 3
    /// Points below baseline.
    public var fall = 5
    public var fallDelaySeconds = 30
    public var clearSeconds = 5
    /// Integral mode of `SPO2_LOW` in point-seconds; 0 is off.
    public var integral = 0
  }

  /// Limits in beats per minute.
  public struct Pulse: Hashable, Sendable {
    public var high = 120
    public var highDelaySeconds = 15
    public var veryHigh = 140
    public var veryHighDelaySeconds = 10
    public var low = 50
    public var lowDelaySeconds = 10
    public var veryLow = 40
    public var veryLowDelaySeconds = 5
    /// Hundredths of the baseline rate.
    public var relativeFactorHundredths = 130
    public var relativeFloor = 100
    public var relativeDelaySeconds = 120
  }

  /// Limits in breaths per minute; judged only where a source exists.
  public struct Respiration: Hashable, Sendable {
    public var low = 10
    public var lowDelaySeconds = 20
    public var veryLow = 8
    public var veryLowDelaySeconds = 15
    public var high = 25
    public var highDelaySeconds = 60
  }

  /// Limits in mmHg.
  public struct Pressure: Hashable, Sendable {
    public var elevatedSystolic = 160
    public var elevatedDiastolic = 100
    public var repeatSeconds = 120
    public var criticalSystolic = 180
    public var criticalDiastolic = 110
    public var lowSystolic = 90
    public var veryLowSystolic = 80
    public var lowMean = 65
    public var veryLowMean = 55
    public var highMean = 130
    public var noteworthyRise = 30
    public var noteworthyRisePercent = 20
    public var riseSystolic = 40
    public var riseDiastolic = 25
    public var fallToPercent = 70
  }

  /// Delays of the technical alarms, in seconds unless named otherwise.
  public struct Technical: Hashable, Sendable {
    public var sensorOffSeconds = 10
    public var noDataSeconds = 10
    public var signalPoorLowSeconds = 30
    public var signalPoorMediumSeconds = 60
    public var lowPerfusionHundredths = 30
    public var lowPerfusionSeconds = 30
    public var frozenLowSeconds = 60
    public var frozenMediumSeconds = 120
    public var escalateUnacknowledgedSeconds = 60
    public var awayMaximumSeconds = 600
    public var pressureOverdueLowSeconds = 120
    public var pressureOverdueMediumSeconds = 300
    public var stationLostSeconds = 10
  }

  /// The observation after the dose.
  public struct Observation: Hashable, Sendable {
    public var intravenousMinutes = 30
    public var minimumMinutes = 20
    public var maximumMinutes = 45
    public var spravatoMinutes = 120
    public var intramuscularMinutes = 90
    public var oralMinutes = 120
    public var pressureMaximumAgeSeconds = 600
    public var quietAfterHighSeconds = 600
    public var quietAfterOtherSeconds = 300
    public var creditSlackSeconds = 300
    public var secondSignatureSeconds = 900
  }
}
