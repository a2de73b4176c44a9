public import Vitals

/// Every device Chairside can read, one row a model, sorted by name.
public enum Catalog {
  /// The rows.
  public static let models: [Model] = [
    Model(
      id: "bci", kind: .oximeter, vendor: "BCI, Berry",
      models: "BM1000, BM2000, OEM boards with BCI mode", link: .serial("115200 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 100, frameLength: 5,
      reports: FiveByteDialect.bci.reports,
      makeDriver: { FiveByteDriver(dialect: .bci) },
      makeSimulator: {
        OximeterSimulator(FiveByteEncoder(dialect: .bci, framesPerMinute: 6000), patient: $0)
      }),
    Model(
      id: "contec-5", kind: .oximeter, vendor: "Contec",
      models: "CMS50D+ up to firmware 4.5, older CMS50C/E/F", link: .serial("19200 8O1"),
      maturity: .experimental, nominalFramesPerSecond: 60, frameLength: 5,
      reports: FiveByteDialect.contec.reports,
      makeDriver: { FiveByteDriver(dialect: .contec) },
      makeSimulator: {
        OximeterSimulator(FiveByteEncoder(dialect: .contec, framesPerMinute: 3600), patient: $0)
      }),
    Model(
      id: "contec-v7", kind: .oximeter, vendor: "Contec",
      models: "CMS50D+ from firmware 4.6, CMS50E/F/H/I, CMS60C", link: .serial("115200 8N1"),
      maturity: .beta, nominalFramesPerSecond: 60, frameLength: 9,
      reports: ContecV7Live.reports, reportsPerfusionIndex: true,
      makeDriver: { ContecV7Driver() },
      makeSimulator: { OximeterSimulator(ContecV7Encoder(), patient: $0) }),
    Model(
      id: "nonin-1", kind: .oximeter, vendor: "Nonin", models: "OEM III, Xpod, iPod: format 1",
      link: .serial("9600 8N1"), maturity: .experimental, nominalFramesPerSecond: 1, frameLength: 3,
      reports: NoninSecond.reports(hasExtra: false),
      makeDriver: { Nonin1Driver() },
      makeSimulator: { OximeterSimulator(NoninSecondEncoder(hasExtra: false), patient: $0) }),
    Model(
      id: "nonin-2", kind: .oximeter, vendor: "Nonin",
      models: "OEM III, Xpod, WristOx2 3150: format 2", link: .serial("9600 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 75, frameLength: 5, checksumFromEnd: 1,
      reports: NoninFrame.reports,
      makeDriver: { Nonin2Driver() },
      makeSimulator: { OximeterSimulator(NoninPacketEncoder(.two), patient: $0) }),
    Model(
      id: "nonin-7", kind: .oximeter, vendor: "Nonin",
      models: "OEM III, Xpod, WristOx2 3150: format 7", link: .serial("9600 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 75, frameLength: 5, checksumFromEnd: 1,
      reports: NoninFrame.reports,
      makeDriver: { Nonin7Driver() },
      makeSimulator: { OximeterSimulator(NoninPacketEncoder(.seven), patient: $0) }),
    Model(
      id: "nonin-8", kind: .oximeter, vendor: "Nonin",
      models: "WristOx2 3150, OEM III, Xpod: format 8", link: .serial("9600 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 1, frameLength: 4,
      reports: NoninSecond.reports(hasExtra: true),
      makeDriver: { Nonin8Driver() },
      makeSimulator: { OximeterSimulator(NoninSecondEncoder(hasExtra: true), patient: $0) }),
    Model(
      id: "suntech", kind: .cuff, vendor: "SunTech", models: "Advantage OEM, Advantage A+, CT40",
      link: .serial("9600 8N1"), maturity: .experimental, nominalFramesPerSecond: 0, frameLength: 0,
      checksumFromEnd: 1,
      reports: [], takesOrders: true,
      makeDriver: { SunTechDriver() },
      makeSimulator: { SunTechSimulator(patient: $0) },
      makeListener: { SunTechListener() }),
  ]

  /// Where at a chair each driver may be bound.
  public static var slots: [String: [SlotName]] {
    Dictionary(models.map { ($0.id, $0.slots) }, uniquingKeysWith: { first, _ in first })
  }

  /// The model of this name, or `nil`.
  public static func model(id: String) -> Model? { models.first { $0.id == id } }
}
