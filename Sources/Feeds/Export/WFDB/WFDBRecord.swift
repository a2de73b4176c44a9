import Vitals

/// A session as a WFDB record (PhysioNet, header(5), signal(5), annot(5)): one sample a second from
/// the first second that was watched to the last, in format 16.
///
/// A second without a believed number has the format's own mark for it.
struct WFDBRecord {
  /// “Invalid sample” of format 16.
  private static let noValue = -32_768

  private let excerpt: Excerpt
  private let name: String
  private let seconds: [Track.Second]
  private let channels: [Channel]

  init(_ excerpt: Excerpt, name: String) {
    self.excerpt = excerpt
    self.name = name
    let track = Track(excerpt)
    seconds = track.seconds
    // Without a second there is no signal, and the record is its annotations.
    channels = seconds.isEmpty ? [] : track.channels
  }

  var files: [ExportFormat.File] {
    let signals = channels.isEmpty ? [] : [ExportFormat.File(ending: ".dat", bytes: samples)]
    return signals + [
      ExportFormat.File(ending: ".atr", bytes: annotations),
      ExportFormat.File(ending: ".hea", bytes: Array(header.utf8)),
    ]
  }

  private func value(_ channel: Channel, _ second: Track.Second) -> Int {
    channel.value(of: second.sample) ?? Self.noValue
  }

  private var samples: [UInt8] {
    seconds.flatMap { second in
      channels.flatMap { littleEndian(value($0, second)) }
    }
  }

  private var start: Instant { excerpt.instant(ofSecond: seconds.first?.index ?? 0) }

  private var header: String {
    let wall = excerpt.localTime(at: start).description
    let date = wall.prefix(10).split(separator: "-").reversed().joined(separator: "/")
    var lines = [
      "\(name) \(channels.count) 1 \(seconds.count) \(wall.dropFirst(11).prefix(8)) \(date)"
    ]
    for channel in channels {
      let values = seconds.map { value(channel, $0) }
      let checksum = values.reduce(into: Int16(0)) { $0 &+= Int16(clamping: $1) }
      lines.append(
        "\(name).dat 16 \(channel.scale)(0)/\(channel.wfdbUnit) 16 0 \(values.first ?? 0) \(checksum) 0 \(channel.wfdbName)"
      )
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Remarks at their second; one of before the record stands at its beginning and says so.
  private var annotations: [UInt8] {
    var annotations = WFDBAnnotations()
    for remark in Remark.all(in: excerpt) {
      let offset = remark.at - start
      let isEarlier = offset < .zero
      annotations.add(
        isEarlier ? "(\(offset.clockText)) \(remark.text)" : remark.text,
        at: isEarlier ? 0 : offset.wholeSeconds)
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
