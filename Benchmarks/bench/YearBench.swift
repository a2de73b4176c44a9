import Foundation
import GRDB
import Glibc
import Monitoring
import Recording
import Store
import Vitals
import Ward

/// A year of forty chairs, eight hours a day, in one log: written, opened, asked, verified, backed up.
///
/// Each chair has four sessions a day with their events; a patient comes once a week to the same
/// chair. The tape is left out: it is kept for a month only.
enum YearBench {
  private static let chairs = (1...40).compactMap { ChairID("\($0)") }
  private static let hours = 8
  private static let sessionsPerDay = 4

  /// Leaves the log in `folder` for whoever exports from it.
  static func run(days: Int, in folder: String) {
    do {
      let path = "\(folder)/year.db"
      let written = try seconds { try write(path, days: days) }
      let size = bytes(path)
      let opened = try seconds { try wait { await (try Store(path: path)).close() } }
      let history = try History(path: path)
      let last = Instant.seconds(days * 86_400)
      let eight = try median {
        let samples = try wait {
          try await history.samples(
            of: chairs[20], from: last - .seconds(86_400), to: last - .seconds(86_400 - 8 * 3600))
        }
        guard samples.count > 28_000 else { Bench.fail("\(samples.count) samples of a day") }
      }
      let patient = try median {
        let points = try wait {
          var count = 0
          for entry in try await history.sessions(of: "P-21-1-1") {
            count += try await history.trend(of: entry.chair, from: entry.start, to: entry.last)
              .count
          }
          return count
        }
        guard points > days / 7 * 20 else { Bench.fail("\(points) points of a patient") }
      }
      let tenYears = try median {
        let points = try wait {
          try await history.trend(of: chairs[20], from: .zero, to: last)
        }
        guard points.count >= days * 96 - 1 else { Bench.fail("\(points.count) points of a chair") }
      }
      let verified = try seconds {
        let log = try LogVerification(path: path)
        if !log.findings.isEmpty { Bench.fail("\(log.findings[0])") }
      }
      let backedUp = try seconds { _ = try Backup(of: path, to: "\(folder)/copy.db") }
      report {
        $0.add("year", chairs.count)
        $0.add("days", days)
        $0.add("readings", days * hours * 3600 * chairs.count * 3)
        $0.add("bytes", size)
        $0.addRaw("writeSeconds", written.json)
        $0.addRaw("openMs", (opened * 1000).json)
        $0.addRaw("eightHoursMs", eight.json)
        $0.addRaw("patientTrendMs", patient.json)
        $0.addRaw("chairTrendMs", tenYears.json)
        $0.addRaw("verifySeconds", verified.json)
        $0.addRaw("backupSeconds", backedUp.json)
      }
    } catch { Bench.fail("\(error)") }
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = monotonicNanoseconds()
    try body()
    return Double(monotonicNanoseconds() - start) / 1e9
  }

  /// Milliseconds, warm.
  private static func median(_ body: () throws -> Void) rethrows -> Double {
    var time = Repeats()
    for _ in 0..<15 { time.add(try seconds(body) * 1000) }
    return time.median
  }

  private static func bytes(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  private static func write(_ path: String, days: Int) throws {
    let store = try Store(path: path)
    let run = Run(
      boot: "bench", boottimeNanoseconds: 0, instant: .zero, wall: WallTime(milliseconds: 0),
      speed: 1, software: "bench", policyID: "bench")
    store.begin(run)
    var courses = chairs.indices.map { Course(seed: UInt64($0 + 1)) }
    let turns = DispatchSemaphore(value: 8)
    var sequence: Int64 = 0
    for day in 0..<days {
      for minute in 0..<hours * 60 {
        var batch = Batch()
        if minute % (hours * 60 / sessionsPerDay) == 0 {
          let turn = minute / (hours * 60 / sessionsPerDay)
          for index in chairs.indices {
            let at = Instant.seconds(day * 86_400 + minute * 60)
            for event in session(of: chairs[index], "P-\(index + 1)-\(day % 5)-\(turn)", at: at) {
              sequence += 1
              batch.events.append(
                Batch.Event(
                  sequence: sequence, at: event.at,
                  wall: WallTime(milliseconds: event.at.milliseconds), chair: chairs[index],
                  event: event.event))
            }
          }
          batch.events.sort { $0.at < $1.at }
          for place in batch.events.indices {
            let event = batch.events[place]
            batch.events[place] = Batch.Event(
              sequence: sequence - Int64(batch.events.count - 1 - place), at: event.at,
              wall: event.wall, chair: event.chair, event: event.event)
          }
        }
        for second in day * 86_400 + minute * 60..<day * 86_400 + minute * 60 + 60 {
          for index in chairs.indices {
            batch.samples.append(courses[index].sample(second: second, of: chairs[index]))
          }
        }
        turns.wait()
        store.append(batch) { isDurable in
          guard isDurable else { Bench.fail("the disk refused a batch") }
          turns.signal()
        }
      }
    }
    try wait { await store.close() }
  }

  /// What a session of two hours leaves, told at its beginning: check-in, notes, and its end.
  private static func session(
    of chair: ChairID, _ patient: String, at start: Instant
  ) -> [(at: Instant, event: ChairEvent)] {
    var monitor = ChairMonitor(policy: .adultKetamineDefault1)
    var events: [(at: Instant, event: ChairEvent)] = []
    guard let nurse = StaffID("rn1") else { return [] }
    let acts: [(Command, Int)] =
      [(.checkIn(route: .iv40, patient: patient), 0)]
      + (1..<20).map { (.note("what a nurse writes, about so long"), $0 * 300) }
      + [(.transfer(destination: "home"), 7000), (.handoverDone(note: "well"), 7001)]
    for (command, second) in acts {
      _ = monitor.perform(command, by: nurse, role: .rn, at: start + .seconds(second)) {
        if case .event(let event) = $1 { events.append(($0, event)) }
      }
    }
    return events
  }
}
