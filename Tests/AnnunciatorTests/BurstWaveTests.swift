import Annunciator
import Foundation
import Monitoring
import Testing

/// The sounds, measured in their samples against `nurse-station.md` 1.7 and the ranges of
/// `clinical.md` 3.6.
@Suite struct `A burst` {
  private static let rate = Double(BurstWave.rate)

  /// Start and end of each pulse in milliseconds, where its envelope stands above a hundredth of the
  /// loudest sample.
  private static func pulses(_ samples: [Int16]) -> [(start: Double, end: Double)] {
    let peak = samples.map { abs(Int($0)) }.max() ?? 0
    // Longer than the longest stretch near zero within a tone, shorter than any pause.
    let pause = Int(rate * 0.03)
    var pulses: [(first: Int, last: Int)] = []
    for (index, sample) in samples.enumerated() where abs(Int(sample)) * 100 > peak {
      if let last = pulses.last?.last, index - last <= pause {
        pulses[pulses.count - 1].last = index
      } else {
        pulses.append((index, index))
      }
    }
    return pulses.map { (Double($0.first) / rate * 1000, Double($0.last) / rate * 1000) }
  }

  /// The strength of a frequency in a stretch of samples (Goertzel).
  private static func strength(_ frequency: Double, _ samples: ArraySlice<Int16>) -> Double {
    var (real, imaginary) = (0.0, 0.0)
    for (index, sample) in samples.enumerated() {
      // A window, so that one harmonic does not leak into the next.
      let place = Double(index) / Double(samples.count)
      let value = Double(sample) * (0.5 - 0.5 * cos(2 * .pi * place))
      let phase = 2 * .pi * frequency * Double(index) / rate
      real += value * cos(phase)
      imaginary += value * sin(phase)
    }
    return (real * real + imaginary * imaginary).squareRoot()
  }

  @Test(arguments: BurstName.allCases)
  func `has its pulses, each at its time and as long as it should be`(name: BurstName) {
    let burst = name.burst
    let found = Self.pulses(BurstWave.samples(of: burst))
    #expect(found.count == burst.starts.count)
    for (pulse, start) in zip(found, burst.starts) {
      #expect(abs(pulse.start - Double(start)) < 5)
      #expect(abs(pulse.end - Double(start + burst.duration)) < 5)
    }
  }

  @Test(arguments: BurstName.allCases)
  func `has at least four harmonics within 15 dB, between 300 and 4000 Hz`(name: BurstName) {
    let burst = name.burst
    let samples = BurstWave.samples(of: burst)
    for (number, start) in burst.starts.enumerated() {
      let tone = Double(burst.tones[number % burst.tones.count]) / 100
      #expect((150...1000).contains(tone))
      let first = start * BurstWave.rate / 1000
      let pulse = samples[first..<first + burst.duration * BurstWave.rate / 1000]
      let strengths = (1...12).map { Self.strength(tone * Double($0), pulse) }
      let loudest = strengths.max() ?? 1
      let near = strengths.enumerated().filter { place, strength in
        (300...4000).contains(tone * Double(place + 1))
          && 20 * log10(strength / loudest) >= -15
      }
      #expect(near.count >= 4, "\(name) pulse \(number): \(strengths)")
      // Between the harmonics there is nothing: it is the tone it claims to be.
      #expect(Self.strength(tone * 1.5, pulse) < loudest / 20)
    }
  }

  @Test func `keeps to the ranges of the table`() {
    let (high, medium, low) = (BurstName.high.burst, BurstName.medium.burst, BurstName.low.burst)
    #expect(high.starts.count == 10 && medium.starts.count == 3)
    #expect((1...2).contains(low.starts.count))
    #expect((75...200).contains(high.duration))
    #expect((125...250).contains(medium.duration) && (125...250).contains(low.duration))
    let pauses = zip(high.starts, high.starts.dropFirst()).map { $1 - $0 - high.duration }
    // 3-2, twice: x x 2x+td x, then between the halves.
    for place in [0, 1, 3, 5, 6, 8] { #expect((50...125).contains(pauses[place])) }
    for place in [2, 7] { #expect(pauses[place] == 2 * pauses[0] + high.duration) }
    #expect((350...1300).contains(pauses[4]))
    for burst in [medium, low] {
      for (start, next) in zip(burst.starts, burst.starts.dropFirst()) {
        #expect((125...250).contains(next - start - burst.duration))
      }
    }
    #expect((2500...15_000).contains(high.gap ?? 0) && (2500...30_000).contains(medium.gap ?? 0))
    #expect((low.gap ?? .max) > 15_000)
    for name in BurstName.allCases {
      let burst = name.burst
      #expect((10...40).contains(burst.ramp * 100 / burst.duration))
      if let gap = burst.gap { #expect(gap >= 2500) }
    }
  }

  @Test func `of a higher priority is never softer, and none is clipped`() {
    let names: [BurstName] = [.low, .medium, .high]
    let powers = names.map { name -> Double in
      let samples = BurstWave.samples(of: name.burst)
      #expect((samples.map { abs(Int($0)) }.max() ?? 0) < Int(Int16.max))
      let first = samples[0..<name.burst.duration * BurstWave.rate / 1000]
      return first.reduce(0) { $0 + Double($1) * Double($1) } / Double(first.count)
    }
    #expect(powers == powers.sorted())
  }

  @Test func `is a file that says of itself what it is`() {
    let samples: [Int16] = [0, 1, -1, .max, .min]
    let file = BurstWave.wav(samples)
    #expect(file.count == 44 + 10)
    #expect(String(decoding: file[0..<4] + file[8..<16], as: UTF8.self) == "RIFFWAVEfmt ")
    #expect(file[4] == 46 && file[20] == 1 && file[22] == 1 && file[34] == 16 && file[40] == 10)
    #expect(Array(file[24..<28]) == [0x80, 0xbb, 0, 0])
    #expect(Array(file[44...]) == [0, 0, 1, 0, 0xff, 0xff, 0xff, 0x7f, 0, 0x80])
  }
}
