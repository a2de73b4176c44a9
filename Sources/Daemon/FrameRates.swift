import Drivers
import Vitals
import Ward

/// Frames a second of each device, over the last ten seconds.
struct FrameRates {
  private static let seconds = 10

  /// The account of each device, once a second, oldest first.
  private var counts: [Slot: [Int]] = [:]

  /// Notes where the accounts stand; called every second.
  mutating func note(_ ward: Ward) {
    for chair in ward.chairs {
      for name in SlotName.allCases {
        guard let device = chair[name] else { continue }
        var row = counts[Slot(chair.id, name)] ?? []
        row.append(device.driver.account.frames)
        if row.count > Self.seconds + 1 { row.removeFirst() }
        counts[Slot(chair.id, name)] = row
      }
    }
  }

  /// `nil` until there is something to divide by.
  subscript(slot: Slot) -> Double? {
    guard let row = counts[slot], row.count > 1, let first = row.first, let last = row.last else {
      return nil
    }
    return Double(last - first) / Double(row.count - 1)
  }
}
