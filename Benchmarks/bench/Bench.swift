import Glibc

/// Measures what `make bench` prints; each verb writes lines of JSON for `Benchmarks/run`.
@main
enum Bench {
  static func main() {
    let words = CommandLine.arguments.dropFirst()
    switch (words.first, words.dropFirst().first) {
    case ("decode", let driver): DecodeBench.run(driver)
    case ("ward", let chairs?): WardBench.run(chairs: Int(chairs) ?? 40)
    case ("rules", _): RuleBench.run()
    case ("clinic", let chairs?):
      ClinicBench.run(
        chairs: Int(chairs) ?? 40, hours: words.dropFirst(2).first.flatMap { Int($0) } ?? 8)
    case ("replay", let file?): ReplayBench.run(file)
    case ("play", let chairs?): Player.run(chairs: Int(chairs) ?? 40)
    case ("listen", let port?): Listener.run(port: UInt16(port) ?? 0)
    case ("floor", let beat?): Floor.run(beatMilliseconds: Int64(beat) ?? 0, words.dropFirst(2))
    case ("log", _): LogBench.run()
    case ("numbers", let readings):
      NumbersBench.run(readings: readings.flatMap { Int($0) } ?? 50_000_000)
    case ("year", let days?) where words.count == 3:
      YearBench.run(days: Int(days) ?? 250, in: words.last ?? "")
    case ("ingest", let seconds): IngestBench.run(seconds: seconds.flatMap { Int($0) } ?? 1200)
    default:
      fail(
        "usage: bench decode [DRIVER]|ward CHAIRS|rules|clinic CHAIRS HOURS|replay FILE|play CHAIRS|listen PORT"
          + "|floor BEAT PATH…|log|numbers [READINGS]|ingest [SECONDS]|year DAYS FOLDER")
    }
  }

  /// Ends the program with a reason.
  static func fail(_ reason: String) -> Never {
    say("bench: \(reason)", to: STDERR_FILENO)
    exit(64)
  }
}
