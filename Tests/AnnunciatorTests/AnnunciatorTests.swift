import Annunciator
import Foundation
import Monitoring
import Testing

/// A program in aplay's place, and everything the annunciator says of itself.
private final class Stage {
  let folder: URL
  let annunciator: Annunciator
  let states: AsyncStream<Annunciator.State>

  /// `script` is what the program does; `$N` is how often it was called, from 1.
  init(_ script: String) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "player-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let program = folder.appending(path: "player")
    let text = """
      #!/bin/sh
      cd '\(folder.path)'
      N=$(( $(ls | grep -c '^call-') + 1 ))
      echo "$@" > call-$N
      \(script)
      """
    try text.write(to: program, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let (states, told) = AsyncStream.makeStream(of: Annunciator.State.self)
    self.states = states
    annunciator = Annunciator(player: Player(path: program.path, device: "hw:9")) { told.yield($0) }
    annunciator.start()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Waits for a state.
  func first(_ isIt: @Sendable (Annunciator.State) -> Bool) async -> Annunciator.State? {
    await states.first(where: isIt)
  }

  func file(_ name: String) -> Data? {
    try? Data(contentsOf: folder.appending(path: name))
  }
}

@Suite(.timeLimit(.minutes(1))) struct `The server's loudspeaker` {
  private static let takes = "cat > sound-$N; mv sound-$N done-$N"

  @Test func `is tried without a sound, then plays what is wanted`() async throws {
    let stage = try Stage(Self.takes)
    let ready = await stage.first { $0.ability == .ready }
    #expect(ready?.bursts == 0 && ready?.failures == 0)
    #expect(stage.file("done-1") == Data(BurstWave.silence))
    #expect(stage.file("call-1") == Data("-q -D hw:9\n".utf8))
    stage.annunciator.want(.high)
    _ = await stage.first { $0.bursts == 1 }
    #expect(
      stage.file("done-2") == Data(BurstWave.wav(BurstWave.samples(of: BurstName.high.burst))))
    await stage.annunciator.stop()
  }

  @Test func `does not wait for the end of a gap when there is something else to sound`()
    async throws
  {
    let stage = try Stage(Self.takes)
    _ = await stage.first { $0.ability == .ready }
    stage.annunciator.want(.medium)
    _ = await stage.first { $0.bursts == 1 }
    stage.annunciator.want(.high)
    _ = await stage.first { $0.bursts == 2 }
    stage.annunciator.want(.high, isNews: true)
    _ = await stage.first { $0.bursts == 3 }
    let high = Data(BurstWave.wav(BurstWave.samples(of: BurstName.high.burst)))
    #expect(stage.file("done-3") == high && stage.file("done-4") == high)
    await stage.annunciator.stop()
  }

  @Test func `says why it cannot sound, counts it, and tries again`() async throws {
    let stage = try Stage(
      "if [ $N -le 2 ]; then echo 'audio open error: No such device' >&2; exit 1; fi\n\(Self.takes)"
    )
    let failed = await stage.first { $0.ability == .failing }
    #expect(
      failed?.reason?.hasSuffix("player ended with 1: audio open error: No such device") == true)
    stage.annunciator.want(.low)
    let again = await stage.first { $0.failures == 2 }
    #expect(again?.ability == .failing)
    let mended = await stage.first { $0.bursts == 1 }
    #expect(mended?.ability == .ready && mended?.failures == 2 && mended?.reason == nil)
    await stage.annunciator.stop()
  }

  @Test func `survives that its player is killed`() async throws {
    let stage = try Stage("if [ $N = 2 ]; then kill -KILL $$; fi\n\(Self.takes)")
    _ = await stage.first { $0.ability == .ready }
    stage.annunciator.want(.medium)
    let killed = await stage.first { $0.ability == .failing }
    #expect(killed?.reason?.hasSuffix("was ended by signal 9") == true)
    let played = await stage.first { $0.bursts == 1 }
    #expect(played?.ability == .ready && played?.failures == 1)
    await stage.annunciator.stop()
  }

  @Test func `ends a player that takes too long`() async throws {
    let stage = try Stage("if [ $N = 1 ]; then exec sleep 600; fi\n\(Self.takes)")
    let state = await stage.first { $0.ability == .failing }
    #expect(state?.reason?.hasSuffix("was ended by signal 9") == true)
    await stage.annunciator.stop()
  }

  @Test func `that is no program says so`() async throws {
    let (states, told) = AsyncStream.makeStream(of: Annunciator.State.self)
    let annunciator = Annunciator(player: Player(path: "/nowhere/aplay", device: "default")) {
      told.yield($0)
    }
    annunciator.start()
    let state = await states.first { $0.ability == .failing }
    #expect(state?.reason == "/nowhere/aplay does not start: No such file or directory")
    await annunciator.stop()
  }
}
