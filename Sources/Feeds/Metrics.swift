import Drivers
import Monitoring
public import Vitals
public import Ward

/// The ward in the Prometheus text format.
///
/// No patient in any label.
public enum Metrics {
  public static func text(_ ward: Ward, at now: Instant) -> String {
    var page = Page()
    page.family("chairside_chair_monitored", "gauge", "Whether a session is watched.")
    for chair in ward.chairs {
      let isMonitored = chair.monitor.session?.isMonitored == true
      page.sample("chairside_chair_monitored", ["chair": chair.id.name], isMonitored ? 1 : 0)
    }
    page.family("chairside_spo2_percent", "gauge", "Current SpO2; absent when not fresh.")
    for chair in ward.chairs {
      if let value = chair.monitor.freshSample(at: now)?.saturation {
        page.sample("chairside_spo2_percent", ["chair": chair.id.name], value.percent)
      }
    }
    page.family(
      "chairside_pulse_beats_per_minute", "gauge", "Current pulse rate; absent when not fresh.")
    for chair in ward.chairs {
      if let value = chair.monitor.freshSample(at: now)?.pulseRate {
        page.sample("chairside_pulse_beats_per_minute", ["chair": chair.id.name], value.perMinute)
      }
    }
    page.family("chairside_alarms_active", "gauge", "Active alarms by priority.")
    for priority in Priority.allCases {
      let count = ward.chairs.reduce(0) { sum, chair in
        sum + chair.monitor.activeAlarms.count { $0.priority == priority && $0.presence == .active }
      }
      page.sample("chairside_alarms_active", ["priority": priority.name], count)
    }
    page.family("chairside_device_frames_total", "counter", "Frames accepted since the start.")
    devices(ward) { chair, slot, device in
      page.sample(
        "chairside_device_frames_total", ["chair": chair, "slot": slot],
        device.driver.account.frames)
    }
    page.family("chairside_device_damaged_bytes_total", "counter", "Bytes discarded as damaged.")
    devices(ward) { chair, slot, device in
      page.sample(
        "chairside_device_damaged_bytes_total", ["chair": chair, "slot": slot],
        device.driver.account.damagedBytes)
    }
    page.family("chairside_device_up", "gauge", "Whether the device's line is open.")
    devices(ward) { chair, slot, device in
      page.sample(
        "chairside_device_up", ["chair": chair, "slot": slot], device.isOpen ? 1 : 0)
    }
    page.family("chairside_stations_linked", "gauge", "Nurse stations that are connected.")
    page.sample("chairside_stations_linked", [:], ward.stations.count)
    page.family(
      "chairside_stations_audible", "gauge", "Nurse stations that are seen and heard.")
    page.sample("chairside_stations_audible", [:], ward.audibleStations.count)
    page.family(
      "chairside_chairs_unheard", "gauge", "Whether a watched chair has no station that is heard.")
    page.sample("chairside_chairs_unheard", [:], ward.isAnyChairUnheard ? 1 : 0)
    return page.text
  }

  private static func devices(_ ward: Ward, _ body: (String, String, Chair.Device) -> Void) {
    for chair in ward.chairs {
      for slot in SlotName.allCases {
        if let device = chair[slot] { body(chair.id.name, slot.rawValue, device) }
      }
    }
  }

  struct Page {
    var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
      text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Int) {
      let list = labels.map { "\($0.key)=\"\($0.value)\"" }.joined(separator: ",")
      text += list.isEmpty ? "\(name) \(value)\n" : "\(name){\(list)} \(value)\n"
    }
  }
}
