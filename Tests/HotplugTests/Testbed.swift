import Glibc

/// An emulated /sys and /dev (umockdev) that this process alone sees.
///
/// The library is found at run time, so that building the tests does not need it; its other half
/// must be loaded from the start: `umockdev-wrapper swift test …`.
final class Testbed {
  private struct Library: @unchecked Sendable {
    // Unchecked: a handle of dlopen is the same for every thread.
    let handle: UnsafeMutableRawPointer
  }
  private static let library: Library? = {
    guard let preload = getenv("LD_PRELOAD"), String(cString: preload).contains("umockdev"),
      let handle = dlopen("libumockdev.so.0", RTLD_NOW)
    else { return nil }
    return Library(handle: handle)
  }()

  static var isAvailable: Bool { library != nil }
  static let whyNot = "run as: umockdev-wrapper swift test --filter HotplugTests"

  private let bed: OpaquePointer

  init() throws {
    typealias New = @convention(c) () -> OpaquePointer?
    guard let bed = try Self.function("umockdev_testbed_new", New.self)() else { throw Problem() }
    self.bed = bed
  }

  deinit {
    typealias Unref = @convention(c) (OpaquePointer) -> Void
    try? Self.function("g_object_unref", Unref.self)(bed)
  }

  struct Problem: Error { var text = "no testbed" }

  static func function<F>(_ name: String, _ type: F.Type) throws -> F {
    guard let library, let symbol = dlsym(library.handle, name) else {
      throw Problem(text: name)
    }
    return unsafeBitCast(symbol, to: type)
  }

  /// Where the emulated /sys and /dev are.
  var root: String {
    get throws {
      typealias Get = @convention(c) (OpaquePointer) -> UnsafePointer<CChar>?
      let path = try Self.function("umockdev_testbed_get_root_dir", Get.self)(bed)
      return path.map { String(cString: $0) } ?? ""
    }
  }

  /// Plugs in what `description` (umockdev's format) says; udev tells of each.
  func add(_ description: String) throws {
    typealias Add =
      @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafeMutableRawPointer?) -> Int32
    let add = try Self.function("umockdev_testbed_add_from_string", Add.self)
    guard add(bed, description, nil) != 0 else { throw Problem(text: description) }
  }

  /// Takes the device at `syspath` away; udev tells of it.
  func remove(_ syspath: String) throws {
    try tell("remove", of: syspath)
    typealias Remove = @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> Void
    try Self.function("umockdev_testbed_remove_device", Remove.self)(bed, syspath)
  }

  func tell(_ action: String, of syspath: String) throws {
    typealias Tell =
      @convention(c) (OpaquePointer, UnsafePointer<CChar>, UnsafePointer<CChar>) -> Void
    try Self.function("umockdev_testbed_uevent", Tell.self)(bed, syspath, action)
  }

  /// Lets `handler` (an IoctlBase) answer the ioctls of `node`.
  func attach(_ handler: OpaquePointer, to node: String) throws {
    typealias Attach =
      @convention(c) (
        OpaquePointer, UnsafePointer<CChar>, OpaquePointer, UnsafeMutableRawPointer?
      ) -> Int32
    let attach = try Self.function("umockdev_testbed_attach_ioctl", Attach.self)
    guard attach(bed, node, handler, nil) != 0 else { throw Problem(text: node) }
  }
}
