import Drivers
import TestKit
import Testing
import Vitals

/// The lines of `protocols.md` 2.2 and of `protocol-vectors.json`.
@Suite struct `Dinamap lines` {
  private let model = Catalog.model(id: "dinamap")!

  @Test(arguments: [
    (DinamapCommand.start, " NC0!E\r"), (.cancel, " ND!5\r"), (.readPressure, " NA!2\r"),
    (.readPulseRate, " RC!8\r"),
  ])
  func `of commands`(_ command: DinamapCommand, _ text: String) {
    #expect(command.encoded == Array(text.utf8))
  }

  @Test(arguments: [
    (
      " NA1000012121078093&%\r",
      DinamapPressure(status: 1, elapsed: 12, systolic: 121, diastolic: 78, mean: 93)
    ),
    (
      " NA5000045000000000%P\r",
      DinamapPressure(status: 5, elapsed: 45, systolic: 0, diastolic: 0, mean: 0)
    ),
  ])
  func `of pressures`(_ text: String, _ pressure: DinamapPressure) {
    #expect(DinamapReply(Array(text.utf8).span) == .pressure(pressure))
    #expect(pressure.encoded == Array(text.utf8))
  }

  @Test func `of a pulse rate`() {
    let text = Array(" RC1072\"F\r".utf8)
    #expect(DinamapReply(text.span) == .pulseRate(PulseRate(perMinute: 72)))
    #expect(DinamapReply.pulseRate(PulseRate(perMinute: 72)).encoded == text)
    #expect(DinamapReply(DinamapReply.pulseRate(nil).encoded.span) == .pulseRate(nil))
  }

  @Test func `at face value, each determination once`() {
    var reply = DinamapPressure(status: 1, elapsed: 9, systolic: 121, diastolic: 78, mean: 93)
    var chunks = [reply.encoded]
    (reply.elapsed, chunks) = (10, chunks + [reply.encoded])
    chunks.append(reply.encoded)
    (reply.elapsed, reply.status) = (0, 5)
    chunks.append(reply.encoded)
    (reply.elapsed, reply.status, reply.systolic) = (1, 1, 130)
    chunks.append(reply.encoded)
    let first = BloodPressure(systolic: 121, diastolic: 78, mean: 93)!
    let last = BloodPressure(systolic: 130, diastolic: 78, mean: 93)!
    #expect(
      Decoded(model, chunks).outputs == [
        .determination(.result(first)), .determination(.failed(.hardware)),
        .determination(.result(last)),
      ])
  }

  @Test(arguments: [
    (" NA1000012121078093&&\r", 0, 22), (" NA1000012121078093&%", 0, 21), ("\r", 1, 0),
    (" NC0!E\r", 1, 0), (" NA10000121x1078093&%\r", 0, 22),
  ])
  func `with damage are no lines`(_ text: String, _ frames: Int, _ damaged: Int) {
    let decoded = Decoded(model, [Array(text.utf8)])
    #expect(decoded.outputs.isEmpty)
    #expect(decoded.account.frames == frames)
    #expect(decoded.account.damagedBytes == damaged)
  }

  @Test func `a lost CR costs no line`() {
    let line = " NA1000012121078093&%"
    let decoded = Decoded(model, [Array((line + line + "\r").utf8)])
    #expect(decoded.account.frames == 2)
    #expect(decoded.account.damagedBytes == 0)
  }
}
