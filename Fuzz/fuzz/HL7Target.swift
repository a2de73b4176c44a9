import Drivers
import Proving
import Vitals

/// HL7 messages over MLLP, and what is answered to them.
///
/// The first byte says how the stream is cut and whether it is one message that still needs its
/// envelope; the rest is the stream.
enum HL7Target {
  private static let model = Catalog.model(id: "hl7")

  @Sendable static func run(_ input: [UInt8]) {
    guard let model, let mode = input.first else { return }
    let rest = Array(input.dropFirst())
    let stream = mode & 0x80 == 0 ? rest : [0x0B] + rest + [0x1C, 0x0D]
    let chunks = cut(stream, by: Int(mode & 0x7F))
    let pause = Duration.milliseconds(mode & 1 == 0 ? 40 : 700)
    let driver = play(Subject(model.makeDriver(), "hl7 driver"), chunks, pause)
    checkAnswers(driver)
    let listener = play(Subject(model.makeListener(), "hl7 listener"), chunks, pause)
    if listener.outputs.contains(where: { if case .send = $0.output { true } else { false } }) {
      broken("hl7 listener: it sends")
    }
    let whole = Decoded(model, [stream])
    for other in [chunks, stream.map { [$0] }] {
      let decoded = Decoded(model, other)
      if decoded.outputs != whole.outputs || decoded.account != whole.account {
        broken("hl7 listener: the chunks matter, \(whole.account), \(decoded.account)")
      }
    }
  }

  private static func cut(_ stream: [UInt8], by size: Int) -> [[UInt8]] {
    let size = size < 2 ? max(stream.count, 1) : size
    return stride(from: 0, to: stream.count, by: size).map {
      Array(stream[$0..<min($0 + size, stream.count)])
    }
  }

  private static func play(_ subject: Subject, _ chunks: [[UInt8]], _ pause: Duration) -> Subject {
    var subject = subject
    subject.handle(.opened, at: .zero)
    for chunk in chunks { subject.handle(.bytes(chunk), at: subject.now + pause) }
    subject.advancePunctually(to: subject.now + .seconds(10))
    subject.handle(.closed, at: subject.now)
    return subject
  }

  /// At most two answers to a message, each of them two segments in one envelope, and none longer
  /// than what it may repeat.
  private static func checkAnswers(_ subject: Subject) {
    var count = 0
    for one in subject.outputs {
      guard case .send(let bytes) = one.output else { continue }
      count += 1
      let isWhole =
        bytes.count <= 3000 && bytes.first == 0x0B && bytes.suffix(3) == [0x0D, 0x1C, 0x0D]
        && bytes.count { $0 == 0x0B } == 1 && bytes.count { $0 == 0x1C } == 1
      let segments = bytes.dropFirst().dropLast(2).split(separator: 0x0D)
      let isAnswer =
        segments.count == 2 && segments[0].starts(with: "MSH".utf8)
        && segments[1].starts(with: "MSA".utf8)
      if !isWhole || !isAnswer {
        broken("hl7 driver: answers \(String(decoding: bytes, as: UTF8.self).debugDescription)")
      }
    }
    if count > 2 * subject.account.frames {
      broken("hl7 driver: \(count) answers to \(subject.account.frames) messages")
    }
  }

  /// Messages of our own encoder, alone, in envelopes, and one after the other.
  @Sendable static func seeds() -> [[UInt8]] {
    guard let model else { return [] }
    let messages = Fixture(model).chunks.map(\.bytes)
    let bare = messages.prefix(12).map { [0x80] + $0.dropFirst().dropLast(2) }
    let streams = stride(from: 0, to: messages.count - 2, by: 3).map { start in
      [UInt8(start % 64)] + messages[start..<start + 3].flatMap(\.self)
    }
    return bare + streams
  }
}
