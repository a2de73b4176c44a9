import Records
import Testing
import Vitals

@Suite struct LinkTests {
  private static func row(_ column: String, _ value: ChainValue, isLater: Bool = false)
    -> ContentHash
  {
    var row = ChainRow(table: "t")
    row.add(column, value, isLater: isLater)
    return row.hash
  }

  @Test func `different rows have different bytes`() {
    let values: [ChainValue] = [
      .null, .integer(0), .integer(-1), .real(0), .real(-0.0), .text(""), .text("0"), .blob([]),
      .blob([0x30]),
    ]
    #expect(Set(values.map { Self.row("a", $0) }).count == values.count)
    #expect(Self.row("a", .text("b")) != Self.row("ab", .text("")))
    var (one, two) = (ChainRow(table: "t"), ChainRow(table: "t"))
    one.add("a", .text("xy"))
    one.add("b", .text("z"))
    two.add("a", .text("x"))
    two.add("b", .text("yz"))
    #expect(one.hash != two.hash)
    #expect(ChainRow(table: "a").hash != ChainRow(table: "b").hash)
  }

  @Test
  func `a column that joins later leaves old rows as they were, until something stands in it`() {
    let old = ChainRow(table: "t").hash
    #expect(Self.row("new", .null) == old)
    #expect(Self.row("new", .text(""), isLater: true) == old)
    #expect(Self.row("new", .text("x"), isLater: true) != old)
  }

  @Test func `every field of a link is in its hash`() throws {
    let rows = [Self.row("a", .integer(1)), Self.row("a", .integer(2))]
    let link = Link(
      number: 7, wall: WallTime(milliseconds: 5), cause: .commit,
      ranges: [
        Link.Range(table: "event", after: 3, count: 2),
        Link.Range(table: "run", after: 1, count: 0),
      ], rows: rows, previous: .zero)
    #expect(link.isWhole)
    #expect(link.covers == "event:3+2 run:1+0")
    #expect(!link.isWhole(as: 8))
    func with(
      wall: Int64 = 5, cause: String = "commit", covers: String = "event:3+2 run:1+0",
      marks: [UInt8]? = nil, digest: [UInt8]? = nil, previous: [UInt8]? = nil, hash: [UInt8]? = nil
    ) -> Link? {
      Link(
        number: 7, wall: WallTime(milliseconds: wall), cause: cause, covers: covers,
        marks: marks ?? link.marks, digest: digest ?? link.digest.bytes,
        previous: previous ?? link.previous.bytes, hash: hash ?? link.hash.bytes)
    }
    let other = ContentHash(of: "other").bytes
    #expect(with() == link)
    for changed in [
      with(wall: 6), with(cause: "migration"), with(covers: "event:3+1 run:1+0"),
      with(marks: [0] + link.marks.dropFirst()), with(digest: other), with(previous: other),
      with(hash: other),
    ] {
      let other = try #require(changed)
      #expect(!other.isWhole)
    }
    for text in ["event:3", "event:x+1", "event:-1+1", "event:3+2  run:1+0", "event:03+2"] {
      #expect(with(covers: text) == nil, "\(text)")
    }
    #expect(with(cause: "x") == nil)
    #expect(with(digest: [1]) == nil)
  }

  @Test func `every bit of a head file counts`() throws {
    let key = SiteKey()
    let head = ChainHead(
      link: 12, hash: ContentHash(of: "x"), wall: WallTime(milliseconds: 1_700_000_000_000))
    let text = try #require(head.text(signedBy: key))
    #expect(try ChainHead(text, keys: [SiteKey().publicKey, key.publicKey]) == head)
    #expect(throws: ChainHead.Problem.badSignature) {
      try ChainHead(text, keys: [SiteKey().publicKey])
    }
    let bytes = Array(text.utf8)
    for bit in 0..<bytes.count * 8 {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      #expect(throws: ChainHead.Problem.self, "bit \(bit)") {
        try ChainHead(String(decoding: changed, as: UTF8.self), keys: [key.publicKey])
      }
    }
  }
}
