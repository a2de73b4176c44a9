import Glibc

/// A node that has just appeared, to be compared with what ports wait for.
struct Appearance {
  private let node: String
  private let file: FileIdentity?

  init(_ node: String) {
    self.node = node
    file = FileIdentity(node)
  }

  /// Whether the device at the node may be the one that `address` means.
  func mayBe(at address: PortAddress) -> Bool {
    switch address {
    case .serial(let path, _), .hid(let path), .input(let path):
      path == node || (file != nil && FileIdentity(path) == file)
    // The numbers of the node are not the place on the bus; to look costs little.
    case .phdc: node.hasPrefix("/dev/bus/usb/")
    case .tcp: false
    }
  }
}

/// Which file a path leads to, through any links.
private struct FileIdentity: Equatable {
  private let device: dev_t
  private let inode: ino_t

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = status.st_dev
    inode = status.st_ino
  }
}
