import Drivers
import Proving
import TestKit
import Testing
import Vitals

@Suite struct `A detector` {
  /// Rows are what speaks, columns what is heard.
  @Test func `knows every simulated device of the catalog by its bytes`() {
    var matrix = Proven.models.map { model -> (id: String, guesses: [Detector.Guess]) in
      var detector = Detector(Proven.models)
      // Long enough to tell a rate.
      for (instant, bytes) in Fixture(model, stretch: .seconds(1)).chunks {
        detector.take(bytes, at: instant)
      }
      return (model.id, detector.guesses())
    }
    matrix.sort { $0.id < $1.id }
    print(Self.text(matrix))
    for (id, guesses) in matrix {
      #expect(guesses.first?.id == id, "\(guesses.prefix(3))")
      #expect((guesses.first?.confidencePercent ?? 0) >= Detector.believablePercent, "\(id)")
    }
  }

  private static func text(_ matrix: [(id: String, guesses: [Detector.Guess])]) -> String {
    matrix.map { id, guesses in
      let heard = guesses.prefix(4).map { "\($0.id) \($0.confidencePercent) %" }
      return id + String(repeating: " ", count: max(1, 16 - id.count))
        + heard.joined(separator: ", ")
    }.joined(separator: "\n")
  }

  @Test(arguments: seeds(5))
  func `believes nothing of noise`(seed: UInt64) {
    var random = Seeded(seed)
    var detector = Detector()
    for second in 0..<20 {
      detector.take(random.bytes(500), at: .seconds(second))
    }
    #expect(detector.verdict == nil, "\(detector.guesses().prefix(3))")
  }

  @Test func `believes nothing of silence`() {
    #expect(Detector().guesses().isEmpty)
  }
}
