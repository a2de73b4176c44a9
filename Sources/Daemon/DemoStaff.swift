import Monitoring
import Secrets
import Vitals
import Ward

/// The staff of the demo, with accounts like those of a clinic.
///
/// Their PINs are no secret.
public enum DemoStaff {
  private static let people: [(user: String, name: String, roles: [Role], pin: String)] = [
    ("rn1", "R. Nurse, RN", [.rn], "135790"),
    ("rn2", "S. Nurse, RN", [.rn], "246813"),
    ("md1", "P. Prescriber, MD", [.prescriber, .admin], "975318"),
  ]

  /// The PINs by user name.
  static let pins: [StaffID: String] = Dictionary(
    people.compactMap { person in StaffID(person.user).map { ($0, person.pin) } },
    uniquingKeysWith: { first, _ in first })

  /// User names and PINs in one line, for a person who wants to sign.
  public static let credentials =
    people.map { "\($0.user) / \($0.pin)" }.joined(separator: ", ")

  static func book(at wall: WallTime) -> AccountBook {
    AccountBook(
      people.compactMap { person in
        guard let user = StaffID(person.user) else { return nil }
        return Account(
          id: user, name: person.name, roles: person.roles,
          credential: Account.Credential(
            kind: .pin, hash: SecretHash(of: person.pin).description, setAt: wall),
          created: Account.Stamp(at: wall, by: .system))
      })
  }

  /// What goes on record of an account's beginning.
  static func note(_ account: Account) -> WardInput {
    .account(.ward, .changed(account.id, .added, roles: account.roles, by: account.created.by))
  }
}
