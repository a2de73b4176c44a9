import FoundationEssentials
import Monitoring
import Recording
import Vitals

/// The JSON body of a command, such as `{"command":"acknowledge","alarm":"NO_DATA","by":"rn1"}`.
struct CommandBody {
  let command: Command
  let by: StaffID

  init(_ json: Data) throws(Problem) {
    let values: [String: Scalar]
    do {
      values = try JSONDecoder().decode([String: Scalar].self, from: json)
    } catch {
      throw .malformed("The body must be one JSON object of plain values.")
    }
    var fields = Fields(values.compactMapValues(\.text))
    do {
      let name = try fields.need("command")
      guard let by = StaffID(try fields.need("by")) else {
        throw TextError("by= is no user name")
      }
      command = try CommandText.parse(name, &fields)
      try fields.finish()
      self.by = by
    } catch {
      throw .malformed("\(error)")
    }
  }

  /// A plain value, turned into the text that recordings use for it.
  private enum Scalar: Decodable {
    case text(String)
    case number(Int)
    case truth(Bool)
    case numbers([Int])
    case null

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .truth(value)
      } else if let value = try? container.decode(Int.self) {
        self = .number(value)
      } else if let value = try? container.decode([Int].self) {
        self = .numbers(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    var text: String? {
      switch self {
      case .text(let text): text
      case .number(let number): "\(number)"
      case .truth(let truth): truth ? "yes" : "no"
      case .numbers(let numbers): numbers.map(String.init).joined(separator: ",")
      case .null: nil
      }
    }
  }
}
