/// What the lines of a record say that its signatures must repeat: the policy in force and criteria
/// waived.
///
/// Read the same way when a manifest is made and when it is verified.
struct RecordFacts {
  private(set) var policyID = ""
  private(set) var software = ""
  private(set) var waivers: [JSONValue] = []
  /// The newest event's number and content.
  private(set) var lastSigned: (sequence: Int64, event: JSONValue)?
  private var unitPolicy = ""
  private var limits: [(field: String, value: Int64)] = []

  /// Takes a line of the record.
  mutating func note(_ kind: String, _ body: JSONValue) {
    switch kind {
    case "run":
      policyID = body["policyId"]?.text ?? ""
      software = body["software"]?.text ?? ""
      unitPolicy = body["policy"]?.text ?? ""
    case "event":
      guard let sequence = body["seq"]?.integer, let event = body["event"] else { return }
      if SigningAct.isSigned(event) { lastSigned = (sequence, event) }
      noteAudit(event)
    default: break
    }
  }

  private mutating func noteAudit(_ event: JSONValue) {
    guard event["event"]?.text == "audit" else { return }
    switch event["what"]?.text {
    case "limitChanged":
      if let field = event["field"]?.text, let value = event["to"]?.integer {
        limits.append((field, value))
      }
    case "waived":
      let envelope: Set<String> = ["t", "chair", "event", "what"]
      waivers.append(.object((event.object ?? [:]).filter { !envelope.contains($0.key) }))
    default: break
    }
  }

  /// The hash of the unit's policy with the limits that were changed for this session.
  var policyHash: ContentHash {
    PolicyText.hash(PolicyText.changing(unitPolicy, limits))
  }
}
