import Recording
import Vitals

/// The annotation signal of an EDF+ file: what each record says of its time, and the remarks.
///
/// A remark lies in the record of its time, or in the next with room; its own onset says when it was.
struct EDFAnnotations {
  /// The signal's bytes, record by record, all of the same length.
  let records: [[UInt8]]
  let bytesPerRecord: Int

  /// `onsets` are the beginnings of the records, and those of the remarks count from the same zero.
  init(onsets: [Int], remarks: [(onset: Duration, text: String)]) {
    let keeping = onsets.map { Array("+\($0)\u{14}\u{14}\0".utf8) }
    let lists = remarks.map { remark in
      let onset = Seconds.signed(.zero + remark.onset)
      return (
        due: onsets.firstIndex { .seconds($0 + 1) > remark.onset } ?? onsets.count - 1,
        bytes: Array("\(onset)\u{14}\(remark.text)\u{14}\0".utf8)
      )
    }
    let longest = lists.map(\.bytes.count).max() ?? 0
    var room = (keeping.map(\.count).max() ?? 0) + longest
    // Twice the room holds twice as much, so this ends.
    while true {
      room += room % 2
      if let packed = Self.packed(keeping, lists, room) {
        (records, bytesPerRecord) = (packed, room)
        return
      }
      room *= 2
    }
  }

  /// The records with everything in them; `nil` when they are too small.
  private static func packed(
    _ keeping: [[UInt8]], _ lists: [(due: Int, bytes: [UInt8])], _ room: Int
  ) -> [[UInt8]]? {
    var records = keeping
    for list in lists {
      let fits = { (index: Int) in records[index].count + list.bytes.count <= room }
      guard
        let index = (list.due..<records.count).first(where: fits)
          ?? (0..<list.due).last(where: fits)
      else { return nil }
      records[index] += list.bytes
    }
    return records.map { $0 + Array(repeating: 0, count: room - $0.count) }
  }
}
