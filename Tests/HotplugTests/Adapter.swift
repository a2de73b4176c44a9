import Glibc
import Lines

/// One of many USB serial adapters that nothing tells apart but the socket it is plugged into.
struct Adapter {
  /// Counted from 0: hub and port follow from it.
  let socket: Int

  /// Five hubs of eight ports.
  private var place: String { "\(socket / 8 + 1).\(socket % 8 + 1)" }
  private var usb: String {
    "/devices/pci0000:00/0000:00:14.0/usb1/1-\(socket / 8 + 1)/1-\(place)"
  }
  var idPath: String { "pci-0000:00:14.0-usb-0:\(place):1.0" }
  /// What the chair's configuration says.
  var port: String { "/dev/serial/by-path/\(idPath)-port0" }

  /// Plugs it in as the number that is next; udev tells when node and link are there.
  ///
  /// The node is a real pty: the bed's own could not have a number that another had before.
  func plug(into bed: Testbed, number: Int) throws -> Plugged {
    let node = "ttyUSB\(number)"
    let tty = "\(usb)/1-\(place):1.0/\(node)/tty/\(node)"
    let root = try bed.root
    for folder in ["/dev", "/dev/serial", "/dev/serial/by-path"] { mkdir(root + folder, 0o755) }
    let pty = try Pty()
    try pty.link(at: "\(root)/dev/\(node)")
    symlink("../../\(node)", root + port)
    try bed.add(
      """
      P: \(usb)
      E: DEVTYPE=usb_device
      E: SUBSYSTEM=usb
      A: idVendor=10c4
      A: idProduct=ea60
      A: serial=0001

      P: \(tty)
      E: DEVNAME=/dev/\(node)
      E: DEVLINKS=\(port)
      E: SUBSYSTEM=tty
      E: ID_PATH=\(idPath)
      E: ID_VENDOR_ID=10c4
      E: ID_MODEL_ID=ea60
      E: ID_SERIAL_SHORT=0001

      """)
    return Plugged(
      adapter: self, number: number, syspaths: ["/sys\(tty)", "/sys\(usb)"], pty: pty)
  }

  struct Plugged {
    let adapter: Adapter
    let number: Int
    fileprivate let syspaths: [String]
    /// The device's end of the wire.
    let pty: Pty

    /// Pulls it: the tty hangs up, link and node go, udev tells.
    func pull(from bed: Testbed) throws {
      unlink("\(try bed.root)\(adapter.port)")
      pty.unplug()
      for syspath in syspaths { try bed.remove(syspath) }
    }
  }
}
