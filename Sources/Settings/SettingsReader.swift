public import Documents
import Monitoring
public import Vitals

extension Settings {
  public static let defaultPort = 8080
  public static let defaultStorePath = "/var/lib/chairside/chairside.db"

  /// Reads a configuration file.
  ///
  /// `knownDrivers` are the catalog's names and where each may be bound; `readFile` opens a policy file named in it, relative
  /// to the configuration.
  ///
  /// - Throws: every ``Complaint`` at once, each with file, line, column and a remedy.
  public init(
    text: String, file: String, knownDrivers: [String: [SlotName]],
    readFile: @escaping (String) -> String?
  ) throws(Complaints) {
    var reader = SettingsReader(knownDrivers: knownDrivers, readFile: readFile)
    let settings = reader.read(text, file: file)
    guard reader.complaints.all.isEmpty, let settings else { throw reader.complaints }
    self = settings
  }
}

/// Walks a configuration file and keeps every complaint.
private struct SettingsReader {
  let knownDrivers: [String: [SlotName]]
  let readFile: (String) -> String?
  var complaints = Complaints()

  init(knownDrivers: [String: [SlotName]], readFile: @escaping (String) -> String?) {
    self.knownDrivers = knownDrivers
    self.readFile = readFile
  }

  mutating func read(_ text: String, file: String) -> Settings? {
    guard
      let root = complaints.collect({ () throws(Complaint) in
        try Element.read(text, file: file)
      })
    else { return nil }
    guard
      let values = mapping(
        root,
        [
          "site", "store", "retention", "port", "tls", "annunciator", "policy", "staff", "chairs",
        ])
    else { return nil }
    let site = values["site"].flatMap { self.text($0) } ?? "Clinic"
    let store = values["store"].flatMap { self.text($0) } ?? Settings.defaultStorePath
    let retention = values["retention"].map { self.retention($0) } ?? Settings.Retention()
    let port = values["port"].flatMap { integer($0, 0...65_535) } ?? Settings.defaultPort
    let network = values["tls"].flatMap { self.network($0) }
    let policy = values["policy"].flatMap { self.policy($0) } ?? .adultKetamineDefault1
    let staff = values["staff"].map { self.staff($0) } ?? []
    let annunciator = values["annunciator"].flatMap { self.annunciator($0) }
    guard let list = values["chairs"] else {
      complaints.add(root.complaint("“chairs” is missing; name at least one chair"))
      return nil
    }
    let chairs = self.chairs(list)
    var settings = Settings(
      site: site, storePath: store, port: port, network: network, retention: retention,
      policy: policy, staff: staff,
      chairs: chairs)
    if let annunciator { settings.annunciator = annunciator }
    return settings
  }

  private mutating func annunciator(_ element: Element) -> Settings.Annunciator? {
    if let word = try? element.text() {
      if word == "off" { return .off }
      complaints.add(
        element.complaint("“\(word)” is neither off nor {device: default}"))
      return nil
    }
    guard let values = mapping(element, ["device", "player"]) else { return nil }
    let device = values["device"].flatMap { text($0) } ?? "default"
    return .on(device: device, player: values["player"].flatMap { text($0) })
  }

  private mutating func retention(_ element: Element) -> Settings.Retention {
    var retention = Settings.Retention()
    guard let values = mapping(element, ["tapeDays", "idleDays", "recordYears"]) else {
      return retention
    }
    if let days = values["tapeDays"].flatMap({ integer($0, 2...3653) }) {
      retention.tapeDays = days
    }
    if let days = values["idleDays"].flatMap({ integer($0, 2...3653) }) {
      retention.idleDays = days
    }
    // A year has a leap day at times; nothing goes early for it.
    if let years = values["recordYears"].flatMap({ integer($0, 1...100) }) {
      retention.recordDays = years * 366
    }
    return retention
  }

  private mutating func network(_ element: Element) -> Settings.Network? {
    guard let values = mapping(element, ["address", "port", "folder"]) else { return nil }
    guard let folder = values["folder"].flatMap({ text($0) }) else {
      complaints.add(
        element.complaint(
          "“tls” needs the “folder” of the certificates; chairside tls init makes one"))
      return nil
    }
    var network = Settings.Network(folder: folder)
    if let address = values["address"].flatMap({ text($0) }) { network.address = address }
    if let port = values["port"].flatMap({ integer($0, 0...65_535) }) { network.port = port }
    return network
  }

  private mutating func chairs(_ element: Element) -> [Settings.Chair] {
    var chairs: [Settings.Chair] = []
    var ports: [String: ChairID] = [:]
    for entry in list(element) {
      guard let values = mapping(entry, ["id"] + SlotName.allCases.map(\.word)) else { continue }
      guard let idElement = values["id"], let name = text(idElement) else {
        complaints.add(entry.complaint("a chair needs an “id”"))
        continue
      }
      guard let id = ChairID(name) else {
        complaints.add(
          idElement.complaint("“\(name)” is no chair name (letters, digits, - and _, at most 15)"))
        continue
      }
      if chairs.contains(where: { $0.id == id }) {
        complaints.add(idElement.complaint("chair \(id) stands twice"))
      }
      var devices: [SlotName: Settings.Device] = [:]
      for slot in SlotName.allCases {
        guard let place = values[slot.word], let device = device(place, at: slot) else { continue }
        devices[slot] = device
        if let other = ports.updateValue(id, forKey: device.port) {
          complaints.add(
            place.complaint("port \(device.port) is bound to chair \(other) already"))
        }
      }
      if devices[.monitor] != nil, devices[.oximeter] != nil, let place = values["monitor"] {
        complaints.add(
          place.complaint("a chair has one source of SpO2: an oximeter or a monitor, not both"))
      }
      chairs.append(Settings.Chair(id: id, devices: devices))
    }
    if chairs.isEmpty { complaints.add(element.complaint("name at least one chair")) }
    return chairs
  }

  private mutating func device(_ element: Element, at slot: SlotName) -> Settings.Device? {
    guard let values = mapping(element, ["driver", "port", "line"]) else { return nil }
    guard let driverElement = values["driver"], let driver = text(driverElement),
      let portElement = values["port"], let port = text(portElement)
    else {
      complaints.add(element.complaint("a device needs “driver” and “port”"))
      return nil
    }
    guard let slots = knownDrivers[driver] else {
      let known = knownDrivers.keys.sorted().joined(separator: ", ")
      complaints.add(driverElement.complaint("there is no driver “\(driver)”; known: \(known)"))
      return nil
    }
    guard slots.contains(slot) else {
      let places = slots.map(\.word).joined(separator: " or ")
      complaints.add(driverElement.complaint("\(driver) is bound as \(places)"))
      return nil
    }
    return Settings.Device(
      driver: driver, port: port, line: values["line"].flatMap { text($0) })
  }

  private mutating func staff(_ element: Element) -> [Settings.Member] {
    var members: [Settings.Member] = []
    for entry in list(element) {
      guard let values = mapping(entry, ["id", "name", "role"]) else { continue }
      guard let idElement = values["id"], let id = text(idElement).flatMap({ StaffID($0) }),
        let roleElement = values["role"]
      else {
        complaints.add(entry.complaint("a member of staff needs “id” and “role”"))
        continue
      }
      let role = complaints.collect { () throws(Complaint) in
        let role = try roleElement.word(Role.self)
        guard role != .system else {
          throw roleElement.complaint("the role “system” is the daemon's own")
        }
        return role
      }
      guard let role else { continue }
      let name = values["name"].flatMap { text($0) } ?? id.name
      members.append(Settings.Member(id: id, name: name, role: role))
    }
    return members
  }

  /// A policy in place, by its built-in name, or in a file of its own.
  private mutating func policy(_ element: Element) -> Policy? {
    if let name = try? element.text() {
      if name == Policy.adultKetamineDefault1.policyID { return .adultKetamineDefault1 }
      guard let text = readFile(name) else {
        complaints.add(
          element.complaint(
            "“\(name)” is neither \(Policy.adultKetamineDefault1.policyID) nor a file that can be read"
          ))
        return nil
      }
      do throws(Complaints) {
        return try Policy(text: text, file: name)
      } catch {
        for complaint in error.all { complaints.add(complaint) }
        return nil
      }
    }
    return PolicyReader.read(element, &complaints)
  }

  private mutating func mapping(_ element: Element, _ known: [String]) -> [String: Element]? {
    complaints.collect { () throws(Complaint) in try element.mapping(known: known) }
  }

  private mutating func list(_ element: Element) -> [Element] {
    complaints.collect { () throws(Complaint) in try element.list() } ?? []
  }

  private mutating func text(_ element: Element) -> String? {
    complaints.collect { () throws(Complaint) in try element.text() }
  }

  private mutating func integer(_ element: Element, _ range: ClosedRange<Int>) -> Int? {
    complaints.collect { () throws(Complaint) in try element.integer(in: range) }
  }
}
