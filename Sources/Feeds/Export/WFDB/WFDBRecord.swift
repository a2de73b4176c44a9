import Vitals

/// A session as a WFDB record (PhysioNet, header(5), signal(5), annot(5)): one sample a second in
/// format 16, from the second before somebody was watched to the last that was.
///
/// A second without a believed number has the format's own mark for it, and so has the first: readers
/// take comments at sample 0 for definitions, so nothing may be said there.
struct WFDBRecord {
  /// “Invalid sample” of format 16.
  private static let noValue = -32_768

  private let excerpt: Excerpt
  private let name: String
  /// The sample that each second has, the empty one of the beginning included.
  private let samples: [LogSample?]
  private let start: Instant
  private let channels: [Channel]

  init(_ excerpt: Excerpt, name: String) {
    self.excerpt = excerpt
    self.name = name
    let track = Track(excerpt)
    samples = [nil] + track.seconds.map(\.sample)
    start = excerpt.instant(ofSecond: (track.seconds.first?.index ?? 0) - 1)
    // Without a second there is no signal, and the record is its annotations.
    channels = track.seconds.isEmpty ? [] : track.channels
  }

  var files: [ExportFormat.File] {
    let signals = channels.isEmpty ? [] : [ExportFormat.File(ending: ".dat", bytes: signal)]
    return signals + [
      ExportFormat.File(ending: ".atr", bytes: annotations),
      ExportFormat.File(ending: ".hea", bytes: Array(header.utf8)),
    ]
  }

  private var signal: [UInt8] {
    samples.flatMap { sample in
      channels.flatMap { littleEndian($0.value(of: sample) ?? Self.noValue) }
    }
  }

  private var header: String {
    let wall = excerpt.localTime(at: start).description
    let date = wall.prefix(10).split(separator: "-").reversed().joined(separator: "/")
    var lines = [
      "\(name) \(channels.count) 1 \(samples.count) \(wall.dropFirst(11).prefix(8)) \(date)"
    ]
    for channel in channels {
      let values = samples.map { channel.value(of: $0) ?? Self.noValue }
      let checksum = values.reduce(into: Int16(0)) { $0 &+= Int16(clamping: $1) }
      lines.append(
        "\(name).dat 16 \(channel.scale)(0)/\(channel.wfdbUnit) 16 0 \(values.first ?? 0) \(checksum) 0 \(channel.wfdbName)"
      )
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Remarks at their second; one of before the record stands at its first second and says how much
  /// earlier it was.
  private var annotations: [UInt8] {
    var annotations = WFDBAnnotations()
    for remark in Remark.all(in: excerpt) {
      let offset = remark.at - start
      let isEarlier = offset < .seconds(1)
      annotations.add(
        isEarlier ? "(\((offset - .seconds(1)).clockText)) \(remark.text)" : remark.text,
        at: isEarlier ? 1 : offset.wholeSeconds)
    }
    return annotations.file
  }
}

extension Channel {
  fileprivate var wfdbName: String {
    switch self {
    case .spo2: "SpO2"
    case .pulse: "Pulse"
    case .perfusion: "PI"
    }
  }

  fileprivate var wfdbUnit: String { self == .pulse ? "bpm" : "%" }
}
