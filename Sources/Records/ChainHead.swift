public import Vitals

/// Where the log's chain ended at a time, signed by the site: it stands in a file beside the log,
/// so that a log that was cut at its end is found out.
public struct ChainHead: Hashable, Sendable {
  public let link: Int64
  public let hash: ContentHash
  public let wall: WallTime

  public init(link: Int64, hash: ContentHash, wall: WallTime) {
    self.link = link
    self.hash = hash
    self.wall = wall
  }

  /// The line of the head file; `nil` should the key fail.
  public func text(signedBy key: SiteKey) -> String? {
    let object = JSONValue.object([
      "format": .text(Self.format), "hash": .text(hash.description), "link": .integer(link),
      "wallUtc": .text(wall.description),
    ])
    return object.signed(by: key).map { $0.canonical + "\n" }
  }

  /// Why a head file tells nothing.
  public enum Problem: Error, Hashable, Sendable {
    case unreadable
    /// Not by any of these keys.
    case badSignature
  }

  /// Reads a head file and checks who signed it.
  public init(_ text: String, keys: [SitePublicKey]) throws(Problem) {
    guard let object = JSONValue(text), object.canonical + "\n" == text,
      object["format"]?.text == Self.format, let link = object["link"]?.integer,
      let hash = object["hash"]?.text.flatMap({ ContentHash(hex: $0) }),
      let wall = object["wallUtc"]?.text.flatMap({ WallTime($0) })
    else { throw .unreadable }
    guard keys.contains(where: object.isSigned) else { throw .badSignature }
    self.init(link: link, hash: hash, wall: wall)
  }

  private static let format = "chairside-head-1"
}
