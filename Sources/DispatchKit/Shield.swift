import Glibc

/// An epoll descriptor around one other, for Dispatch to watch in its stead.
///
/// A descriptor that hangs up or has an error makes libdispatch (6.3, Linux) free its bookkeeping
/// on one thread while its manager thread still reads it: rarely, but for real, the process dies
/// in `_dispatch_event_loop_drain` (swift-corelibs-libdispatch issue 949). And a netlink socket
/// that lost messages would be dropped for good. An epoll descriptor is readable when its member
/// is, and itself never hangs up.
enum Shield {
  /// As in `<sys/epoll.h>`.
  enum Interest: UInt32 {
    case readable = 0x001
    case writable = 0x004
  }

  /// Nil when no descriptor is left, or the member cannot be polled (a regular file).
  static func make(around descriptor: Int32, for interest: Interest) -> Int32? {
    let shield = epoll_create1(O_CLOEXEC)
    guard shield >= 0 else { return nil }
    // struct epoll_event begins with the interest; its user data is not needed here.
    var event = (interest.rawValue, UInt32(0), UInt64(0))
    guard epoll_ctl(shield, 1 /* EPOLL_CTL_ADD */, descriptor, &event) == 0 else {
      close(shield)
      return nil
    }
    return shield
  }
}

// Swift's Glibc module lacks epoll. Integers and a pointer pass alike in Swift and C.
@_silgen_name("epoll_create1")
private func epoll_create1(_ flags: Int32) -> Int32

@_silgen_name("epoll_ctl")
private func epoll_ctl(
  _ epoll: Int32, _ operation: Int32, _ descriptor: Int32, _ event: UnsafeMutableRawPointer?
) -> Int32
