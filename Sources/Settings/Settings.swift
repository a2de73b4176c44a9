public import Monitoring
public import Vitals

/// The checked configuration of a daemon (`/etc/chairside/chairside.yaml`).
public struct Settings: Hashable, Sendable {
  /// One device of a chair.
  public struct Device: Hashable, Sendable {
    /// A name from `chairside drivers`.
    public let driver: String
    /// A device node: a `/dev/serial/by-path/…` link, so that the binding is to the physical port;
    /// or `usb:1-1.2` (PHDC by its place on the bus), or `tcp:ADDRESS:PORT` to listen on.
    public let port: String
    /// Line settings such as `19200 8O1`; `nil` for the driver's own.
    public let line: String?
  }

  public struct Chair: Hashable, Sendable {
    public let id: ChairID
    public let devices: [SlotName: Device]
  }

  public struct Member: Hashable, Sendable {
    public let id: StaffID
    public let name: String
    public let role: Role
  }

  /// How long the log keeps what, in days.
  public struct Retention: Hashable, Sendable {
    /// Every byte of every device: the flight recorder.
    ///
    /// Sessions that are open keep theirs.
    public var tapeDays = 30
    /// Seconds that belong to no session.
    public var idleDays = 90
    /// Sessions, events and signatures.
    public var recordDays = 3660
  }

  /// The server's own loudspeaker.
  public enum Annunciator: Hashable, Sendable {
    case off
    /// An ALSA device such as `default` or `hw:1,0`; `player` is a program that is called like
    /// `aplay`, which is looked for where programs lie when it is `nil`.
    case on(device: String, player: String?)
  }

  /// How other machines reach the station.
  public struct Network: Hashable, Sendable {
    /// Where to listen; `0.0.0.0` for everywhere.
    public var address = "0.0.0.0"
    public var port = 8443
    /// The folder of certificates, as `chairside tls init` makes it.
    public var folder: String
  }

  public var site: String
  /// The SQLite file of the log.
  public var storePath: String
  /// TCP port of the station, on loopback.
  public var port: Int
  /// `nil` for this machine alone.
  public var network: Network?
  public var retention = Retention()
  public var annunciator = Annunciator.on(device: "default", player: nil)
  public var policy: Policy
  public var staff: [Member]
  /// In the order of the room.
  public var chairs: [Chair]

  public var roster: Roster {
    Roster(Dictionary(staff.map { ($0.id, $0.role) }, uniquingKeysWith: { first, _ in first }))
  }
}
