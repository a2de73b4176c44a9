import Foundation
import Records
import TestKit
import Testing
import Vitals

@Suite struct BundleTests {
  @Test func `a whole bundle has nothing to find, and says who signed what`() throws {
    let record = try SmallRecord()
    let result = BundleVerification(try record.bytes())
    #expect(result.findings == [])
    #expect(result.key == record.key.publicKey)
    let signatures = result.signatures.map { manifest in
      "\(manifest["revision"]?.integer ?? 0) \(manifest["signer"]?["printedName"]?.text ?? ""): "
        + "\(manifest["meaning"]?.text ?? "")"
    }
    #expect(
      signatures == [
        "1 R. Nurse, RN: observation complete; discharge criteria met",
        "1 P. Prescriber, MD: discharge authorised", "2 R. Nurse, RN: author of the addendum",
      ])
    #expect(result.signatures[0]["utcOffset"]?.text == "-05:00")
    #expect(result.signatures[0]["waivers"]?.list?.count == 1)
    // The unit's limit was 92; what is signed is what was in force.
    #expect(
      result.signatures[0]["policySha256"]?.text
        == ContentHash(of: "policyId=p-1\nspo2.low=94\n").description)
  }

  @Test func `the format stays what it is, byte for byte`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../fixtures/records/small.chairside").standardizedFileURL
    let text = try SmallRecord().text()
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func `gaps are charted with what is known of them`() throws {
    let gaps = try SmallRecord().text().split(separator: "\n").filter {
      $0.contains(#""kind":"gap""#)
    }
    #expect(gaps.count == 2)
    #expect(gaps[0].contains(#"{"fromMs":102000,"toMs":107000,"why":"noValue"}"#))
    #expect(gaps[1].contains(#"{"fromMs":111000,"toMs":300000,"why":"notRecorded"}"#))
  }

  @Test func `every flipped bit is found in its line`() throws {
    let bytes = try SmallRecord(parts: 1).bytes()
    var line: Int64 = 1
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << bit
        let first = BundleVerification(changed).findings.first
        if first?.place != "line" || first?.row != line {
          Issue.record("byte \(index) bit \(bit): \(first?.description ?? "nothing found")")
        }
      }
      if bytes[index] == UInt8(ascii: "\n") { line += 1 }
    }
  }

  @Test func `a cut anywhere is found`() throws {
    let bytes = try SmallRecord().bytes()
    for length in bytes.indices {
      #expect(!BundleVerification(Array(bytes.prefix(length))).findings.isEmpty, "\(length)")
    }
  }

  @Test func `lines that are missing, doubled, moved or foreign are named`() throws {
    let lines = try SmallRecord().text().split(separator: "\n").map(String.init)
    func verify(_ changed: [String]) -> [String] {
      found(Array(changed.map { $0 + "\n" }.joined().utf8))
    }
    let other = try SmallRecord(seed: 2).text().split(separator: "\n").map(String.init)
    for index in lines.indices {
      let isLast = index == lines.count - 1
      var changed = lines
      changed.remove(at: index)
      #expect(
        verify(changed).first == (isLast ? "\(index + 1) truncated" : "\(index + 1) missing"))
      changed = lines
      changed.insert(lines[index], at: index)
      #expect(verify(changed).contains { $0.hasSuffix("inserted") }, "\(index)")
      changed = lines
      changed.insert("{}", at: index)
      #expect(verify(changed) == ["\(index + 1) changed"])
      changed = lines
      changed[index] = other[index]
      // A foreign header is whole by itself; what follows does not belong to it.
      #expect(verify(changed).first == "\(max(2, index + 1)) changed", "\(index)")
      guard !isLast else { continue }
      changed = lines
      changed.swapAt(index, index + 1)
      #expect(verify(changed).first == "\(index + 1) out of order", "\(index)")
    }
    #expect(verify(lines + [lines[3]]).first == "\(lines.count + 1) inserted")
  }

  @Test func `what comes later leaves every earlier byte as it was`() throws {
    let record = try SmallRecord()
    let lines = record.writer.text.split(separator: "\n")
    let signed = try #require(lines.firstIndex { $0.contains(#""kind":"signature""#) })
    var earlier = lines.prefix(signed + 1).map { $0 + "\n" }.joined()
    #expect(record.writer.text.hasPrefix(earlier))
    earlier += lines.dropFirst(signed + 1).map { $0 + "\n" }.joined()
    #expect(record.writer.text == earlier)
  }

  @Test func `a bundle that another key has signed anew is not the site's`() throws {
    // Everything made again with another key is whole by itself; only the fingerprint tells.
    let forged = try SmallRecord(seed: 2)
    #expect(found(try forged.bytes()) == [])
    let trusted = try SmallRecord().key.publicKey
    let findings = found(try forged.bytes(), trusting: trusted)
    #expect(findings.first == "1 bad signature")
    #expect(findings.count == 5)
    #expect(found(try SmallRecord().bytes(), trusting: trusted) == [])
  }

  @Test func `hashes made anew without the key do not help`() throws {
    let lines = try SmallRecord().text().split(separator: "\n").map(String.init)
    var (forged, previous) = ([String](), String(repeating: "0", count: 64))
    for line in lines {
      let tail = #","sha256":""}"#.count + 64
      let content = String(line.replacing("slept well", with: "slept ill").dropLast(tail))
      previous = ContentHash(of: previous + content + "}").description
      forged.append(content + #","sha256":"\#(previous)"}"#)
    }
    let findings = found(Array(forged.map { $0 + "\n" }.joined().utf8))
    let signed = try #require(lines.lastIndex { $0.contains(#""kind":"signature""#) })
    #expect(findings == ["\(signed + 1) bad signature", "\(lines.count) changed"])
  }

  @Test func `an event that is no JSON cannot be recorded`() throws {
    var writer = try SmallRecord().writer
    let before = writer.text
    var part = RecordPart(eventEnd: 20, sampleEnd: 6, end: .seconds(301))
    part.events = [
      RecordEvent(sequence: 20, wall: writer.header.startedAt, line: #"{"t":1e5}"#)
    ]
    #expect(throws: RecordWriter.Problem.self) { try writer.add(part) }
    #expect(writer.text == before)
  }

  @Test(arguments: ["", "{}", "PK", #"{"t":1.0,"chair":"7","event":"audit"}"#])
  func `something else is no bundle`(text: String) throws {
    #expect(!BundleVerification.isBundle(Array(text.utf8)))
    #expect(BundleVerification.isBundle(try SmallRecord().bytes()))
  }
}
