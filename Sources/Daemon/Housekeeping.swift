import DispatchKit
import Logging
import Settings
import Store
import Vitals

/// What the log needs now and then and no patient waits for: removal of what is old, and a look at
/// whether the newest part still is as it was written.
actor Housekeeping: QueueActor {
  nonisolated let executor = SerialQueueExecutor(label: "housekeeping")
  private let store: Store
  private let rules: Retention
  private let logger: Logger
  private var audit: RunningVerification
  private var tick: SourceHandle?
  private var ticks = 0

  private static let interval = Duration.seconds(600)
  /// A removal a day; the first an hour after the start, when the morning's rush is over.
  private static let ticksBetweenRemovals = 144
  private static let firstRemoval = 6

  init(store: Store, path: String, retention: Settings.Retention, logger: Logger) {
    self.store = store
    self.logger = logger
    rules = Retention(
      tapeDays: retention.tapeDays, idleDays: retention.idleDays,
      recordDays: retention.recordDays)
    audit = RunningVerification(path: path)
  }

  func start() {
    tick = onTick(every: Self.interval) { $0.tend() }
  }

  func stop() { tick = nil }

  private func tend() {
    ticks += 1
    verify()
    if ticks % Self.ticksBetweenRemovals == Self.firstRemoval { remove() }
  }

  private func verify() {
    do throws(StoreError) {
      for finding in try audit.goOn() {
        logger.critical("the log is not as it was written: \(finding); run chairside verify")
      }
    } catch { logger.error("\(error)") }
  }

  private func remove() {
    let logger = logger
    store.retain(rules, at: WardClock.wall) { result in
      switch result {
      case .success(let report) where report.isEmpty: break
      case .success(let report):
        logger.notice(
          """
          removed from the log, being old: \(report.tapeRows) rows of the flight recorder, \
          \(report.idleBlocks) idle blocks, \(report.records) records
          """)
      case .failure(let error): logger.error("nothing could be removed: \(error)")
      }
    }
  }
}
