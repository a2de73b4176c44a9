import FoundationEssentials
import Monitoring
import Recording
import Vitals
import Ward

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

/// The JSON body of a reading that a person typed in, such as `{"sbp":128,"dbp":79,"by":"rn1"}`.
struct ReadingBody {
  let reading: HandReading
  let by: StaffID

  init(_ json: Data) throws(Problem) {
    var fields = try JSONFields.read(json)
    do {
      guard let by = StaffID(try fields.need("by")), by != .system else {
        throw TextError("by= is no user name")
      }
      reading = try HandReadingText.typed(&fields)
      try fields.finish()
      self.by = by
    } catch {
      throw .malformed("\(error)")
    }
  }
}
