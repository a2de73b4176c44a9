public import DispatchKit
public import Drivers
public import Lines
import Vitals

/// Simulated devices on real ptys, all on one queue: what `simulate` and the demo put in the place
/// of the clinic's oximeters and cuffs.
public actor SimulatedDevices: QueueActor {
  public nonisolated let executor = SerialQueueExecutor(label: "simulators")
  private let clock: WardClock
  private var devices: [Device] = []
  private var timer: SourceHandle?
  private var armedFor: Instant?
  private let readers = SourceHandles()

  private struct Device {
    var simulator: any Simulator
    let pty: Pty
  }

  public init(clock: WardClock) { self.clock = clock }

  /// Plugs in a device at a stable path; the pty's own path is behind that link.
  public func plug(_ simulator: any Simulator, at link: String) throws(LineError) {
    let pty = try Pty()
    try pty.link(at: link)
    let index = devices.count
    devices.append(Device(simulator: simulator, pty: pty))
    // The pty closes its own ends when it is unplugged.
    readers.keep(onReadable(pty.descriptor, closer: { _ in }) { $0.hostSent(to: index) })
    run(index, .opened)
  }

  private func hostSent(to index: Int) {
    let bytes = devices[index].pty.read()
    if !bytes.isEmpty { run(index, .bytes(bytes)) }
  }

  /// Runs one device, or lets its time pass, and puts what it says on its wire.
  private func run(_ index: Int, _ input: SimulatorInput?) {
    let pty = devices[index].pty
    let now = clock.now
    if let input {
      devices[index].simulator.handle(input, at: now) { pty.write($1) }
    } else {
      devices[index].simulator.advance(to: now) { pty.write($1) }
    }
    rearm()
  }

  private func rearm() {
    let next = devices.reduce(nil) { earliest($0, $1.simulator.nextDeadline) }
    guard let due = next else { return }
    if let armedFor, armedFor <= due { return }
    armedFor = due
    timer = onDeadline(after: clock.realTime(until: due)) { $0.deadlineReached() }
  }

  private func deadlineReached() {
    armedFor = nil
    let now = clock.now
    for index in devices.indices
    where devices[index].simulator.nextDeadline.map({ $0 <= now }) == true {
      run(index, nil)
    }
    rearm()
  }

  /// Pulls every cable.
  public func unplug() {
    timer = nil
    readers.removeAll()
    for device in devices { device.pty.unplug() }
    devices = []
  }
}
