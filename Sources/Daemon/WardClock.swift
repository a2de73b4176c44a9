import CLinux
import Dispatch
import Glibc
public import Vitals

/// The daemon's one clock: `CLOCK_BOOTTIME` turned into the ward's instants.
///
/// In the clinic the two are the same. A demo or a test may let the ward's time run faster, at
/// first by one factor and then by another, so that a morning passes in seconds; simulators that
/// are given the same clock stay in step.
public struct WardClock: Hashable, Sendable {
  /// From a boot time on, instants run at a speed.
  public struct Segment: Hashable, Sendable {
    public let boottimeNanoseconds: Int64
    public let instant: Instant
    public let speed: Double
  }

  /// In order of time; never empty.
  public let segments: [Segment]

  public init(_ segments: [Segment]) {
    precondition(!segments.isEmpty, "a clock needs a beginning")
    self.segments = segments
  }

  /// Instants are boot time, one to one.
  public static let real = WardClock([
    Segment(boottimeNanoseconds: 0, instant: .zero, speed: 1)
  ])

  /// Starts now at `instant`, runs `warmUp` of ward time at one speed and all further time at
  /// another.
  public init(from instant: Instant, warmUp: Duration, at warmUpSpeed: Double, then speed: Double) {
    let now = Self.boottimeNanoseconds
    var segments = [Segment(boottimeNanoseconds: now, instant: instant, speed: speed)]
    if warmUp > .zero {
      let real = Int64(Double(warmUp.nanoseconds) / warmUpSpeed)
      segments = [
        Segment(boottimeNanoseconds: now, instant: instant, speed: warmUpSpeed),
        Segment(boottimeNanoseconds: now + real, instant: instant + warmUp, speed: speed),
      ]
    }
    self.init(segments)
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

  public var speed: Double { segment(at: Self.boottimeNanoseconds).speed }

  /// How long until an instant comes, in real time; zero when it has passed.
  public func realTime(until instant: Instant) -> Duration {
    let now = Self.boottimeNanoseconds
    let segment = segments.last { $0.instant <= instant } ?? segments[0]
    let due =
      segment.boottimeNanoseconds
      + Int64(Double((instant - segment.instant).nanoseconds) / segment.speed)
    return .nanoseconds(max(0, due - now))
  }

  private func segment(at boottime: Int64) -> Segment {
    segments.last { $0.boottimeNanoseconds <= boottime } ?? segments[0]
  }

  private func instant(at boottime: Int64) -> Instant {
    let segment = segment(at: boottime)
    let elapsed = boottime - segment.boottimeNanoseconds
    guard segment.speed != 1 else { return segment.instant + .nanoseconds(elapsed) }
    return segment.instant + .nanoseconds(Int64(Double(elapsed) * segment.speed))
  }
}

extension WardClock: LosslessStringConvertible {
  /// `boottime:instant:speed` in nanoseconds, segments joined by commas: how the demo hands its
  /// clock to the daemon it starts.
  public var description: String {
    segments.map { "\($0.boottimeNanoseconds):\($0.instant.nanoseconds):\($0.speed)" }
      .joined(separator: ",")
  }

  public init?(_ text: String) {
    var segments: [Segment] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let numbers = part.split(separator: ":")
      guard numbers.count == 3, let boottime = Int64(numbers[0]), let instant = Int64(numbers[1]),
        let speed = Double(numbers[2]), speed > 0, speed <= 10_000
      else { return nil }
      segments.append(
        Segment(
          boottimeNanoseconds: boottime, instant: Instant(nanoseconds: instant), speed: speed))
    }
    guard !segments.isEmpty else { return nil }
    self.init(segments)
  }
}
