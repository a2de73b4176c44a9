import Glibc

/// Answers the ioctls of one emulated node; called on a thread of the bed's.
///
/// Whoever asks lives in this same process, so addresses may be followed as they are.
final class IoctlServer {
  struct Request {
    /// The letter of the driver, such as `H` for hidraw.
    let family: Character
    let number: UInt
    /// Bytes of what is at ``address``.
    let size: Int
    let address: UnsafeMutableRawPointer?
  }
  /// The error to answer with, 0 for none.
  typealias Answer = (Request) -> Int32

  private final class Box {
    let answer: Answer
    init(_ answer: @escaping Answer) { self.answer = answer }
  }

  private typealias Client = OpaquePointer
  private typealias Handler =
    @convention(c) (OpaquePointer?, OpaquePointer?, UnsafeMutableRawPointer?) -> Int32

  /// Attaches to `node`, which must be there already.
  static func attach(to node: String, in bed: Testbed, _ answer: @escaping Answer) throws {
    typealias New = @convention(c) () -> OpaquePointer?
    typealias Connect =
      @convention(c) (
        OpaquePointer?, UnsafePointer<CChar>, Handler, UnsafeMutableRawPointer?, OpaquePointer?,
        UInt32
      ) -> UInt
    let base = try Testbed.function("umockdev_ioctl_base_new", New.self)()
    // Kept for as long as the process: the bed may call until its end.
    let box = Unmanaged.passRetained(Box(answer)).toOpaque()
    _ = try Testbed.function("g_signal_connect_data", Connect.self)(
      base, "handle-ioctl", { _, client, box in IoctlServer.handle(client, box) }, box, nil, 0)
    guard let base else { throw Testbed.Problem(text: "no ioctl handler") }
    try bed.attach(base, to: node)
  }

  private static func handle(_ client: OpaquePointer?, _ box: UnsafeMutableRawPointer?) -> Int32 {
    typealias Number = @convention(c) (OpaquePointer?) -> UInt
    typealias Argument = @convention(c) (OpaquePointer?) -> OpaquePointer?
    typealias Retrieve =
      @convention(c) (OpaquePointer?, UnsafeMutablePointer<Int>) -> UnsafeMutableRawPointer?
    typealias Complete = @convention(c) (OpaquePointer?, Int, Int32) -> Void
    guard let box,
      let number = try? Testbed.function("umockdev_ioctl_client_get_request", Number.self),
      let argument = try? Testbed.function("umockdev_ioctl_client_get_arg", Argument.self),
      let retrieve = try? Testbed.function("umockdev_ioctl_data_retrieve", Retrieve.self),
      let complete = try? Testbed.function("umockdev_ioctl_client_complete", Complete.self)
    else { return 0 }
    let request = number(client)
    var length = 0
    let bytes = retrieve(argument(client), &length)
    let address = bytes?.loadUnaligned(as: UnsafeMutableRawPointer?.self)
    let error = Unmanaged<Box>.fromOpaque(box).takeUnretainedValue().answer(
      Request(
        family: Character(Unicode.Scalar(UInt8(request >> 8 & 0xFF))), number: request & 0xFF,
        size: Int(request >> 16 & 0x3FFF), address: address))
    complete(client, error == 0 ? 0 : -1, error)
    return 1
  }
}
