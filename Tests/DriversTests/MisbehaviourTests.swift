import Drivers
import Proving
import TestKit
import Testing
import Vitals

@Suite struct `A simulated device that misbehaves` {
  private static let ways: [(text: String, way: Misbehaviour)] = [
    ("drop=0.01", .drop(0.01)), ("repeat=0.2", .repeat(0.2)), ("flip=0.01", .flip(0.01)),
    ("insert=0.01", .insert(0.01)), ("checksum=0.3", .wrongChecksum(0.3)),
    ("split=3ms", .split(every: .milliseconds(3))),
    ("merge=250ms", .merge(every: .milliseconds(250))),
    ("jitter=40ms", .jitter(.milliseconds(40))),
    ("stall=5s+4s", .stall(after: .seconds(5), lasting: .seconds(4))),
    ("cable=5s+4s", .cableOut(after: .seconds(5), lasting: .seconds(4))),
    ("hang=5s", .hang(after: .seconds(5))),
  ]

  @Test(arguments: ways)
  func `is told how by a word`(_ text: String, _ way: Misbehaviour) {
    #expect(Misbehaviour(text) == way)
  }

  @Test(arguments: [
    "", "drop", "drop=", "drop=2", "drop=-1", "split=3", "split=3m", "stall=5s", "stall=5s+",
    "hang=99999999999999999999s", "explode=1",
  ])
  func `is not told so`(_ text: String) {
    #expect(Misbehaviour(text) == nil)
  }

  private func bedside(_ model: Model, _ ways: [Misbehaviour]) -> Bedside {
    let patient = SimulatedPatient(
      oximetry: { _ in Course.reading(97, 72, 350) },
      determination: { _ in
        SimulatedDetermination(
          duration: .seconds(8), outcome: .result(Course.pressure(128, 79, 95, 71)))
      },
      lastPressure: { _ in (.zero, Course.pressure(128, 79, 95, 71)) })
    let device = MisbehavingSimulator(model, patient: patient, ways, seed: 7)
    return Bedside(model, patient: patient, device: device)
  }

  /// Whatever a device does, its driver accounts for every byte and shows no number but the sent.
  @Test(arguments: Proven.models, ways)
  func `never makes its driver lose count`(_ model: Model, _ way: (text: String, way: Misbehaviour))
  {
    var bedside = bedside(model, [way.way, .jitter(.milliseconds(10))])
    bedside.open()
    if model.takesOrders { bedside.order(.start) }
    bedside.pass(.seconds(30))
    let received = bedside.received.reduce(0) { $0 + $1.bytes.count }
    #expect(bedside.driver.account.bytes == received)
    if case .flip = way.way, model.checksumFromEnd == nil { return }
    for reading in bedside.readings where reading.saturation != nil {
      #expect(reading.saturation?.percent == 97)
    }
  }

  @Test(arguments: Proven.streaming)
  func `goes on after its cable was out`(_ model: Model) {
    var bedside = bedside(model, [.cableOut(after: .seconds(5), lasting: .seconds(4))])
    bedside.open()
    bedside.pass(.seconds(30))
    let times = bedside.outputs.compactMap { instant, output -> Instant? in
      if case .oximetry = output { instant } else { nil }
    }
    #expect(!times.contains { (.milliseconds(5200)..<Instant.seconds(9)).contains($0) })
    #expect(times.contains { $0 > .seconds(20) })
  }

  @Test func `is the same for the same seed`() throws {
    let model = try #require(Catalog.model(id: "nonin-2"))
    let runs = (0..<2).map { _ in
      var bedside = bedside(model, [.drop(0.02), .flip(0.01), .jitter(.milliseconds(5))])
      bedside.open()
      bedside.pass(.seconds(10))
      return bedside.received.flatMap(\.bytes)
    }
    #expect(runs[0] == runs[1])
  }
}
