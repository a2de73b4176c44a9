import Drivers

/// Contec's live packets, as the player and the ward's benchmark send them.
typealias LivePacket = ContecV7Live

extension ContecV7Live {
  /// A finger in the sensor: 97 %, 72 beats per minute, a pulse wave.
  static func on(_ index: Int) -> ContecV7Live {
    var live = ContecV7Live()
    live.signal = 5
    live.pleth = UInt8(20 + index * 7 % 80)
    live.bar = live.pleth / 7
    live.isBeat = index % 50 < 2
    live.pulseRate = 72
    live.saturation = 97
    live.perfusion = 350
    live.isPerfusionInvalid = false
    return live
  }

  /// No finger.
  static let off: ContecV7Live = {
    var live = ContecV7Live()
    live.isProbeOff = true
    live.pleth = 64
    return live
  }()
}
