import ArgumentParser
import Drivers
import Glibc
import Lines
import Settings
import Vitals

/// `chairside device download`: the readings in a device's memory.
struct Download: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read out a device's memory, one stored reading a line.",
    discussion: """
      For a device that no daemon holds. The times are the device's own and unverified. Ends when \
      nothing out of the memory has come for --silence seconds; live data does not count.
      """)

  @Option(help: "A name from “chairside drivers”.")
  var driver: String

  @Option(help: "End after so many seconds with nothing out of the memory.")
  var silence = 5

  @Flag(help: "One JSON object a line.")
  var json = false

  @Argument(help: "The port, as “chairside device scan” shows it.")
  var port: String

  func run() throws {
    guard let model = Catalog.model(id: driver) else {
      throw ValidationError("there is no driver “\(driver)”; see chairside drivers")
    }
    guard var device = model.makeDownloader?() ?? (model.takesOrders ? nil : model.makeDriver())
    else { throw ValidationError("\(driver) keeps no readings that can be read out") }
    let line: Line
    do throws(LineError) {
      line =
        if let settings = model.link.serialSettings {
          try Line.serial(port, try LineSettings(settings))
        } else {
          try Line.hid(port)
        }
    } catch {
      Console.error("\(error)")
      throw ExitCode.noInput
    }
    defer { line.close() }
    var count = 0
    let clock = ContinuousClock()
    let start = clock.now
    var lastNews = start
    var lastLive: ContinuousClock.Instant?
    func take(_ at: Instant, _ output: DriverOutput) {
      switch output {
      case .send(let bytes): _ = line.send(bytes)
      case .sendFeature(let bytes): _ = line.send(bytes, asFeature: true)
      case .stored:
        count += 1
        lastNews = clock.now
        if let text = json ? ReadingText.json(output) : ReadingText.words(output) {
          Console.out(text)
        }
      case .identified:
        if let text = ReadingText.words(output) { Console.error(text) }
      case .oximetry: lastLive = clock.now
      case .determination, .respiration, .called: break
      }
    }
    device.handle(.opened, at: .zero, emit: take)
    var buffer = [UInt8](repeating: 0, count: 4096)
    while lastNews.duration(to: clock.now) < .seconds(silence) {
      var poll = pollfd(fd: line.descriptor, events: Int16(POLLIN), revents: 0)
      let isReadable = Glibc.poll(&poll, 1, 20) > 0
      let now = Instant.zero + start.duration(to: clock.now)
      let length = isReadable ? read(line.descriptor, &buffer, buffer.count) : 0
      if length > 0 {
        device.handle(.bytes(Array(buffer[..<length])), at: now, emit: take)
        // A chunk may end in the middle of a live frame.
        let isLive = lastLive.map { $0.duration(to: clock.now) < .seconds(1) } == true
        if !isLive { lastNews = clock.now }
      } else {
        device.advance(to: now, emit: take)
      }
    }
    Console.error("\(count) stored readings")
    if count == 0 { throw ExitCode.finding }
  }
}
