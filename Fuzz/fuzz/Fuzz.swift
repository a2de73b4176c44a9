import Glibc

/// Coverage-guided fuzzing: `fuzz [libFuzzer's arguments]`, or `fuzz seeds FOLDER`.
///
/// The target's name stands in the environment, as `FUZZ_TARGET`, because libFuzzer starts itself
/// anew with its own arguments. With `FUZZ_CPU_SECONDS` it ends after so many seconds of its own CPU
/// time: on a shared machine the clock on the wall says little about what was tried.
@main enum Fuzz {
  struct Target: Sendable {
    let name: String
    /// Takes one input; a law that is broken ends the process.
    let run: @Sendable ([UInt8]) -> Void
    /// Good inputs, made by the project's own encoders.
    let seeds: @Sendable () -> [[UInt8]]
  }

  static let targets = [
    Target(name: "catalog", run: CatalogTarget.run, seeds: CatalogTarget.seeds),
    Target(name: "hl7", run: HL7Target.run, seeds: HL7Target.seeds),
    Target(name: "wire", run: WireTarget.run, seeds: WireTarget.seeds),
  ]

  static func main() {
    let words = CommandLine.arguments
    guard let target = target(getenv("FUZZ_TARGET").map { String(cString: $0) } ?? "") else {
      complain("FUZZ_TARGET must be one of: \(targets.map(\.name).joined(separator: " "))")
      exit(64)
    }
    if words.count == 3, words[1] == "seeds" {
      writeSeeds(of: target, to: words[2])
    } else {
      exit(Engine.drive(target))
    }
  }

  private static func target(_ name: String) -> Target? { targets.first { $0.name == name } }

  private static func writeSeeds(of target: Target, to folder: String) {
    for (number, seed) in target.seeds().enumerated() {
      let path = "\(folder)/seed-\(number)"
      guard let file = fopen(path, "w") else {
        complain("\(path): \(String(cString: strerror(errno)))")
        exit(74)
      }
      fwrite(seed, 1, seed.count, file)
      fclose(file)
    }
  }

  private static func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    write(STDERR_FILENO, line, line.count)
  }
}

/// Ends the process with a broken law; libFuzzer then writes the input that did it.
func broken(_ law: @autoclosure () -> String) -> Never { fatalError(law()) }

/// libFuzzer, called as a library: SwiftPM has its own idea of `main`.
private enum Engine {
  typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

  nonisolated(unsafe) private static var run: @Sendable ([UInt8]) -> Void = { _ in }
  nonisolated(unsafe) private static var runs = 0
  private static let budget = getenv("FUZZ_CPU_SECONDS").map { atof($0) } ?? .infinity

  static func drive(_ target: Fuzz.Target) -> CInt {
    run = target.run
    var count = CommandLine.argc
    var words = CommandLine.unsafeArgv
    return runDriver(&count, &words) { takeInput($0, $1) }
  }

  fileprivate static func take(_ input: [UInt8]) {
    run(input)
    runs &+= 1
    // libFuzzer ends in good order on this signal.
    if runs & 0x3F == 0, Double(clock()) / Double(CLOCKS_PER_SEC) > budget { raise(SIGUSR1) }
  }
}

/// The name under which libFuzzer's own `main`, which is linked and not used, looks for it.
@_cdecl("LLVMFuzzerTestOneInput")
func takeInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Engine.take(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ callback: Engine.Callback
) -> CInt
