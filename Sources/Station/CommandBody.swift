import FoundationEssentials
import Monitoring
import Recording
import Vitals

/// The JSON body of a command, such as `{"command":"acknowledge","alarm":"NO_DATA","by":"rn1"}`.
struct CommandBody {
  let command: Command
  let by: StaffID
  /// What proves that it is they, where the command asks for it; goes no further than the check.
  let secret: String?

  init(_ json: Data) throws(Problem) {
    var fields = try JSONFields.read(json)
    secret = fields.take("secret")
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
}
