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
      id: "button", kind: .button, vendor: "any",
      models: "USB call buttons, foot switches and keyboards: any key calls",
      link: .input, maturity: .experimental, nominalFramesPerSecond: 0,
      frameLength: InputEvent.length, reports: [],
      remark: "What the patient presses raises CALL_STOP. Bind it by its place, as in "
        + "/dev/input/by-path; no other program gets its keys while the daemon runs.",
      makeDriver: { ButtonDriver() },
      makeSimulator: { ButtonSimulator(patient: $0) }),
    Model(
      id: "contec-5", kind: .oximeter, vendor: "Contec",
      models: "CMS50D+ up to firmware 4.5, older CMS50C/E/F", link: .serial("19200 8O1"),
      maturity: .experimental, nominalFramesPerSecond: 60, frameLength: 5,
      reports: FiveByteDialect.contec.reports,
      makeDriver: { FiveByteDriver(dialect: .contec) },
      makeSimulator: {
        OximeterSimulator(
          FiveByteEncoder(dialect: .contec, framesPerMinute: 3600, memory: SimulatedMemory()),
          patient: $0)
      },
      makeDownloader: { FiveByteDownload() }),
    Model(
      id: "contec-v7", kind: .oximeter, vendor: "Contec",
      models: "CMS50D+ from firmware 4.6, CMS50E/F/H/I, CMS60C", link: .serial("115200 8N1"),
      maturity: .beta, nominalFramesPerSecond: 60, frameLength: 9,
      reports: ContecV7Live.reports, reportsPerfusionIndex: true,
      makeDriver: { ContecV7Driver() },
      makeSimulator: { OximeterSimulator(ContecV7Encoder(), patient: $0) },
      makeDownloader: { ContecV7Download() }),
    Model(
      id: "contec08a", kind: .cuff, vendor: "Contec", models: "08A and the ABPM50 family, over USB",
      link: .hid(vendor: 0x0483, product: 0x5750, reportBytes: 64), maturity: .experimental,
      nominalFramesPerSecond: 0, frameLength: 64, reports: [],
      remark: "Memory only, as late entries. A record whose mean does not confirm it is left out.",
      makeDriver: { Contec08ADriver() },
      makeSimulator: { Contec08ASimulator(patient: $0) },
      makeListener: { Contec08AListener() }),
    Model(
      id: "dinamap", kind: .cuff, vendor: "GE, Critikon",
      models: "Dinamap PRO 100-400, Dinamap Compact, Carescape V100", link: .serial("9600 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 0, frameLength: 0, checksumFromEnd: 2,
      reports: [], takesOrders: true,
      remark: "Set the host port to 9600 baud. Its error codes are not public: each is a fault.",
      makeDriver: { DinamapDriver() },
      makeSimulator: { CuffSimulator<DinamapFace>(patient: $0) },
      makeListener: { DinamapListener() }),
    Model(
      id: "dri", kind: .monitor, vendor: "GE, Datex-Ohmeda",
      models: "S/5, Carescape B-series with the DRI option", link: .serial("19200 8E1"),
      maturity: .experimental, nominalFramesPerSecond: 0.2, frameLength: 0, checksumFromEnd: 2,
      reports: DRIRecord.reports, reportsRespiration: true,
      remark: "The monitor minds RTS and CTS: wire them through, or bridge them in its plug. "
        + "Written after one public source, without a recording of a real monitor.",
      makeDriver: { DRIDriver() },
      makeSimulator: { DRISimulator(patient: $0) },
      makeListener: { DRIListener() }),
    Model(
      id: "hl7", kind: .monitor, vendor: "Mindray, Comen, others",
      models: "monitors and gateways that send HL7 v2 ORU^R01 over MLLP (IHE PCD-01)",
      link: .tcp(port: 1550), maturity: .experimental, nominalFramesPerSecond: 1, frameLength: 0,
      reports: [.demonstration, .lowConfidence], reportsPerfusionIndex: true,
      reportsRespiration: true,
      remark: "Set it to send every second, with the time of each blood pressure (OBX-14).",
      makeDriver: { HL7Driver() },
      makeSimulator: { HL7Simulator(patient: $0) },
      makeListener: { HL7Listener() }),
    Model(
      id: "intellivue", kind: .monitor, vendor: "Philips", models: "IntelliVue MP and MX series",
      link: .serial("115200 8N1"), maturity: .beta, nominalFramesPerSecond: 1, frameLength: 0,
      checksumFromEnd: 2, reports: IntelliVueNumerics.reports, reportsPerfusionIndex: true,
      reportsRespiration: true,
      remark: "Set the MIB/RS232 port to Data Out, 115200 baud. Pressures count when measured "
        + "anew; numbers of the demonstration mode never do.",
      makeDriver: { IntelliVueDriver() },
      makeSimulator: { IntelliVueSimulator(patient: $0) },
      makeListener: { IntelliVueListener() }),
    Model(
      id: "ivy", kind: .monitor, vendor: "Ivy Biomedical", models: "450C: Ansar-B",
      link: .serial("9600 8N1"), maturity: .beta, nominalFramesPerSecond: 1, frameLength: 0,
      reports: IvyFrame.reports,
      remark: "A pressure that is on the monitor's screen when the line opens is not reported; "
        + "nor is a new one with the same four numbers as the last.",
      makeDriver: { IvyDriver() },
      makeSimulator: { IvySimulator(patient: $0) },
      makeListener: { IvyListener() }),
    Model(
      id: "masimo-ascii1", kind: .oximeter, vendor: "Masimo",
      models: "Rad-8, Rad-87, Radical, Radical-7, Radical-5: serial output ASCII 1",
      link: .serial("9600 8N1"), maturity: .beta, nominalFramesPerSecond: 1, frameLength: 0,
      reports: MasimoException.reports, reportsPerfusionIndex: true,
      remark: "Rad-8 comes set to ASCII 2: set AS1 in setup level 3. Null-modem cable.",
      makeDriver: { MasimoDriver() },
      makeSimulator: { OximeterSimulator(MasimoEncoder(), patient: $0) }),
    Model(
      id: "nellcor", kind: .oximeter, vendor: "Nellcor",
      models: "N-560, N-595, N-290, N-295: real-time ASCII", link: .serial("9600 8N1"),
      maturity: .beta, nominalFramesPerSecond: 0.5, frameLength: 0,
      reports: NellcorStatus.reports,
      remark: "Select real-time, ASCII output in the device's menu. NPB-290 is silent on battery.",
      makeDriver: { NellcorDriver() },
      makeSimulator: { OximeterSimulator(NellcorEncoder(), patient: $0) }),
    Model(
      id: "nonin-1", kind: .oximeter, vendor: "Nonin", models: "OEM III, Xpod, iPod: format 1",
      link: .serial("9600 8N1"), maturity: .experimental, nominalFramesPerSecond: 1, frameLength: 3,
      reports: NoninSecond.reports(hasExtra: false),
      makeDriver: { Nonin1Driver() },
      makeSimulator: { OximeterSimulator(NoninSecondEncoder(hasExtra: false), patient: $0) }),
    Model(
      id: "nonin-13", kind: .oximeter, vendor: "Nonin",
      models: "Onyx II 9560, WristOx2 3150: format 13, spot checks",
      link: .serial("9600 8N1"), maturity: .experimental, nominalFramesPerSecond: 0,
      frameLength: 22, checksumFromEnd: 2, reports: NoninRecord.reports,
      remark: "One record for each finger and no stream: it cannot watch a patient.",
      makeDriver: { Nonin13Driver() },
      makeSimulator: { SimulatedNonin(format: .thirteen).simulator($0) }),
    Model(
      id: "nonin-2", kind: .oximeter, vendor: "Nonin",
      models: "OEM III, Xpod, WristOx2 3150: format 2", link: .serial("9600 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 75, frameLength: 5, checksumFromEnd: 1,
      reports: NoninFrame.reports,
      makeDriver: { Nonin2Driver() },
      makeSimulator: { SimulatedNonin(format: .two).simulator($0) }),
    Model(
      id: "nonin-7", kind: .oximeter, vendor: "Nonin",
      models: "OEM III, Xpod, WristOx2 3150: format 7", link: .serial("9600 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 75, frameLength: 5, checksumFromEnd: 1,
      reports: NoninFrame.reports,
      makeDriver: { Nonin7Driver() },
      makeSimulator: { SimulatedNonin(format: .seven).simulator($0) }),
    Model(
      id: "nonin-8", kind: .oximeter, vendor: "Nonin",
      models: "WristOx2 3150, OEM III, Xpod: format 8", link: .serial("9600 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 1, frameLength: 4,
      reports: NoninSecond.reports(hasExtra: true),
      makeDriver: { Nonin8Driver() },
      makeSimulator: { SimulatedNonin(format: .eight).simulator($0) }),
    Model(
      id: "nonin-ascii", kind: .oximeter, vendor: "Nonin",
      models: "Avant 4000/4100/9600, 2500, 8500, 8600, 9847: printer lines",
      link: .serial("9600 8N1"), maturity: .experimental, nominalFramesPerSecond: 1,
      frameLength: 0, reports: NoninLine.reports,
      remark: "An Avant 9600 sends two stop bits, a 9847 a ninth bit: both read as 8N1.",
      makeDriver: { NoninAsciiDriver() },
      makeSimulator: { OximeterSimulator(NoninLineEncoder(), patient: $0) }),
    Model(
      id: "omron-790it", kind: .cuff, vendor: "Omron",
      models: "HEM-790IT, HEM-7080IT, HEM-7301 family, over USB",
      link: .hid(vendor: 0x0590, product: 0x0028, reportBytes: 8), maturity: .experimental,
      nominalFramesPerSecond: 0, frameLength: 0, reports: [],
      remark: "Memory only, as late entries, once each time it is plugged in.",
      makeDriver: { OmronDriver() },
      makeSimulator: { OmronSimulator(patient: $0) },
      makeListener: { OmronListener() }),
    Model(
      id: "par-nibp", kind: .cuff, vendor: "PAR Medizintechnik",
      models: "NIBP2010, NIBP2020 UP, NIBScan", link: .serial("4800 8N1"),
      maturity: .experimental, nominalFramesPerSecond: 0, frameLength: 0,
      reports: [], takesOrders: true,
      makeDriver: { ParDriver() },
      makeSimulator: { CuffSimulator<ParFace>(patient: $0) },
      makeListener: { ParListener() }),
    Model(
      id: "phdc", kind: .oximeter, vendor: "Continua",
      models: "USB oximeters (11073-10404) and cuffs (11073-10407)", link: .phdc,
      maturity: .experimental, nominalFramesPerSecond: 1, frameLength: 0,
      reports: PHDCStatus.reports,
      remark: "Bind as oximeter or as cuff. Spot checks and pressures out of the device's memory "
        + "are charted as late entries, never shown as current.",
      makeDriver: { PHDCDriver() },
      makeSimulator: { PHDCAgent(patient: $0) },
      makeListener: { PHDCListener() }),
    Model(
      id: "suntech", kind: .cuff, vendor: "SunTech", models: "Advantage OEM, Advantage A+, CT40",
      link: .serial("9600 8N1"), maturity: .experimental, nominalFramesPerSecond: 0, frameLength: 0,
      checksumFromEnd: 1,
      reports: [], takesOrders: true,
      makeDriver: { SunTechDriver() },
      makeSimulator: { CuffSimulator<SunTechFace>(patient: $0) },
      makeListener: { SunTechListener() }),
  ]

  /// Where at a chair each driver may be bound.
  public static var slots: [String: [SlotName]] {
    Dictionary(models.map { ($0.id, $0.slots) }, uniquingKeysWith: { first, _ in first })
  }

  /// The model of this name, or `nil`.
  public static func model(id: String) -> Model? { models.first { $0.id == id } }
}
