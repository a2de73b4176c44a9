/// One message of the event stream.
public struct StreamMessage: Sendable {
  /// The number of an event; `nil` for what never is in the log (`vitals`, `hb`).
  public let sequence: Int64?
  /// Whether the log holds it; a client can resume only from what it holds.
  public let isDurable: Bool
  public let name: String
  /// One line of JSON.
  public let data: String

  public init(sequence: Int64? = nil, isDurable: Bool = true, name: String, data: String) {
    self.sequence = sequence
    self.isDurable = isDurable
    self.name = name
    self.data = data
  }

  /// The server-sent-events form.
  var text: String {
    let id = isDurable ? sequence.map { "id: \($0)\n" } ?? "" : ""
    return "\(id)event: \(name)\ndata: \(data)\n\n"
  }
}
