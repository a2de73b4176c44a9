import Records
import TestKit
import Testing

@Suite struct JSONValueTests {
  @Test(arguments: [
    (#"{"b":1,"a":[true,null,-0.50]}"#, #"{"a":[true,null,-0.50],"b":1}"#),
    (#" { "é" : "\u00e9\ud83d\ude00\/" , "z":946.0 } "#, #"{"z":946.0,"é":"é😀/"}"#),
    (#""tab\tand\u0001""#, #""tab\tand\u0001""#),
    ("[]", "[]"), ("{}", "{}"), ("0", "0"), ("-12.30", "-12.30"),
  ])
  func `one value has one text`(written: String, canonical: String) throws {
    let value = try #require(JSONValue(written))
    #expect(value.canonical == canonical)
    #expect(JSONValue(value.canonical) == value)
  }

  @Test(arguments: [
    "", "{", #"{"a":1,"a":2}"#, "1e5", "01", "1.", ".5", "-", "[1,]", #"{"a"}"#, "nul", "tru e",
    #""\q""#, #""\ud800""#, #""\ud800\u0041""#, #""\u+123""#, "\"a\nb\"", "1 2", "NaN",
    String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
  ])
  func `what is not strictly JSON is refused`(text: String) {
    #expect(JSONValue(text) == nil)
  }

  @Test func `bytes that are no UTF-8 are refused`() {
    #expect(JSONValue([0x22, 0xFF, 0x22]) == nil)
    #expect(JSONValue([0x22, 0xC3, 0xA9, 0x22]) == .text("é"))
  }

  @Test(arguments: seeds(20))
  func `any value comes back from its text`(seed: UInt64) {
    var random = Seeded(seed)
    for _ in 0..<50 {
      let value = Self.value(&random, depth: 0)
      #expect(JSONValue(value.canonical) == value, "seed \(seed)")
    }
  }

  private static func value(_ random: inout Seeded, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
    case 0: .null
    case 1: .bool(.random(using: &random))
    case 2: .integer(Int64.random(in: .min ... .max, using: &random))
    case 3: .text(text(&random))
    case 4: .list((0..<3).map { _ in value(&random, depth: depth + 1) })
    default:
      .object(
        Dictionary(
          (0..<3).map { _ in (text(&random), value(&random, depth: depth + 1)) },
          uniquingKeysWith: { first, _ in first }))
    }
  }

  private static func text(_ random: inout Seeded) -> String {
    let scalars: [Unicode.Scalar] = ["a", "\"", "\\", "\n", "\u{1}", "\u{7F}", "é", "😀", "{", ","]
    return String(
      String.UnicodeScalarView((0..<5).compactMap { _ in scalars.randomElement(using: &random) }))
  }
}
