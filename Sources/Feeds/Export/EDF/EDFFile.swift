import Vitals

/// A session as EDF+ (Kemp and Olivan 2003, www.edfplus.info): records of one second, one for each
/// second with numbers that may be believed.
///
/// Where seconds are missing between them it is EDF+D, and each record says when it was. Written
/// here and not by EDFlib, which knows no EDF+D (1.23 refuses even to read it).
struct EDFFile {
  private let excerpt: Excerpt
  private let channels: [Channel]
  private let seconds: [Track.Second]
  /// Where the file's time begins: with its first record, or with a session that has none.
  private let start: Int

  init(_ excerpt: Excerpt) {
    self.excerpt = excerpt
    let track = Track(excerpt)
    seconds = track.seconds.filter(\.isValid)
    channels = seconds.isEmpty ? [] : track.channels
    start = seconds.first?.index ?? 0
  }

  /// The whole file.
  var bytes: [UInt8] {
    // A file without numbers still needs a record for its annotations.
    let onsets = seconds.isEmpty ? [0] : seconds.map { $0.index - start }
    let zero = excerpt.instant(ofSecond: start)
    let annotations = EDFAnnotations(
      onsets: onsets, remarks: Remark.all(in: excerpt).map { ($0.at - zero, $0.text) })
    let header = EDFHeader(
      patient: EDFIdentity.patient(of: excerpt),
      recording: EDFIdentity.recording(of: excerpt, startedAt: excerpt.localTime(at: zero)),
      startedAt: excerpt.localTime(at: zero), isContinuous: onsets.last == onsets.count - 1,
      records: onsets.count,
      signals: channels.map(EDFSignal.init)
        + [EDFSignal(annotationBytes: annotations.bytesPerRecord)])
    var bytes = header.bytes
    for (index, record) in annotations.records.enumerated() {
      for channel in channels {
        let value = channel.value(of: seconds[index].sample) ?? EDFSignal.noValue
        bytes.append(contentsOf: littleEndian(value))
      }
      bytes += record
    }
    return bytes
  }
}

/// A whole number as two bytes, low first.
func littleEndian(_ value: Int) -> [UInt8] {
  let word = UInt16(bitPattern: Int16(clamping: value))
  return [UInt8(word & 0xff), UInt8(word >> 8)]
}
