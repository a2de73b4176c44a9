import Drivers
import Monitoring
import Recording
import Vitals
import Ward

/// The ward alone: chairs that stream contec-v7 at 60 packets a second, one packet an input.
enum WardBench {
  private static let repeats = 5
  private static let seconds = 60

  static func run(chairs count: Int) {
    measure("idle", count, checksIn: false, offEverySeconds: nil)
    measure("session", count, checksIn: true, offEverySeconds: nil)
    measure("eventful", count, checksIn: true, offEverySeconds: 1)
  }

  private static func measure(
    _ name: String, _ count: Int, checksIn: Bool, offEverySeconds: Int?
  ) {
    let frames = frames(offEverySeconds: offEverySeconds)
    let ids = (1...count).compactMap { ChairID("\($0)") }
    var time = Repeats()
    var (inputs, outputs) = (0, 0)
    for _ in 0..<repeats {
      var ward = open(ids, checksIn: checksIn)
      let slots = ids.map { Slot($0, .oximeter) }
      (inputs, outputs) = (0, 0)
      time.add(
        nanoseconds {
          for (index, frame) in frames.enumerated() {
            for (number, slot) in slots.enumerated() {
              // Each chair has its own place in the sixtieth of a second.
              let offset = 16_666 * number / count
              let at = Instant.milliseconds(Int64((index * 16_666 + offset) / 1000))
              ward.handle(.bytes(slot, frame), at: at) { _, _ in outputs += 1 }
              inputs += 1
            }
          }
        })
    }
    report {
      $0.add("ward", name)
      $0.add("chairs", count)
      $0.addRaw("inputsPerSecond", (Double(inputs) / time.median * 1e9).json)
      $0.addRaw("outputsPerSecond", (Double(outputs) / time.median * 1e9).json)
      $0.addRaw("nsPerInputMinimum", (time.minimum / Double(inputs)).json)
      $0.addRaw("nsPerInputMedian", (time.median / Double(inputs)).json)
    }
  }

  private static func open(_ ids: [ChairID], checksIn: Bool) -> Ward {
    let plan = WardPlan(
      chairs: ids.map { WardPlan.Chair(id: $0, drivers: [.oximeter: "contec-v7"]) })
    var ward = Ward(plan)
    for id in ids {
      ward.handle(.line(Slot(id, .oximeter), .opened), at: .zero) { _, _ in }
      guard checksIn, let staff = StaffID("rn1") else { continue }
      let command = Command.checkIn(route: .iv40, patient: nil)
      ward.handle(.command(id, command, by: staff), at: .zero) { _, _ in }
    }
    return ward
  }

  /// A minute of packets; with a finger that leaves the sensor for half of each period, every
  /// period brings two readings that change from usable to unusable or back.
  private static func frames(offEverySeconds: Int?) -> [[UInt8]] {
    (0..<60 * seconds).map { index in
      var live = LivePacket.on(index)
      if let period = offEverySeconds, index % (60 * period) < 30 * period { live = .off }
      return live.encoded
    }
  }
}
