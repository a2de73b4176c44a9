public import Vitals

/// Where the log ended at a time, signed by the site: it stands in a file beside the log, so that a
/// log that was cut at its end is found out.
public struct ChainHead: Hashable, Sendable {
  public let link: Int64
  public let hash: ContentHash
  public let wall: WallTime
  /// Which file of the site this is: one more after every log that was lost or set back; 1 and up.
  public let epoch: Int64
  /// Where the tables that the chain does not cover row by row ended: number and hash of the last row.
  public let strips: [String: End]

  /// The last row of a table.
  public struct End: Hashable, Sendable {
    public let number: Int64
    public let hash: ContentHash

    public init(number: Int64, hash: ContentHash) {
      self.number = number
      self.hash = hash
    }

    fileprivate init?(_ value: JSONValue) {
      guard let number = value["row"]?.integer,
        let hash = value["hash"]?.text.flatMap({ ContentHash(hex: $0) })
      else { return nil }
      self.init(number: number, hash: hash)
    }

    fileprivate var json: JSONValue {
      .object(["row": .integer(number), "hash": .text(hash.description)])
    }
  }

  public init(
    link: Int64, hash: ContentHash, wall: WallTime, epoch: Int64 = 1, strips: [String: End] = [:]
  ) {
    self.link = link
    self.hash = hash
    self.wall = wall
    self.epoch = epoch
    self.strips = strips
  }

  /// The line of the head file; `nil` should the key fail.
  public func text(signedBy key: SiteKey) -> String? {
    let object = JSONValue.object([
      "epoch": .integer(epoch), "format": .text(Self.format), "hash": .text(hash.description),
      "link": .integer(link), "strips": .object(strips.mapValues(\.json)),
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

  /// Reads a head file and checks who signed it; one of an earlier version says nothing of epoch
  /// and strips.
  public init(_ text: String, keys: [SitePublicKey]) throws(Problem) {
    guard let object = JSONValue(text), object.canonical + "\n" == text,
      object["format"]?.text == Self.format, let link = object["link"]?.integer,
      let hash = object["hash"]?.text.flatMap({ ContentHash(hex: $0) }),
      let wall = object["wallUtc"]?.text.flatMap({ WallTime($0) })
    else { throw .unreadable }
    guard keys.contains(where: object.isSigned) else { throw .badSignature }
    self.init(
      link: link, hash: hash, wall: wall, epoch: object["epoch"]?.integer ?? 1,
      strips: (object["strips"]?.object ?? [:]).compactMapValues { End($0) })
  }

  private static let format = "chairside-head-1"
}
