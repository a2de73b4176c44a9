import Glibc

/// A client of the station's event stream that looks for what a device's bytes bring about.
final class EventClient {
  /// What a message says, as far as it matters here.
  struct Message {
    enum Kind: Equatable {
      /// A tile.
      case vitals(hasSaturation: Bool)
      /// A cuff has begun.
      case inflating
      /// A blood pressure.
      case pressure
    }
    let chair: Int
    let kind: Kind
  }

  let descriptor: Int32
  private var text: [UInt8] = []
  private var room = [UInt8](repeating: 0, count: 1 << 16)

  /// Connects and asks; the answer comes through ``read()``.
  init(port: UInt16) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) == 0 }
    }
    guard isConnected else { Bench.fail("nobody listens at port \(port)") }
    let request = "GET /api/v1/events?station=bench HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    _ = request.withCString { write(descriptor, $0, strlen($0)) }
  }

  deinit { close(descriptor) }

  /// The messages that have come whole; `nil` when the stream has ended.
  ///
  /// Waits if nothing came.
  func read() -> [Message]? {
    let count = Glibc.read(descriptor, &room, room.count)
    guard count > 0 else { return nil }
    text += room[..<count]
    var messages: [Message] = []
    var start = text.startIndex
    while let end = endOfMessage(from: start) {
      if let message = Self.message(text[start..<end]) { messages.append(message) }
      start = end
    }
    text.removeFirst(start)
    return messages
  }

  /// Behind the next empty line.
  private func endOfMessage(from start: Int) -> Int? {
    var index = start
    while index + 1 < text.count {
      if text[index] == 10, text[index + 1] == 10 { return index + 2 }
      index += 1
    }
    return nil
  }

  private static let chair = Array("\"chair\":\"".utf8)
  private static let vitals = Array("event: vitals\n".utf8)
  private static let none = Array("\"spo2\":null".utf8)
  private static let device = Array("event: device\n".utf8)
  private static let inflating = Array("\"change\":\"inflating\"".utf8)
  private static let reading = Array("event: reading\n".utf8)

  private static func message(_ text: ArraySlice<UInt8>) -> Message? {
    guard let kind = kind(text), let place = index(of: chair, in: text) else { return nil }
    let digits = text[(place + chair.count)...].prefix { (48...57).contains($0) }
    guard let chair = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
    return Message(chair: chair, kind: kind)
  }

  private static func kind(_ text: ArraySlice<UInt8>) -> Message.Kind? {
    // An event has a line with its number in front.
    let head = text.prefix(48)
    if index(of: vitals, in: head) != nil {
      return .vitals(hasSaturation: index(of: none, in: text) == nil)
    }
    if index(of: reading, in: head) != nil { return .pressure }
    guard index(of: device, in: head) != nil else { return nil }
    return index(of: inflating, in: text) == nil ? nil : .inflating
  }

  private static func index(of pattern: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    text.indices.first {
      text[$0] == pattern[0] && text[$0...].starts(with: pattern)
    }
  }
}

/// One client more: reads the stream and keeps nothing.
enum Listener {
  static func run(port: UInt16) {
    let client = EventClient(port: port)
    while client.read() != nil {}
  }
}
