public import DispatchKit
import Glibc

/// Tells which devices are plugged in, and every change from then on, each once.
public actor DeviceMonitor: QueueActor {
  /// What chairside's devices show as: serial lines, HID reports, bare USB (PHDC), call buttons.
  public static let subsystems = ["tty", "hidraw", "usb", "input"]

  /// What is plugged in at this moment, place by place.
  ///
  /// Looks into sysfs, which is quick but is input and output: keep it off the ward's queue.
  public static func devices() -> [Device] {
    let devices = Udev()?.devices(of: subsystems) ?? []
    return devices.sorted {
      ($0.subsystem, $0.idPath ?? $0.node) < ($1.subsystem, $1.idPath ?? $1.node)
    }
  }

  /// How far the monitor can see.
  public enum Sight: Equatable, Sendable {
    /// Devices present were told; changes will be.
    case watching(devices: Int)
    /// Devices present were told; changes cannot be, for this reason.
    case blind(devices: Int, reason: String)
  }

  public nonisolated let executor: SerialQueueExecutor
  private let onChange: @Sendable (DeviceChange) -> Void
  private var source: SourceHandle?
  private var present: [String: Device] = [:]

  /// `onChange` is called on this actor's queue.
  public init(
    on executor: SerialQueueExecutor = SerialQueueExecutor(label: "hotplug"),
    onChange: @escaping @Sendable (DeviceChange) -> Void
  ) {
    self.executor = executor
    self.onChange = onChange
  }

  /// Begins to listen, then tells what is there; in this order, so that nothing falls between.
  public func start() -> Sight {
    guard let udev = Udev() else { return .blind(devices: 0, reason: "out of memory") }
    guard let monitor = UdevMonitor(udev, subsystems: Self.subsystems) else {
      let reason = "udev netlink: \(String(cString: strerror(errno)))"
      compare(with: udev.devices(of: Self.subsystems))
      return .blind(devices: present.count, reason: reason)
    }
    compare(with: udev.devices(of: Self.subsystems))
    // The library closes its socket itself.
    source = onReadable(monitor.descriptor, closer: { [monitor] _ in _ = monitor }) {
      $0.receive(from: monitor)
    }
    return .watching(devices: present.count)
  }

  /// Stops listening.
  public func stop() { source = nil }

  private func receive(from monitor: UdevMonitor) {
    while let message = monitor.next() {
      switch message {
      case .added(let device): add(device)
      case .removed(let syspath): remove(syspath)
      case .lost: compare(with: monitor.udev.devices(of: Self.subsystems))
      }
    }
  }

  /// Tells the difference between what was known and what is.
  private func compare(with devices: [Device]) {
    let found = Set(devices.map(\.syspath))
    for syspath in present.keys where !found.contains(syspath) { remove(syspath) }
    for device in devices { add(device) }
  }

  private func add(_ device: Device) {
    let known = present.updateValue(device, forKey: device.syspath)
    if known != device { onChange(.added(device)) }
  }

  private func remove(_ syspath: String) {
    guard let device = present.removeValue(forKey: syspath) else { return }
    onChange(.removed(node: device.node))
  }
}
