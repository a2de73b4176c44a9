import FoundationEssentials
import Recording

/// One JSON object of plain values, as the fields that recordings write.
enum JSONFields {
  static func read(_ json: Data) throws(Problem) -> Fields {
    do {
      let values = try JSONDecoder().decode([String: Scalar].self, from: json)
      return Fields(values.compactMapValues(\.text))
    } catch {
      throw .malformed("The body must be one JSON object of plain values.")
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
