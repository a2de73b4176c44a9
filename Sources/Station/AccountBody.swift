import FoundationEssentials
import Monitoring
import Recording
import Vitals

/// The JSON body of a request about accounts, such as
/// `{"action":"unlock","user":"rn1","by":"admin1","secret":"…"}`.
struct AccountBody {
  let order: AccountOrder

  init(_ json: Data) throws(Problem) {
    var fields = try JSONFields.read(json)
    do {
      guard let name = try fields.word("action", AccountOrder.Action.Name.self) else {
        throw TextError("action= is missing")
      }
      let by = try fields.take("by").map { name throws(TextError) in try Self.user("by", name) }
      let secret = fields.take("secret")
      let action = try Self.action(name, &fields)
      try fields.finish()
      order = AccountOrder(action, by: by, secret: secret)
    } catch {
      throw .malformed("\(error)")
    }
  }

  private static func action(
    _ name: AccountOrder.Action.Name, _ fields: inout Fields
  ) throws(TextError) -> AccountOrder.Action {
    guard name != .list else { return .list }
    let user = try user("user", try fields.need("user"))
    switch name {
    case .`init`:
      return .initialise(
        user, name: try fields.need("name"), newSecret: try fields.need("newSecret"),
        code: fields.take("code"))
    case .add:
      return .add(
        user, name: try fields.need("name"), roles: try roles(&fields),
        newSecret: fields.take("newSecret"))
    case .role: return .setRoles(user, try roles(&fields))
    case .passwd: return .setSecret(user, newSecret: try fields.need("newSecret"))
    case .disable: return .disable(user)
    case .enable: return .enable(user)
    case .unlock: return .unlock(user)
    case .list: return .list
    }
  }

  private static func user(_ key: String, _ name: String) throws(TextError) -> StaffID {
    // The name may be a PIN in the wrong field, so it is not repeated.
    guard let user = StaffID(name) else {
      throw TextError("\(key)= is no user name (letters, digits, - and _, at most 15)")
    }
    return user
  }

  private static func roles(_ fields: inout Fields) throws(TextError) -> [Role] {
    var roles: [Role] = []
    for word in try fields.need("roles").split(separator: ",") {
      guard let role = Role(rawValue: String(word)) else {
        throw TextError("roles= does not know “\(word)”")
      }
      roles.append(role)
    }
    return roles
  }
}
