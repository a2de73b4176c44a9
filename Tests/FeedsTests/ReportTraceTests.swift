import Feeds
import Monitoring
import TestKit
import Testing
import Vitals

/// Every value that a report prints stands in the log, and follows it.
@Suite struct ReportTraceTests {
  /// The three that are looked at on paper, and one with gaps, alarms and an absence.
  static let scenes = ["S01", "S02", "S05", "S09", "S18"]

  private func tracer(_ name: String) throws -> (Tracer, PageReader) {
    let played = try PlayedLog.play(name)
    return (Tracer(log: played.log, lines: played.lines), PageReader(Report(played.log).html))
  }

  @Test(arguments: scenes) func `every value is where it says it comes from`(name: String) throws {
    let (tracer, page) = try tracer(name)
    #expect(page.traced.count > 300)
    for element in page.traced where ["span", "tspan"].contains(element.name) {
      let source = try #require(element.attributes["data-source"])
      if source == "axis" { continue }
      if let times = tracer.times(at: source) {
        #expect(times.contains(element.text), "\(source)")
      } else if source.hasPrefix("policyName"), element.text.contains(".") {
        #expect(source == "policyName \(element.text)")
      } else {
        let words = tracer.words(at: source)
        #expect(words == element.text || words.map(Tracer.spelled) == element.text, "\(source)")
      }
    }
  }

  @Test(arguments: scenes) func `no number stands outside of a traced value`(name: String) throws {
    let (_, page) = try tracer(name)
    let numbers = page.wording.flatMap { words in
      words.matches(of: /[0-9]+/).map { String($0.0) }
    }
    // SpO2; “gaps of 10 s and more”; SHA-256.
    #expect(
      Set(numbers).isSubset(of: ["2", "10", "256"]),
      "\(page.wording.filter { $0.contains(/[0-9]/) })")
  }

  @Test(arguments: scenes) func `bars and means of the chart are the stored pressures`(name: String)
    throws
  {
    let (tracer, page) = try tracer(name)
    let origin = try origin(page)
    var bars = 0
    for path in page.traced where path.name == "path" {
      let parts = (path.attributes["data-source"] ?? "").split(separator: " ")
      guard parts.count == 3, parts[0] == "event" else { continue }
      let event = try #require(tracer.log.events.first { "\($0.sequence)" == parts[1] })
      let json = tracer.json(event)
      let second = (event.at.milliseconds - origin) / 1000
      let expected =
        parts[2] == "map"
        ? "M\(second) \(json["map"]?.words ?? "")h0"
        : "M\(second) \(json["sbp"]?.words ?? "")L\(second) \(json["dbp"]?.words ?? "")"
      #expect(path.attributes["d"] == expected)
      bars += 1
    }
    #expect(bars > 0)
  }

  @Test(arguments: scenes) func `curves go through stored seconds and bridge no gap`(name: String)
    throws
  {
    let (tracer, page) = try tracer(name)
    let origin = try origin(page)
    let believed = Dictionary(
      tracer.log.samples.filter { $0.isValid && $0.at.milliseconds >= origin }
        .map { (Int(($0.at.milliseconds - origin) / 1000), $0) }, uniquingKeysWith: { $1 })
    for (field, value) in [("spo2", \LogSample.spo2), ("pr", \LogSample.pulseRate)] {
      let path = try #require(
        page.traced.first { $0.attributes["data-source"] == "curve \(field)" })
      let runs = (path.attributes["d"] ?? "").split(separator: "M").map { run in
        run.split(separator: "L").map {
          $0.prefix { $0 != "h" }.split(separator: " ").map { Int($0) }
        }
      }
      let points = runs.joined()
      #expect(points.count > 1)
      for point in points {
        let second = try #require(point[0])
        #expect(believed[second]?[keyPath: value] == point[1], "\(field) at \(second) s")
      }
      for run in runs {
        let (first, last) = (try #require(run.first?[0]), try #require(run.last?[0]))
        for second in first...last {
          let near = (second - 2...second + 2).contains { believed[$0] != nil }
          #expect(near, "\(field): the line goes over \(second) s")
        }
      }
      // And leaves out nothing: the least and the greatest of the session are on the paper.
      let drawn = points.compactMap { $0[1] }
      let stored = believed.values.compactMap { $0[keyPath: value] }
      let watched = try #require(tracer.log.samples.last?.at.milliseconds) - origin
      #expect(watched > 0 && drawn.min() == stored.min() && drawn.max() == stored.max())
    }
  }

  private func origin(_ page: PageReader) throws -> Int64 {
    let svg = try #require(page.elements.first { $0.name == "svg" })
    return try #require(svg.attributes["data-origin"].flatMap { Int64($0) })
  }

  @Test(arguments: seeds(20)) func `a changed value changes the report, and is found out`(
    seed: UInt64
  )
    throws
  {
    var random = Seeded(seed)
    let played = try PlayedLog.play(["S02", "S05", "S18"].randomElement(using: &random)!)
    let page = PageReader(Report(played.log).html)
    // A number of an event that the report shows.
    let shown = page.traced.compactMap { element -> (Int64, String)? in
      let parts = (element.attributes["data-source"] ?? "").split(separator: " ")
      guard parts.count == 3, parts[0] == "event", let number = Int64(parts[1]),
        Int(element.text) != nil,
        played.lines[number]?.contains("\"\(parts[2])\":\(element.text)")
          == true
      else { return nil }
      return (number, "\"\(parts[2])\":\(element.text)")
    }
    let (number, field) = try #require(shown.randomElement(using: &random), "seed \(seed)")
    let changed = played.changing(number) { $0.replacing(field, with: field + "7") }
    let tampered = Report(changed.log).html
    #expect(tampered != Report(played.log).html, "seed \(seed): \(field)")
    let tracer = Tracer(log: played.log, lines: played.lines)
    let found = PageReader(tampered).traced.contains { element in
      let source = element.attributes["data-source"] ?? ""
      return source.hasPrefix("event \(number) ") && tracer.times(at: source) == nil
        && tracer.words(at: source) != element.text
    }
    #expect(found, "seed \(seed): \(field)")
  }

  @Test func `a changed second changes the report`() throws {
    let played = try PlayedLog.play("S02")
    var log = played.log
    log.samples = log.samples.map { sample in
      LogSample(
        at: sample.at, spo2: sample.spo2.map { $0 - 1 }, pulseRate: sample.pulseRate,
        status: sample.status)
    }
    let tracer = Tracer(log: played.log, lines: played.lines)
    let wrong = PageReader(Report(log).html).traced.filter {
      let source = $0.attributes["data-source"] ?? ""
      return source.hasPrefix("sample") && tracer.words(at: source) != $0.text
    }
    #expect(wrong.count > 10)
  }
}
