import CLinux
import Glibc

/// Many descriptors behind one: an epoll set that a single dispatch source watches.
///
/// A dispatch source costs two or three wake-ups an event, whatever it watches; this way a crowd
/// of lines shares them. Level-triggered: what is not read now is ready again. Safe to use from
/// any thread, as the system calls behind it are.
///
/// Keep the poller alive as long as the source: `onReadable(poller.descriptor, closer: { [poller]
/// _ in _ = poller })`.
public final class Poller: Sendable {
  public struct Ready: Sendable {
    /// What was given to ``Poller/add(_:token:wantsWrite:)``.
    public let token: UInt64
    public let isWritable: Bool
    /// There are bytes to read, or an error that reading tells.
    public let isReadable: Bool
    /// The other side is gone; bytes may be left.
    public let isHungUp: Bool
  }

  /// Readable while any member is ready; closed when the poller goes away.
  public let descriptor: Int32

  public init() throws(LineError) {
    descriptor = clinux_epoll_create()
    guard descriptor >= 0 else { throw LineError(.poll, "epoll") }
  }

  deinit { close(descriptor) }

  /// Adds a descriptor, or changes what is wanted of it.
  public func add(
    _ descriptor: Int32, token: UInt64, wantsWrite: Bool = false
  ) throws(LineError) {
    let events = CLINUX_READABLE | (wantsWrite ? CLINUX_WRITABLE : 0)
    guard clinux_epoll_set(self.descriptor, descriptor, UInt32(events), token) == 0 else {
      throw LineError(.poll, "descriptor \(descriptor)")
    }
  }

  /// Takes a descriptor out; to be done before it is closed.
  public func remove(_ descriptor: Int32) {
    _ = clinux_epoll_remove(self.descriptor, descriptor)
  }

  /// What is ready now, at most 64 of them; the rest stay ready.
  ///
  /// Never waits.
  public func ready() -> [Ready] {
    withUnsafeTemporaryAllocation(of: clinux_ready.self, capacity: 64) { room in
      let count = clinux_epoll_ready(descriptor, room.baseAddress, 64)
      return room.prefix(max(0, Int(count))).map(Ready.init)
    }
  }
}

extension Poller.Ready {
  init(_ ready: clinux_ready) {
    let events = Int(ready.events)
    token = ready.token
    isWritable = events & Int(CLINUX_WRITABLE) != 0
    isReadable = events & Int(CLINUX_READABLE | CLINUX_ERROR | CLINUX_HUNG_UP) != 0
    isHungUp = events & Int(CLINUX_ERROR | CLINUX_HUNG_UP) != 0
  }
}
