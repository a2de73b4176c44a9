import Vitals

/// Notices a cuff that takes the oximeter's signal although they are said to be on different limbs
/// (`clinical.md` 4.5).
struct LimbWatch: Sendable {
  private static let lossAfter: ClosedRange<Duration> = .seconds(2) ... .seconds(15)
  private static let backWithin = Duration.seconds(30)
  private static let remembered = 4
  private static let enough = 3

  private struct Course {
    var start: Instant
    var isRequested: Bool
    var end: Instant?
    var isLost = false
    var backAt: Instant?
  }
  private var course: Course?
  /// Whether the signal went and came with the cuff, for the last determinations.
  private var history: [Bool] = []

  /// Whether it did so too often for chance.
  var isPattern: Bool { history.count { $0 } >= Self.enough }

  /// A cuff was told to inflate, or says that it does.
  mutating func inflate(at now: Instant, isRequest: Bool) {
    if let running = course, running.isRequested, running.end == nil, !isRequest {
      course?.isRequested = false
      course?.start = now
      return
    }
    if course != nil { conclude(false) }
    course = Course(start: now, isRequested: isRequest)
  }

  mutating func deflate(at now: Instant) {
    guard course?.end == nil else { return }
    course?.end = now
    judge()
  }

  /// The oximeter's numbers became unusable, or usable again.
  mutating func signal(isUsable: Bool, at now: Instant) {
    guard let start = course?.start else { return }
    if !isUsable {
      if Self.lossAfter.contains(now - start) { course?.isLost = true }
    } else if course?.isLost == true, course?.backAt == nil {
      course?.backAt = now
      judge()
    }
  }

  private mutating func judge() {
    guard let course, let end = course.end else { return }
    guard course.isLost else { return conclude(false) }
    if let back = course.backAt { conclude(back <= end + Self.backWithin) }
  }

  private mutating func conclude(_ isMatch: Bool) {
    course = nil
    history.append(isMatch)
    if history.count > Self.remembered { history.removeFirst() }
  }
}
