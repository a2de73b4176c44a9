import Drivers
import Testing
import Vitals

@Suite struct `The catalog` {
  @Test func `names each driver once, in order`() {
    let ids = Catalog.models.map(\.id)
    #expect(
      ids == [
        "bci", "contec-5", "contec-v7", "nonin-1", "nonin-2", "nonin-7", "nonin-8", "suntech",
      ])
    #expect(Catalog.model(id: "nonin-2")?.vendor == "Nonin")
    #expect(Catalog.model(id: "nonin-3") == nil)
  }

  @Test(arguments: Catalog.models.filter { $0.kind == .oximeter })
  func `keeps what a row promises`(_ model: Model) {
    let decoded = Fixture(model).decoded
    let said = decoded.readings.reduce(into: SignalStatus()) { $0.formUnion($1.status) }
    #expect(said.isSubset(of: model.reports), "\(said.names)")
    let hasIndex = decoded.readings.contains { $0.perfusionIndex != nil }
    #expect(hasIndex == model.reportsPerfusionIndex)
    #expect(
      decoded.account.frames * model.frameLength == decoded.account.framedBytes)
  }
}
