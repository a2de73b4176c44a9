import Drivers
import Monitoring
import Recording
public import Vitals
public import Ward

/// The devices of a ward as JSON: what `chairside devices` shows.
public enum DeviceText {
  /// Every bound device; `port` says where it is bound, `rate` how many frames a second it sends.
  public static func json(
    _ ward: Ward, at now: Instant, port: (Slot) -> String?, rate: (Slot) -> Double?
  ) -> String {
    var rows: [String] = []
    for chair in ward.chairs {
      for name in SlotName.allCases {
        guard let device = chair[name] else { continue }
        let slot = Slot(chair.id, name)
        rows.append(row(device, slot, at: now, port: port(slot), rate: rate(slot)))
      }
    }
    return #"{"devices":["# + rows.joined(separator: ",") + "]}"
  }

  private static func row(
    _ device: Chair.Device, _ slot: Slot, at now: Instant, port: String?, rate: Double?
  ) -> String {
    let account = device.driver.account
    var json = JSONLine()
    json.add("chair", slot.chair.name)
    json.add("slot", slot.name.word)
    json.add("driver", device.model.id)
    json.add(orNull: "port", port)
    json.add("state", device.isOpen ? "open" : "absent")
    json.addRaw("framesPerSecond", rate.map(tenths) ?? "null")
    json.addRaw("nominalFramesPerSecond", tenths(device.model.nominalFramesPerSecond))
    json.add("frames", account.frames)
    var damage = JSONLine()
    damage.add("stray", account.damage.stray)
    damage.add("broken", account.damage.broken)
    damage.add("checksum", account.damage.checksum)
    json.addRaw("damagedBytes", damage.line)
    json.add("resyncs", account.resyncs)
    json.add(
      orNull: "lastGoodAgeMs", device.lastGoodAt.map { Int((now - $0).nanoseconds / 1_000_000) })
    json.add(ifAny: "model", device.identity?.model)
    json.add(ifAny: "serial", device.identity?.serial)
    json.add(ifAny: "firmware", device.identity?.firmware)
    return json.line
  }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
