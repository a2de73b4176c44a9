import Lines
import TestKit
import Testing
import Vitals

extension UdevTests {
  @Suite struct Replugging {
    private static let rounds = 100

    /// Forty adapters with the same USB ids and the same serial number, as clinics buy them, are
    /// pulled and plugged in again in any order, and get whatever `ttyUSB` number is next.
    @Test(arguments: seeds(1))
    func `forty adapters that are all alike never change chairs`(_ seed: UInt64) async throws {
      print("seed \(seed): CHAIRSIDE_SEED_START=\(seed) repeats it")
      var random = Seeded(seed)
      let adapters = (0..<40).map(Adapter.init)
      var clinic = try await Clinic(adapters)
      for round in 1...Self.rounds {
        let plugged = try await plug(adapters.shuffled(using: &random), into: &clinic)
        try await expectEveryChairItsOwn(plugged, &clinic, "seed \(seed), round \(round)")
        try await pull(plugged.shuffled(using: &random), from: &clinic)
      }
      await clinic.close()
    }

    @Test func `a device is read within a second of being plugged in`() async throws {
      let adapter = Adapter(socket: 17)
      var clinic = try await Clinic([adapter])
      // Long enough to be at the longest wait between tries.
      try await Task.sleep(for: .seconds(4))
      let start = SuspendingClock.now
      let plugged = try adapter.plug(into: clinic.bed, number: 0)
      _ = try await clinic.collect { $0.contains { $0.1 == .opened } }
      plugged.pty.write([0x80])
      _ = try await clinic.collect { $0.contains { $0.1 == .bytes([0x80]) } }
      #expect(SuspendingClock.now - start < .seconds(1))
      await clinic.close()
    }

    /// Plugs all in, a few at a time as udev tells them, and waits until each chair has its line.
    private func plug(
      _ adapters: [Adapter], into clinic: inout Clinic
    ) async throws -> [Adapter.Plugged] {
      var plugged: [Adapter.Plugged] = []
      var events: [(Slot, PortEvent)] = []
      for (number, adapter) in adapters.enumerated() {
        plugged.append(try adapter.plug(into: clinic.bed, number: number))
        events += try await clinic.waitForDevices(1)
      }
      events = try await clinic.collect(events) { events in
        events.count { $0.1 == .opened } >= adapters.count
      }
      #expect(Set(events.filter { $0.1 == .opened }.map(\.0)).count == adapters.count)
      return plugged
    }

    /// Each device says which socket it is in, and is told so: only its own chair hears and speaks.
    private func expectEveryChairItsOwn(
      _ plugged: [Adapter.Plugged], _ clinic: inout Clinic, _ comment: String
    ) async throws {
      for one in plugged {
        one.pty.write([UInt8(one.adapter.socket)])
        clinic.ports.send([0xA0, UInt8(one.adapter.socket)], to: slot(of: one.adapter))
      }
      let heard = try await clinic.collect { $0.count == plugged.count }
      for one in plugged {
        let bytes = heard.filter { $0.0 == slot(of: one.adapter) }.map(\.1)
        #expect(bytes == [.bytes([UInt8(one.adapter.socket)])], "\(comment)")
        #expect(await command(to: one) == [0xA0, UInt8(one.adapter.socket)], "\(comment)")
      }
    }

    private func command(to device: Adapter.Plugged) async -> [UInt8] {
      var got: [UInt8] = []
      for _ in 0..<1000 where got.count < 2 {
        got += device.pty.read()
        if got.count < 2 { try? await Task.sleep(for: .milliseconds(1)) }
      }
      return got
    }

    private func pull(
      _ plugged: [Adapter.Plugged], from clinic: inout Clinic
    ) async throws {
      var events: [(Slot, PortEvent)] = []
      for one in plugged {
        try one.pull(from: clinic.bed)
        events += try await clinic.waitForDevices(1)
      }
      events = try await clinic.collect(events) { events in
        events.count { $0.1 == .closed(reason: "hung up") } >= plugged.count
      }
    }

    private func slot(of adapter: Adapter) -> Slot {
      Slot(ChairID("\(adapter.socket + 1)")!, .oximeter)
    }
  }
}
