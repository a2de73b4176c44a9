/// What a V7 device says beside its live data, as far as we ask for it (`protocols.md` 1.2).
public enum ContecV7Answer: Hashable, Sendable {
  /// The plain "ok" to a stop.
  case done
  /// The version of the protocol; this one is 7.
  case version(UInt8)
  /// Six characters of the model's name.
  case name(segment: UInt8, text: [UInt8])
  /// Whether there is anything in the memory.
  case storage(isPresent: Bool)
  /// Whether live packets carry a perfusion index.
  case perfusion(isSupported: Bool)
  /// How many recordings there are, and whose.
  case segments(user: UInt8, count: UInt8)
  /// When a recording began, by the device's calendar.
  case date(year: Int, month: Int, day: Int)
  /// When a recording began, by the device's clock.
  case time(hour: Int, minute: Int, second: Int)
  /// Bytes of a recording: two or four for each of its seconds.
  case length(bytes: UInt32)
  /// Consecutive seconds of a recording: three without a perfusion index, or one with it.
  case seconds([ContecV7Second])

  /// Reads a packet, or `nil` when it is none of these.
  public init?(_ packet: Span<UInt8>) {
    guard packet.count >= 2, ContecV7Packet.dataCount(ofType: packet[0]) == packet.count - 2
    else { return nil }
    var data = [7 of UInt8](repeating: 0)
    for index in 0..<packet.count - 2 { data[index] = ContecV7Packet.byte(index, of: packet) }
    switch packet[0] {
    case 0x02: self = .name(segment: data[0], text: (1...6).map { data[$0] })
    case 0x06: self = .version(data[1])
    case 0x07:
      self = .date(
        year: Int(data[2]) * 100 + Int(data[3]), month: Int(data[4]), day: Int(data[5]))
    case 0x08:
      self = .length(bytes: (2...5).reversed().reduce(0) { $0 << 8 | UInt32(data[$1]) })
    case 0x09:
      let perfusion = UInt16(data[2]) | UInt16(data[3]) << 8
      self = .seconds([
        ContecV7Second(saturation: data[0], pulseRate: data[1], perfusion: perfusion)
      ])
    case 0x0A: self = .segments(user: data[0], count: data[1])
    case 0x0C: self = .done
    case 0x0E: self = .perfusion(isSupported: data[0] == 0)
    case 0x0F:
      self = .seconds(
        [0, 2, 4].map { ContecV7Second(saturation: data[$0], pulseRate: data[$0 + 1]) })
    case 0x11:
      guard data[0] == 1 else { return nil }
      self = .storage(isPresent: data[1] == 1)
    case 0x12: self = .time(hour: Int(data[2]), minute: Int(data[3]), second: Int(data[4]))
    default: return nil
    }
  }
}
