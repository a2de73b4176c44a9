// `timespec` belongs to CDispatch in release builds, to Glibc in debug builds.
import CDispatch
import CLinux
import Dispatch
import Glibc
public import Vitals

/// The daemon's one clock: `CLOCK_BOOTTIME` turned into the ward's instants.
///
/// In the clinic the two are the same. A demo or a test may let the ward's time run faster;
/// simulators that are given the same clock stay in step.
public struct WardClock: Hashable, Sendable {
  /// A boot time, and the instant that it is.
  private let boottimeNanoseconds: Int64
  private let instant: Instant
  /// Ward time for each unit of real time.
  public let speed: Double

  private init(boottimeNanoseconds: Int64, instant: Instant, speed: Double) {
    self.boottimeNanoseconds = boottimeNanoseconds
    self.instant = instant
    self.speed = speed
  }

  /// Instants are boot time, one to one.
  public static let real = WardClock(boottimeNanoseconds: 0, instant: .zero, speed: 1)

  /// Starts now at `instant` and runs at `speed`.
  public init(from instant: Instant, at speed: Double) {
    self.init(
      boottimeNanoseconds: Self.boottimeNanoseconds, instant: instant, speed: speed)
  }

  public static var boottimeNanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_BOOTTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  public static var wall: WallTime {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// The present instant, on the millisecond grid of recordings.
  public var now: Instant {
    let exact = instant(at: Self.boottimeNanoseconds)
    return .milliseconds(exact.milliseconds)
  }

  /// How long until an instant comes, in real time; zero when it has passed.
  public func realTime(until due: Instant) -> Duration {
    let ahead = (due - instant).nanoseconds
    let real = speed == 1 ? ahead : Int64(Double(ahead) / speed)
    return .nanoseconds(max(0, boottimeNanoseconds + real - Self.boottimeNanoseconds))
  }

  private func instant(at boottime: Int64) -> Instant {
    let elapsed = boottime - boottimeNanoseconds
    // Boot times are beyond what a Double holds to the nanosecond after some months.
    guard speed != 1 else { return instant + .nanoseconds(elapsed) }
    return instant + .nanoseconds(Int64(Double(elapsed) * speed))
  }
}

extension WardClock: LosslessStringConvertible {
  /// `boottime:instant:speed`, the first two in nanoseconds: how simulators are given the clock of
  /// a daemon.
  public var description: String {
    "\(boottimeNanoseconds):\(instant.nanoseconds):\(speed)"
  }

  public init?(_ text: String) {
    let numbers = text.split(separator: ":")
    guard numbers.count == 3, let boottime = Int64(numbers[0]), let instant = Int64(numbers[1]),
      let speed = Double(numbers[2]), speed > 0, speed <= 10_000
    else { return nil }
    self.init(
      boottimeNanoseconds: boottime, instant: Instant(nanoseconds: instant), speed: speed)
  }
}
