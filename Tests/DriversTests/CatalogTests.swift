import Drivers
import Testing
import Vitals

@Suite struct `The catalog` {
  @Test func `names each driver once, in order`() {
    let ids = Catalog.models.map(\.id)
    #expect(ids == ids.sorted() && Set(ids).count == ids.count)
    // The names of `design.md` section 6, which scripts rely on.
    #expect(
      Set(ids) == [
        "bci", "button", "contec-5", "contec-v7", "contec08a", "dinamap", "dri", "hl7",
        "intellivue", "ivy",
        "masimo-ascii1", "nellcor", "nonin-1", "nonin-13", "nonin-2", "nonin-7", "nonin-8",
        "nonin-ascii", "omron-790it", "par-nibp", "phdc", "suntech",
      ])
    #expect(Catalog.model(id: "nonin-2")?.vendor == "Nonin")
    #expect(Catalog.model(id: "nonin-3") == nil)
  }

  @Test(arguments: Proven.models)
  func `keeps what a row promises`(_ model: Model) {
    let decoded = Fixture(model).decoded
    let said = decoded.readings.reduce(into: SignalStatus()) { $0.formUnion($1.status) }
    #expect(said.isSubset(of: model.reports), "\(said.names)")
    let hasIndex = decoded.readings.contains { $0.perfusionIndex != nil }
    #expect(hasIndex == model.reportsPerfusionIndex)
    // The answers of a Contec V7 have lengths of their own.
    if model.frameLength > 0, model.id != "contec-v7" {
      #expect(decoded.account.frames * model.frameLength == decoded.account.framedBytes)
    }
  }
}
