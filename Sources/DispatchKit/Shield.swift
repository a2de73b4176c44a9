import CLinux
import Glibc

/// An epoll descriptor around one other, for Dispatch to watch in its stead.
///
/// A descriptor that hangs up or has an error makes libdispatch (6.3, Linux) free its bookkeeping
/// on one thread while its manager thread still reads it: rarely, but for real, the process dies
/// in `_dispatch_event_loop_drain` (swift-corelibs-libdispatch issue 949). And a netlink socket
/// that lost messages would be dropped for good. An epoll descriptor is readable when its member
/// is, and itself never hangs up.
enum Shield {
  enum Interest {
    case readable, writable

    fileprivate var events: UInt32 {
      switch self {
      case .readable: UInt32(CLINUX_READABLE)
      case .writable: UInt32(CLINUX_WRITABLE)
      }
    }
  }

  /// Nil when no descriptor is left, or the member cannot be polled (a regular file).
  static func make(around descriptor: Int32, for interest: Interest) -> Int32? {
    let shield = clinux_epoll_create()
    guard shield >= 0 else { return nil }
    guard clinux_epoll_set(shield, descriptor, interest.events, 0) == 0 else {
      close(shield)
      return nil
    }
    return shield
  }
}
