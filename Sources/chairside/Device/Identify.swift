import ArgumentParser
import Drivers
import Glibc
import Lines
import Vitals

/// `chairside device identify`: what is on a port that is bound to nothing.
struct Identify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Listen on an unbound port and say which driver speaks there.",
    discussion: """
      Tries the line settings of the catalog in turn and never writes a byte. A device that speaks \
      only when asked (most cuffs) stays unknown: name its driver when you bind it. Exit status 2: \
      nothing recognised.
      """)

  @Option(help: "How long to listen with each line setting, in seconds.")
  var seconds = 4

  @Flag(help: "One JSON object a line.")
  var json = false

  @Argument(help: "A device node, such as a link in /dev/serial/by-path, or /dev/hidraw0.")
  var port: String

  func run() throws {
    var best: Detector?
    for (settings, models) in Self.trials(of: port) {
      var detector = Detector(models)
      do throws(LineError) {
        try listen(with: settings, &detector)
      } catch {
        Console.error("\(error)")
        throw ExitCode.noInput
      }
      let percent = detector.guesses().first?.confidencePercent ?? 0
      if percent > best?.guesses().first?.confidencePercent ?? 0 { best = detector }
      // Another line setting cannot do better than this.
      if percent >= 95 { break }
    }
    try GuessText.show(best ?? Detector([]), json: json)
  }

  /// Which line settings to try, and what may speak with each; `nil` for a node that has none.
  static func trials(of port: String) -> [(settings: String?, models: [Model])] {
    let hid = Catalog.models.filter { if case .hid = $0.link { true } else { false } }
    if port.contains("hidraw") { return [(nil, hid)] }
    if port.hasPrefix("/dev/input/") { return [(nil, Catalog.models.filter { $0.link == .input })] }
    var trials: [(settings: String?, models: [Model])] = []
    for model in Catalog.models {
      guard let settings = model.link.serialSettings else { continue }
      if let index = trials.firstIndex(where: { $0.settings == settings }) {
        trials[index].models.append(model)
      } else {
        trials.append((settings, [model]))
      }
    }
    return trials
  }

  private func listen(with settings: String?, _ detector: inout Detector) throws(LineError) {
    let line =
      if let settings { try Line.serial(port, try LineSettings(settings)) } else {
        port.hasPrefix("/dev/input/") ? try Line.input(port) : try Line.hid(port)
      }
    defer { line.close() }
    let clock = ContinuousClock()
    let start = clock.now
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let elapsed = start.duration(to: clock.now)
      guard elapsed < .seconds(seconds) else { return }
      var poll = pollfd(fd: line.descriptor, events: Int16(POLLIN), revents: 0)
      guard Glibc.poll(&poll, 1, 200) > 0 else { continue }
      let count = read(line.descriptor, &buffer, buffer.count)
      guard count > 0 else {
        if count < 0, errno == EAGAIN || errno == EINTR { continue }
        return
      }
      detector.take(Array(buffer[..<count]), at: Instant.zero + start.duration(to: clock.now))
    }
  }
}
