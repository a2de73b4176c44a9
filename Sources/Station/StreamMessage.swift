/// One message of the event stream.
public struct StreamMessage: Sendable {
  /// The durable number of an event; `nil` for what is not in the log (`vitals`, `hb`).
  public let sequence: Int64?
  public let name: String
  /// One line of JSON.
  public let data: String

  public init(sequence: Int64? = nil, name: String, data: String) {
    self.sequence = sequence
    self.name = name
    self.data = data
  }

  /// The server-sent-events form.
  var text: String {
    let id = sequence.map { "id: \($0)\n" } ?? ""
    return "\(id)event: \(name)\ndata: \(data)\n\n"
  }
}
