import Feeds
import Testing

/// Stored lines are read digit for digit, and what is no JSON is refused.
@Suite struct JSONValueTests {
  @Test(arguments: [
    (#"{"t":946.0,"alarm":"SPO2_LOW","value":91}"#, "t 946.0, alarm SPO2_LOW, value 91"),
    (#"["time","bpAge"]"#, "time, bpAge"),
    (#"{"a":{"b":[true,null,-1.50]}}"#, "a b yes, -1.50"),
    (#""a\"\\\/\n\t\u0007é""#, "a\"\\/\n\t\u{7}é"),
  ])
  func `a value keeps its digits, its order and its characters`(text: String, words: String) {
    #expect(JSONValue(text)?.words == words)
  }

  @Test(arguments: [
    "", "{", "{\"a\"}", "[1,]", "{\"a\":1,}", "tru", "1 2", "\"", "\"\\x\"", "\"\\u12\"", "01x",
    "{a:1}", "-1.5e3", #""\ud800""#,
    String(repeating: "[", count: 100_000),
  ])
  func `what is no JSON is refused`(text: String) {
    #expect(JSONValue(text) == nil)
  }

  @Test(arguments: ["null", "\"\"", "[]", "{}"])
  func `what says nothing has no words`(text: String) throws {
    #expect(try #require(JSONValue(text)).words == nil)
  }
}
